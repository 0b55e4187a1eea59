-- Projects of one programme that reach a place and have begun by the end of the period, one row per project; most money first.
-- Money is what stands under the programme's code, in this place, up to the end of the period.
-- facts S066 S072 S077 S079 S080 S085
-- param programme_code  programme code, 'PG-STFP'
-- param period          report period, '2019'
-- param place           region code; 530000 is the province
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return org_name VARCHAR
-- return places_named VARCHAR
-- return is_running BOOLEAN
-- return start_date DATE
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
-- return aid_types VARCHAR
-- return partner_orgs VARCHAR
with begun as (
    from programme_projects($programme_code, $place, last_day_of($period))
),

partners as (
    select
        b.project_id,
        string_agg(o.org_name, '、' order by o.org_id) as partner_orgs
    from (select project_id, unnest(partner_org_ids) as org_id from begun) as b
    inner join organizations as o using (org_id)
    group by b.project_id
),

located as (
    select
        project_id,
        string_agg(place_name, '、' order by share desc, county_code asc) as places_named
    from (select *, place_named(prefecture_code, county_code) as place_name from project_locations) as located
    where in_place($place, prefecture_code, county_code)
    group by project_id
),

money as (
    select
        project_id,
        sum(net) filter (stage::varchar = '到账') as received_yuan,
        sum(net) filter (stage::varchar = '支出') as spent_yuan
    from programme_funds($programme_code, $place, last_day_of($period))
    group by project_id
)

select
    b.project_id,
    b.project_name,
    o.org_name,
    l.places_named,
    running(b.start_date, b.actual_end_date, last_day_of($period)) as is_running,
    b.start_date,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan,
    coalesce(array_to_string(b.aid_types, '、'), '未填') as aid_types,
    coalesce(r.partner_orgs, '无') as partner_orgs
from begun as b
left join organizations as o on b.lead_org_id = o.org_id
left join partners as r on b.project_id = r.project_id
left join located as l on b.project_id = l.project_id
left join money as m on b.project_id = m.project_id
order by received_yuan desc, spent_yuan desc, b.project_id asc
