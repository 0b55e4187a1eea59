-- Organizations that hold 文艺扶贫 activities in a place up to the end of the period, one row per organization.
-- facts S067
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return org_type VARCHAR
-- return supervising_unit_code VARCHAR
-- return activities BIGINT
-- return places_named VARCHAR
with held as (
    select
        a.*,
        coalesce(p.short_zh, '省本级') as short_zh,
        coalesce(p.order_prov, 99) as order_prov
    from activities as a
    left join prefectures as p using (prefecture_code)
    where
        meaning('activity_type', a.activity_type) = '文艺活动'
        and a.activity_date <= last_day_of($period)
        and in_place($place, a.prefecture_code, a.county_code)
),

named as (
    select
        org_id,
        string_agg(short_zh, '、' order by order_prov) as places_named
    from (select distinct org_id, short_zh, order_prov from held) as places
    group by org_id
)

select
    o.org_id,
    o.org_name,
    o.org_type::varchar as org_type,
    o.supervising_unit_code,
    count(*) as activities,
    n.places_named
from held
inner join organizations as o using (org_id)
inner join named as n using (org_id)
group by o.org_id, o.org_name, o.org_type, o.supervising_unit_code, n.places_named
order by activities desc, o.org_id asc
