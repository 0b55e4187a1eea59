-- Registered poor people reached in one place and period: persons (each once) beside person-times; always one row, null is hidden.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return persons BIGINT
-- return person_times BIGINT
select
    max(value) filter (measure = 'persons') as persons,
    max(value) filter (measure = 'person_times') as person_times
from people_counts
where dimension = 'registered_poor' and period = $period and region_code = $place
