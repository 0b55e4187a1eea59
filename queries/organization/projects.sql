-- Projects one organization takes part in, one row per project: those it leads, partners in, and others whose money it handled.
-- Money is what this organization received and spent for the project up to the as-of date.
-- param org  organization code
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return org_role VARCHAR
-- return project_status VARCHAR
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
-- return place_name VARCHAR
-- return start_date DATE
-- return sector VARCHAR
-- return programme_name VARCHAR
with named as (
    select project_id, 1 as role_nr
    from projects
    where lead_org_id = $org
    union all
    select project_id, 2
    from projects
    where list_contains(partner_org_ids, $org)
    union all
    select project_id, 3
    from funds
    where org_id = $org and project_id is not null
),

part as (
    select project_id, min(role_nr) as role_nr
    from named
    group by project_id
),

money as (
    select
        project_id,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '到账') as received_yuan,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '支出') as spent_yuan
    from funds
    where org_id = $org
    group by project_id
)

select
    p.project_id,
    p.project_name,
    ['牵头', '合作', '经手资金'][t.role_nr] as org_role,
    p.status::varchar as project_status,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan,
    place_named(l.prefecture_code, l.county_code) as place_name,
    p.start_date,
    p.sector::varchar as sector,
    g.name_zh as programme_name
from part as t
inner join projects as p using (project_id)
left join project_locations as l on p.project_id = l.project_id and l.is_primary
left join programmes as g on p.programme_code = g.programme_code
left join money as m on p.project_id = m.project_id
order by t.role_nr asc, received_yuan desc, p.project_id asc
