-- Organizations that took part in the period by place of registration one level down (P1-07), beside those on the books, one row per place; all places, usual order.
-- Null where the place has not reported.
-- facts S025
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return organizations_engaged BIGINT
-- return organizations BIGINT
-- return engaged_rate DOUBLE
with booked as (
    select
        part_code($place, prefecture_code, county_code) as region_code,
        count(*) as organizations
    from act_orgs(last_day_of($period))
    where in_place($place, prefecture_code, county_code)
    group by all
)

select
    r.region_code,
    r.region_name,
    v.num::bigint as organizations_engaged,
    coalesce(b.organizations, 0) as organizations,
    rate(v.num, b.organizations) as engaged_rate
from parts_of($place) as r
left join booked as b using (region_code)
left join indicator_values as v
    on
        v.indicator_code = 'P1-07' and v.period = $period
        and r.region_code = v.region_code and r.is_rest = (v.level::varchar = 'unallocated')
where not r.is_rest or b.organizations > 0 or v.num > 0
order by r.sort_order
