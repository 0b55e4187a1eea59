-- All indicators of all prefectures in one period, one row per place (全省 first, then the 16) and indicator.
-- param period  report period, '2019'
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return indicator_code VARCHAR
-- return pillar_code VARCHAR
-- return indicator_name VARCHAR
-- return short_indicator VARCHAR
-- return unit VARCHAR
-- return value DOUBLE
-- return attainment DOUBLE
-- return status VARCHAR
select
    r.region_code,
    r.short_zh as region_name,
    i.indicator_code,
    i.pillar_code,
    i.name_zh as indicator_name,
    i.short_zh as short_indicator,
    i.unit,
    v.value,
    v.attainment,
    coalesce(v.status, '不适用') as status
from regions as r
cross join indicators as i
left join indicator_values as v
    on
        r.region_code = v.region_code and r.level::varchar = v.level::varchar
        and i.indicator_code = v.indicator_code and v.period = $period
where r.level::varchar in ('province', 'prefecture')
order by r.sort_order, i.sort_order
