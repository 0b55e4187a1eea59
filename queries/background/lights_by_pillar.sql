-- How a place's indicators stand, one row per pillar and light (达标, 接近, 滞后, 观察, and 未评价 for all that has no verdict).
-- facts S007 S008
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return pillar_code VARCHAR
-- return pillar_name VARCHAR
-- return light VARCHAR
-- return indicators BIGINT
with pillars as (
    select
        unnest(['P1', 'P2', 'P3', 'P4']) as pillar_code,
        unnest(['党建引领', '机制建设', '业务指导', '平台搭建']) as pillar_name
),

lights as (
    select
        unnest(['达标', '接近', '滞后', '观察', '未评价']) as light,
        unnest([1, 2, 3, 4, 5]) as nr
),

judged as (
    select
        i.pillar_code,
        case when v.status in ('达标', '接近', '滞后', '观察') then v.status else '未评价' end as light
    from indicators as i
    left join indicator_values as v
        on
            i.indicator_code = v.indicator_code and v.period = $period and v.region_code = $place
            and v.level::varchar in ('province', 'prefecture', 'county')
)

select
    p.pillar_code,
    p.pillar_name,
    n.light,
    count(j.pillar_code) as indicators
from pillars as p
cross join lights as n
left join judged as j on p.pillar_code = j.pillar_code and n.light = j.light
group by p.pillar_code, p.pillar_name, n.light, n.nr
order by p.pillar_code, n.nr
