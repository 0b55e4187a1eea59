-- Organizations from outside Yunnan with projects or activities in a place up to the end of the period, one row per organization.
-- Projects are those begun that it leads or joins, activities those it held. They are in no count of Yunnan's organizations.
-- facts S115 S119
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return org_type VARCHAR
-- return reg_level VARCHAR
-- return projects BIGINT
-- return activities BIGINT
-- return places_named VARCHAR
-- return since_date DATE
with in_projects as (
    select
        org_id,
        count(*) as projects,
        array_to_string(
            list_sort(list(distinct place_named(prefecture_code, county_code))), '、'
        ) as places_named,
        min(start_date) as since_date
    from (
        select
            *,
            unnest(list_distinct(list_prepend(lead_org_id, coalesce(partner_org_ids, [])))) as org_id
        from projects_of($place)
        where start_date <= last_day_of($period)
    ) as begun
    group by org_id
),

in_activities as (
    select
        org_id,
        count(*) as activities,
        array_to_string(
            list_sort(list(distinct place_named(prefecture_code, county_code))), '、'
        ) as places_named,
        min(activity_date) as since_date
    from activities
    where activity_date <= last_day_of($period) and in_place($place, prefecture_code, county_code)
    group by org_id
)

select
    o.org_id,
    o.org_name,
    o.org_type::varchar as org_type,
    o.reg_level::varchar as reg_level,
    coalesce(p.projects, 0) as projects,
    coalesce(a.activities, 0) as activities,
    coalesce(p.places_named, a.places_named) as places_named,
    least(p.since_date, a.since_date) as since_date
from organizations as o
left join in_projects as p using (org_id)
left join in_activities as a using (org_id)
where not o.is_yunnan and (p.org_id is not null or a.org_id is not null)
order by projects desc, activities desc, o.org_id asc
