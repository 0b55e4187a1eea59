-- Approved money of civil affairs beside poor people by place one level down, one row per place; all places, usual order.
-- Money of the period, poor people at the end of the year before it (known by prefecture only, else null).
-- facts S104
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return is_sqsz BOOLEAN
-- return approved_yuan DOUBLE
-- return money_rate DOUBLE
-- return poor_population INTEGER
-- return poor_share_rate DOUBLE
-- return tilt DOUBLE
with approved as (
    select
        part_code($place, prefecture_code, county_code) as region_code,
        sum(net) as net
    from civil_grants()
    where
        event_date between first_day($period) and last_day_of($period)
        and in_place($place, prefecture_code, county_code)
    group by all
),

parts as (
    select
        r.*,
        coalesce(d.is_sqsz, false) as is_sqsz,
        coalesce(a.net, 0)::double as approved_yuan,
        if(r.is_rest, null, n.poor_population) as poor_population
    from parts_of($place) as r
    left join approved as a using (region_code)
    left join prefectures as d on d.prefecture_code = left(r.region_code, 4) || '00'
    left join county_poverty_annual as n
        on r.region_code = n.region_code and n.year = year(first_day($period)) - 1
    where not r.is_rest or $place = '530000' or a.net is not null
),

shared as (
    select
        *,
        rate(approved_yuan, sum(approved_yuan) over ()) as money_rate,
        rate(poor_population, sum(poor_population) over ()) as poor_share_rate
    from parts
)

select
    region_code,
    region_name,
    is_sqsz,
    approved_yuan,
    money_rate,
    poor_population,
    poor_share_rate,
    rate(money_rate, poor_share_rate) as tilt
from shared
order by sort_order
