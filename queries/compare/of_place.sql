-- All indicators of one place in one period, one row per indicator: what is set beside another period or another snapshot.
-- facts S007
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
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
select
    i.pillar_code,
    i.indicator_code,
    i.name_zh as indicator_name,
    i.unit,
    i.counts_people,
    v.value,
    v.attainment,
    coalesce(v.status, '不适用') as status,
    coalesce(v.quarters_reported = v.quarters_due, false) as is_complete,
    counts_inspections(i.indicator_code, $period) as counts_inspections
from indicators as i
left join indicator_values as v
    on
        i.indicator_code = v.indicator_code and v.period = $period and v.region_code = $place
        and v.level::varchar in ('province', 'prefecture', 'county')
order by i.sort_order
