-- 引用的组织、项目、品牌计划或文件不存在
with cited as (
    select 'funds' as table_name, fund_id as id, org_id, project_id, programme_code, null as policy_id
    from funds
    union all
    select 'beneficiaries', record_id, org_id, project_id, null, null from beneficiaries
    union all
    select 'activities', activity_id, org_id, project_id, null, policy_id from activities
    union all
    select 'projects', project_id, lead_org_id, null, programme_code, null from projects
    union all
    select 'project_locations', project_id, null, project_id, null, null from project_locations
    union all
    select 'policies', policy_id, null, null, null, parent_policy_id from policies
)

select c.table_name, c.id, c.org_id, c.project_id, c.programme_code, c.policy_id
from cited as c
where
    (c.org_id is not null and c.org_id not in (select o.org_id from organizations as o))
    or (c.project_id is not null and c.project_id not in (select p.project_id from projects as p))
    or (
        c.programme_code is not null
        and c.programme_code not in (select g.programme_code from programmes as g)
    )
    or (c.policy_id is not null and c.policy_id not in (select l.policy_id from policies as l))
order by all
limit 100
