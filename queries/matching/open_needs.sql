-- Needs of a place that nobody has taken up by the end of the period, one row per need; the largest first.
-- A county's part of a need is its share; the amount is of the whole need.
-- facts S100
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return place_name VARCHAR
-- return sector VARCHAR
-- return posted_date DATE
-- return waiting_days BIGINT
-- return need_amount_yuan DOUBLE
select
    p.project_id,
    p.project_name,
    place_named(p.prefecture_code, p.county_code) as place_name,
    p.sector::varchar as sector,
    p.posted_date,
    last_day_of($period) - p.posted_date as waiting_days,
    n.need_amount_yuan::double as need_amount_yuan
from needs(last_day_of($period)) as n
inner join projects_of($place) as p using (project_id)
where n.step_reached = 1
order by n.need_amount_yuan desc, p.project_id asc
