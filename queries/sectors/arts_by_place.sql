-- 文艺扶贫 activities by place one level down up to the end of the period, one row per place; all places, usual order.
-- facts S067 S068
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return activities BIGINT
-- return organizations BIGINT
with held as (
    select
        part_code($place, prefecture_code, county_code) as region_code,
        org_id
    from activities
    where
        meaning('activity_type', activity_type) = '文艺活动'
        and activity_date <= last_day_of($period)
        and in_place($place, prefecture_code, county_code)
)

select
    r.region_code,
    r.region_name,
    count(h.region_code) as activities,
    count(distinct h.org_id) as organizations
from parts_of($place) as r
left join held as h using (region_code)
where not r.is_rest or r.region_code in (select region_code from held)
group by r.region_code, r.region_name, r.sort_order
order by r.sort_order
