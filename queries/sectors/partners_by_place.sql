-- Who works together across places, one row per home of the lead and home of a partner: projects begun by the end of the period.
-- A project with partners of two places stands in two rows.
-- facts S061 S084
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return lead_home VARCHAR
-- return partner_home VARCHAR
-- return projects BIGINT
with joint as (
    select
        project_id,
        lead_org_id,
        unnest(partner_org_ids) as partner_id
    from projects_of($place)
    where start_date <= last_day_of($period) and lead_org_id is not null
),

homes as (
    select
        o.org_id,
        coalesce(r.short_zh, home_named(o.prefecture_code, null)) as home,
        not starts_with(o.prefecture_code, '53') as is_outside,
        o.prefecture_code
    from organizations as o
    left join regions as r on r.level = 'prefecture' and o.prefecture_code = r.region_code
)

select
    l.home as lead_home,
    p.home as partner_home,
    count(distinct j.project_id) as projects
from joint as j
inner join homes as l on j.lead_org_id = l.org_id
inner join homes as p on j.partner_id = p.org_id
group by l.home, p.home
order by min((l.is_outside, l.prefecture_code)), min((p.is_outside, p.prefecture_code))
