-- All indicators of one county in one period, one row per indicator; beside its prefecture, the province and the year before.
-- The rank is among the counties of the same prefecture that have a value, null where all are equal. The share is of the prefecture, and only where counties
-- and what is not allocated add up to it: a project that reaches two counties counts in both.
-- param period  report period, '2019'
-- param place   county code
-- return indicator_code VARCHAR
-- return pillar_code VARCHAR
-- return indicator_name VARCHAR
-- return unit VARCHAR
-- return value DOUBLE
-- return base_value DOUBLE
-- return base_is_complete BOOLEAN
-- return is_comparable BOOLEAN
-- return status VARCHAR
-- return prefecture_value DOUBLE
-- return of_prefecture_rate DOUBLE
-- return province_value DOUBLE
-- return county_rank BIGINT
-- return counties_ranked BIGINT
with siblings as (
    select
        indicator_code,
        region_code,
        value,
        status,
        quarters_due,
        quarters_reported,
        rank_told(
            rank() over (own order by value desc nulls last), min(value) over own, max(value) over own
        ) as county_rank,
        count(value) over own as counties_ranked
    from indicator_values
    where level::varchar = 'county' and prefecture_code = left($place, 4) || '00' and period = $period
    window own as (partition by indicator_code)
),

parts as (
    select indicator_code, sum(num) as num
    from indicator_values
    where
        level::varchar in ('county', 'unallocated') and prefecture_code = left($place, 4) || '00'
        and period = $period
    group by indicator_code
)

select
    i.indicator_code,
    i.pillar_code,
    i.name_zh as indicator_name,
    i.unit,
    c.value,
    b.value as base_value,
    coalesce(b.quarters_reported = b.quarters_due, false) as base_is_complete,
    is_comparable(
        c.value, c.quarters_due, c.quarters_reported, b.value, b.quarters_due, b.quarters_reported
    ) and is_alike(i.indicator_code, $period, b.period) as is_comparable,
    coalesce(c.status, '不适用') as status,
    d.value as prefecture_value,
    if(
        i.is_additive and not i.is_ratio and parts.num = d.num, rate(c.value, d.value), null
    ) as of_prefecture_rate,
    w.value as province_value,
    if(c.value is null, null, c.county_rank) as county_rank,
    c.counties_ranked
from indicators as i
left join siblings as c on i.indicator_code = c.indicator_code and c.region_code = $place
left join parts on i.indicator_code = parts.indicator_code
left join periods as p on p.period = $period
left join indicator_values as b
    on
        i.indicator_code = b.indicator_code and b.level::varchar = 'county'
        and b.region_code = $place and p.base_period = b.period
left join indicator_values as d
    on
        i.indicator_code = d.indicator_code and d.level::varchar = 'prefecture'
        and d.region_code = left($place, 4) || '00' and d.period = $period
left join indicator_values as w
    on i.indicator_code = w.indicator_code and w.level::varchar = 'province' and w.period = $period
order by i.sort_order
