-- Needs and projects located in a place and posted by the end of the period, one row per project; most money first.
-- A project is here when one of its counties is; share and money are this place's part of it, money up to the end of the period.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return project_status VARCHAR
-- return is_running BOOLEAN
-- return local_share_rate DOUBLE
-- return approved_yuan DOUBLE
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
-- return org_name VARCHAR
-- return sector VARCHAR
-- return programme_name VARCHAR
-- return start_date DATE
-- return places_named VARCHAR
-- return is_primary BOOLEAN
with located as (
    select *, place_named(prefecture_code, county_code) as place_name
    from project_locations
    where in_place($place, prefecture_code, county_code)
),

here as (
    select
        project_id,
        sum(share)::double as local_share_rate,
        bool_or(is_primary) as is_primary,
        string_agg(place_name, '、' order by share desc, county_code asc) as places_named
    from located
    group by project_id
),

money as (
    select
        project_id,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '获批') as approved_yuan,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '到账') as received_yuan,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '支出') as spent_yuan
    from funds
    where event_date <= last_day_of($period) and in_place($place, prefecture_code, county_code)
    group by project_id
)

select
    p.project_id,
    p.project_name,
    p.status::varchar as project_status,
    running(p.start_date, p.actual_end_date, last_day_of($period)) as is_running,
    h.local_share_rate,
    coalesce(m.approved_yuan, 0)::double as approved_yuan,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan,
    o.org_name,
    p.sector::varchar as sector,
    g.name_zh as programme_name,
    p.start_date,
    h.places_named,
    h.is_primary
from projects as p
inner join here as h using (project_id)
left join money as m using (project_id)
left join organizations as o on p.lead_org_id = o.org_id
left join programmes as g on p.programme_code = g.programme_code
where p.posted_date <= last_day_of($period)
order by received_yuan desc, approved_yuan desc, p.project_id asc
