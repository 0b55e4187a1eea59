-- The organizations the article names, one row per organization, wherever registered; what reached a place through each.
-- Money is what it received for the place up to the end of the period.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return org_type VARCHAR
-- return reg_level VARCHAR
-- return place_name VARCHAR
-- return projects_led BIGINT
-- return received_yuan DOUBLE
with led as (
    select p.lead_org_id as org_id, count(distinct p.project_id) as projects_led
    from projects_by_county as p
    where p.start_date <= last_day_of($period) and in_place($place, p.prefecture_code, p.county_code)
    group by p.lead_org_id
),

received as (
    select org_id, sum(net_yuan(amount_yuan, is_reversal)) as received_yuan
    from funds
    where
        stage::varchar = '到账'
        and event_date <= last_day_of($period)
        and in_place($place, prefecture_code, county_code)
    group by org_id
)

select
    o.org_id,
    o.org_name,
    o.org_type::varchar as org_type,
    o.reg_level::varchar as reg_level,
    home_named(o.prefecture_code, o.county_code) as place_name,
    coalesce(led.projects_led, 0) as projects_led,
    coalesce(r.received_yuan, 0)::double as received_yuan
from organizations as o
left join led using (org_id)
left join received as r on o.org_id = r.org_id
where o.is_seed_named
order by received_yuan desc, projects_led desc, o.org_id asc
