-- Every indicator in one period, one row per county of one prefecture and one for what the prefecture has not allocated.
-- param period  report period, '2019'
-- param place   prefecture code
-- return indicator_code VARCHAR
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return value DOUBLE
-- return base_value DOUBLE
-- return is_comparable BOOLEAN
-- return status VARCHAR
select
    v.indicator_code,
    r.region_code,
    r.short_zh as region_name,
    v.value,
    b.value as base_value,
    is_comparable(
        v.value, v.quarters_due, v.quarters_reported, b.value, b.quarters_due, b.quarters_reported
    ) and is_alike(v.indicator_code, v.period, b.period) as is_comparable,
    v.status
from indicator_values as v
inner join regions as r on v.level::varchar = r.level::varchar and v.region_code = r.region_code
left join periods as p on v.period = p.period
left join indicator_values as b
    on
        v.indicator_code = b.indicator_code and p.base_period = b.period
        and v.level::varchar = b.level::varchar and v.region_code = b.region_code
where
    v.period = $period
    and r.prefecture_code = $place
    and (
        v.level::varchar = 'county'
        or (v.level::varchar = 'unallocated' and v.region_code = $place and coalesce(v.num, 0) != 0)
    )
order by v.indicator_code, r.level::varchar != 'county', r.sort_order
