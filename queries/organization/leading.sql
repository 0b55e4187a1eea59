-- Organizations registered in a place that lead projects started by the end of the period, one row per organization.
-- Most money received first: all it received up to the end of the period, wherever it went.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return org_type VARCHAR
-- return place_name VARCHAR
-- return org_status VARCHAR
-- return projects_led BIGINT
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
with led as (
    select lead_org_id as org_id, count(*) as projects_led
    from projects
    where start_date <= last_day_of($period)
    group by lead_org_id
),

money as (
    select
        org_id,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '到账') as received_yuan,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '支出') as spent_yuan
    from funds
    where event_date <= last_day_of($period)
    group by org_id
)

select
    o.org_id,
    o.org_name,
    o.org_type::varchar as org_type,
    home_named(o.prefecture_code, o.county_code) as place_name,
    o.status::varchar as org_status,
    led.projects_led,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan
from organizations as o
inner join led using (org_id)
left join money as m on o.org_id = m.org_id
where o.is_yunnan and in_place($place, o.prefecture_code, o.county_code)
order by received_yuan desc, led.projects_led desc, o.org_id asc
