-- Organizations registered in a place and on the books at the end of the period, one row per organization; most projects first.
-- Party coverage and rating are those of that day; projects and money are all up to that day, wherever they went.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return org_type VARCHAR
-- return registered_date DATE
-- return org_status VARCHAR
-- return party_cover_mode VARCHAR
-- return rating VARCHAR
-- return projects BIGINT
-- return received_yuan DOUBLE
with taking_part as (
    select lead_org_id as org_id, project_id
    from projects
    where start_date <= last_day_of($period)
    union
    select unnest(partner_org_ids), project_id
    from projects
    where start_date <= last_day_of($period)
),

led as (
    select org_id, count(*) as projects
    from taking_part
    group by org_id
),

received as (
    select org_id, sum(net_yuan(amount_yuan, is_reversal)) as received_yuan
    from funds
    where stage::varchar = '到账' and event_date <= last_day_of($period)
    group by org_id
)

select
    o.org_id,
    o.org_name,
    o.org_type::varchar as org_type,
    o.registered_date,
    o.status::varchar as org_status,
    case
        when o.party_cover_date <= last_day_of($period) then o.party_cover_mode::varchar
        when coverage_known(o.party_cover_mode, o.party_cover_date) then '未覆盖'
    end as party_cover_mode,
    case
        when o.rating_date <= last_day_of($period) then o.rating::varchar
        when o.rating is not null then '未评估'
    end as rating,
    coalesce(led.projects, 0) as projects,
    coalesce(r.received_yuan, 0)::double as received_yuan
from act_orgs(last_day_of($period)) as o
left join led using (org_id)
left join received as r using (org_id)
where in_place($place, o.prefecture_code, o.county_code)
order by projects desc, received_yuan desc, o.org_id asc
