-- Projects held up as model cases in a place, posted by the end of the period, one row per project; those of a programme first.
-- Money is cumulative and of the whole project.
-- facts S109 S110 S111
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return programme_name VARCHAR
-- return sector VARCHAR
-- return org_name VARCHAR
-- return place_name VARCHAR
-- return project_status VARCHAR
-- return start_date DATE
-- return need_amount_yuan DOUBLE
-- return received_yuan DOUBLE
select
    p.project_id,
    p.project_name,
    g.name_zh as programme_name,
    p.sector::varchar as sector,
    o.org_name,
    place_named(p.prefecture_code, p.county_code) as place_name,
    p.status::varchar as project_status,
    p.start_date,
    n.need_amount_yuan::double as need_amount_yuan,
    n.received_yuan::double as received_yuan
from needs(last_day_of($period)) as n
inner join projects_of($place) as p using (project_id)
left join organizations as o on p.lead_org_id = o.org_id
left join programmes as g on p.programme_code = g.programme_code
where p.is_model_case
order by p.programme_code is null, g.name_zh, p.posted_date, p.project_id
