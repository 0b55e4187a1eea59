-- Why an indicator that sums events changed at one place, one row per cause that occurs; real ones first.
-- param period          report period of the newer snapshot, '2019'
-- param place           region code; 530000 is the province
-- param indicator_code  code, 'P1-08'
-- return cause VARCHAR
-- return is_real BOOLEAN
-- return items BIGINT
-- return change DOUBLE
select
    cause,
    bool_or(is_real) as is_real,
    count(distinct item_id) as items,
    sum(counted)::double as change
from legs
where
    indicator_code = $indicator_code
    and event_date between first_day($period) and last_day_of($period)
    and in_place($place, prefecture_code, county_code)
group by cause
order by list_position(['新发生', '新报季度', '补报', '更正', '撤回'], cause)
