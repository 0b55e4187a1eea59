-- One need or project as of the snapshot's date, one row; no row for an unknown code. Money is that of its whole life.
-- param project  project code
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return project_status VARCHAR
-- return sector VARCHAR
-- return programme_code VARCHAR
-- return programme_name VARCHAR
-- return supervising_unit_code VARCHAR
-- return lead_org_id VARCHAR
-- return org_name VARCHAR
-- return region_code VARCHAR
-- return place_name VARCHAR
-- return posted_date DATE
-- return start_date DATE
-- return planned_end_date DATE
-- return actual_end_date DATE
-- return need_amount_yuan DOUBLE
-- return approved_yuan DOUBLE
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
-- return aid_types VARCHAR
-- return resource_types VARCHAR
-- return cross_province VARCHAR
-- return is_model_case BOOLEAN
-- return source_file VARCHAR
-- return source_row INTEGER
with money as (
    select
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '到账') as received_yuan,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '支出') as spent_yuan
    from funds
    where project_id = $project
)

select
    p.project_id,
    p.project_name,
    p.status::varchar as project_status,
    p.sector::varchar as sector,
    p.programme_code,
    g.name_zh as programme_name,
    p.supervising_unit_code,
    p.lead_org_id,
    o.org_name,
    l.county_code as region_code,
    place_named(l.prefecture_code, l.county_code) as place_name,
    p.posted_date,
    p.start_date,
    p.planned_end_date,
    p.actual_end_date,
    p.need_amount_yuan::double as need_amount_yuan,
    p.approved_yuan::double as approved_yuan,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan,
    array_to_string(p.aid_types, '、') as aid_types,
    array_to_string(p.resource_types, '、') as resource_types,
    p.cross_province::varchar as cross_province,
    p.is_model_case,
    p.source_file,
    p.source_row
from projects as p
cross join money as m
left join project_locations as l on p.project_id = l.project_id and l.is_primary
left join organizations as o on p.lead_org_id = o.org_id
left join programmes as g on p.programme_code = g.programme_code
where p.project_id = $project
order by p.project_id
