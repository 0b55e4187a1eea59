-- Organizations that work on projects together, one row per organization; those with most others first.
-- Together are lead and partners of one project begun by the end of the period, whoever leads it.
-- facts S061 S084
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return org_type VARCHAR
-- return joint_projects BIGINT
-- return partners BIGINT
-- return partner_orgs VARCHAR
with joint as (
    from projects_of($place)
    where start_date <= last_day_of($period) and len(partner_org_ids) > 0
),

members as (
    select project_id, lead_org_id as org_id from joint
    union
    select project_id, unnest(partner_org_ids) from joint
),

pairs as (
    select
        a.org_id,
        b.org_id as partner_id,
        list(distinct a.project_id) as project_ids
    from members as a
    inner join members as b on a.project_id = b.project_id and a.org_id != b.org_id
    group by a.org_id, b.org_id
)

select
    o.org_id,
    o.org_name,
    o.org_type::varchar as org_type,
    len(list_distinct(flatten(list(p.project_ids))))::bigint as joint_projects,
    count(*) as partners,
    string_agg(w.org_name, '、' order by w.org_id) as partner_orgs
from pairs as p
inner join organizations as o on p.org_id = o.org_id
inner join organizations as w on p.partner_id = w.org_id
group by o.org_id, o.org_name, o.org_type
order by partners desc, joint_projects desc, o.org_id asc
