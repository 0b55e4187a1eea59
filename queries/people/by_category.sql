-- Persons reached in one place and period, one row per category of need that occurs; null is hidden (1-9 or protecting one).
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return poverty_category VARCHAR
-- return persons BIGINT
-- return is_hidden BOOLEAN
select
    member as poverty_category,
    value as persons,
    is_hidden
from people_counts
where
    measure = 'persons' and dimension = 'poverty_category' and period = $period and region_code = $place
    and (is_hidden or value > 0)
order by value desc nulls last, member asc
