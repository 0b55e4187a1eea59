-- Organizations registered at the same place and working in the same field as one organization, one row per organization.
-- As of the snapshot's date; most money received first. Without a field of its own it has no neighbours.
-- param org  organization code
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return org_type VARCHAR
-- return org_status VARCHAR
-- return party_cover_mode VARCHAR
-- return rating VARCHAR
-- return projects_led BIGINT
-- return received_yuan DOUBLE
with own as (
    select org_id, prefecture_code, county_code, activity_field
    from organizations
    where org_id = $org
),

near as (
    select o.*
    from organizations as o
    inner join own
        on
            o.org_id != own.org_id
            and o.activity_field = own.activity_field
            and o.prefecture_code = own.prefecture_code
            and o.county_code is not distinct from own.county_code
),

received as (
    select org_id, sum(net_yuan(amount_yuan, is_reversal)) as received_yuan
    from funds
    where stage::varchar = '到账'
    group by org_id
),

led as (
    select lead_org_id as org_id, count(*) as projects_led
    from projects
    group by lead_org_id
)

select
    n.org_id,
    n.org_name,
    n.org_type::varchar as org_type,
    n.status::varchar as org_status,
    n.party_cover_mode::varchar as party_cover_mode,
    n.rating::varchar as rating,
    coalesce(led.projects_led, 0) as projects_led,
    coalesce(r.received_yuan, 0)::double as received_yuan
from near as n
left join received as r using (org_id)
left join led on n.org_id = led.org_id
order by received_yuan desc, projects_led desc, n.org_id asc
