-- Organizations of one programme in a place by the end of the period, one row per organization; those that lead most first.
-- Whoever leads or joins one of its projects here, or has received its money here; money is cumulative.
-- facts S069 S081 S082 S084
-- param programme_code  programme code, 'PG-STFP'
-- param period          report period, '2019'
-- param place           region code; 530000 is the province
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return org_type VARCHAR
-- return supervising_unit_code VARCHAR
-- return projects_led BIGINT
-- return projects_joined BIGINT
-- return received_yuan DOUBLE
with begun as (
    from programme_projects($programme_code, $place, last_day_of($period))
),

parts as (
    select lead_org_id as org_id, 1 as led, 0 as joined, 0 as yuan
    from begun
    where lead_org_id is not null
    union all
    select unnest(partner_org_ids), 0, 1, 0
    from begun
    union all
    select org_id, 0, 0, net
    from programme_funds($programme_code, $place, last_day_of($period))
    where stage::varchar = '到账' and org_id is not null
)

select
    o.org_id,
    o.org_name,
    o.org_type::varchar as org_type,
    o.supervising_unit_code,
    sum(p.led)::bigint as projects_led,
    sum(p.joined)::bigint as projects_joined,
    sum(p.yuan)::double as received_yuan
from parts as p
inner join organizations as o using (org_id)
group by o.org_id, o.org_name, o.org_type, o.supervising_unit_code
order by projects_led desc, projects_joined desc, received_yuan desc, o.org_id asc
