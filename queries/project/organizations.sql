-- Who carries one project, one row per organization: the lead, partners, and others through whom its money went.
-- Money is what this organization received and spent for this project up to the as-of date.
-- param project  project code
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return org_role VARCHAR
-- return org_type VARCHAR
-- return place_name VARCHAR
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
with named as (
    select lead_org_id as org_id, 1 as role_nr
    from projects
    where project_id = $project
    union all
    select unnest(partner_org_ids), 2
    from projects
    where project_id = $project
    union all
    select org_id, 3
    from funds
    where project_id = $project
),

part as (
    select org_id, min(role_nr) as role_nr
    from named
    where org_id is not null
    group by org_id
),

money as (
    select
        org_id,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '到账') as received_yuan,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '支出') as spent_yuan
    from funds
    where project_id = $project
    group by org_id
)

select
    t.org_id,
    o.org_name,
    ['牵头', '合作', '经手资金'][t.role_nr] as org_role,
    o.org_type::varchar as org_type,
    home_named(o.prefecture_code, o.county_code) as place_name,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan
from part as t
left join organizations as o using (org_id)
left join money as m using (org_id)
order by t.role_nr, t.org_id
