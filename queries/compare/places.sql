-- All indicators of the province and of every prefecture beside one prefecture, the base, one row per place (全省 first, then the 16) and indicator.
-- The difference is null where one of both is not reported, hidden, incomplete or not applicable, and for the province.
-- facts S007
-- param period  report period, '2019'
-- param place   prefecture code of the base
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return pillar_code VARCHAR
-- return indicator_code VARCHAR
-- return indicator_name VARCHAR
-- return unit VARCHAR
-- return counts_people BOOLEAN
-- return value DOUBLE
-- return attainment DOUBLE
-- return status VARCHAR
-- return is_complete BOOLEAN
-- return counts_inspections BOOLEAN
-- return compared_value DOUBLE
-- return difference DOUBLE
with base as (
    select indicator_code, value, quarters_due, quarters_reported
    from indicator_values
    where level::varchar = 'prefecture' and region_code = $place and period = $period
)

select
    r.region_code,
    r.short_zh as region_name,
    i.pillar_code,
    i.indicator_code,
    i.name_zh as indicator_name,
    i.unit,
    i.counts_people,
    v.value,
    v.attainment,
    coalesce(v.status, '不适用') as status,
    coalesce(v.quarters_reported = v.quarters_due, false) as is_complete,
    counts_inspections(i.indicator_code, $period) as counts_inspections,
    b.value as compared_value,
    if(
        r.level::varchar = 'prefecture'
        and is_comparable(
            v.value, v.quarters_due, v.quarters_reported, b.value, b.quarters_due, b.quarters_reported
        ),
        round(v.value - b.value, 8),
        null
    ) as difference
from regions as r
cross join indicators as i
left join indicator_values as v
    on
        r.region_code = v.region_code and r.level::varchar = v.level::varchar
        and i.indicator_code = v.indicator_code and v.period = $period
left join base as b on i.indicator_code = b.indicator_code
where r.level::varchar in ('province', 'prefecture')
order by r.sort_order, i.sort_order
