-- Other projects near one project, one row per project that shares its programme, lead organization or a county; nearest first.
-- param project  project code
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return linked_by VARCHAR
-- return project_status VARCHAR
-- return org_name VARCHAR
-- return place_name VARCHAR
-- return received_yuan DOUBLE
with own as (
    select project_id, programme_code, lead_org_id
    from projects
    where project_id = $project
),

here as (
    select county_code
    from project_locations
    where project_id = $project
),

linked as (
    select p.project_id, '同一品牌计划' as linked_by
    from projects as p
    inner join own using (programme_code)
    union
    select p.project_id, '同一牵头组织'
    from projects as p
    inner join own using (lead_org_id)
    union
    select l.project_id, '同县'
    from project_locations as l
    inner join here using (county_code)
),

near as (
    select project_id, count(*) as links, string_agg(linked_by, '、' order by linked_by) as linked_by
    from linked
    where project_id != $project
    group by project_id
),

received as (
    select project_id, sum(net_yuan(amount_yuan, is_reversal)) as received_yuan
    from funds
    where stage::varchar = '到账'
    group by project_id
)

select
    p.project_id,
    p.project_name,
    n.linked_by,
    p.status::varchar as project_status,
    o.org_name,
    place_named(l.prefecture_code, l.county_code) as place_name,
    coalesce(r.received_yuan, 0)::double as received_yuan
from near as n
inner join projects as p using (project_id)
left join project_locations as l on p.project_id = l.project_id and l.is_primary
left join organizations as o on p.lead_org_id = o.org_id
left join received as r on p.project_id = r.project_id
order by n.links desc, received_yuan desc, p.project_id asc
