-- Activities of one project up to the as-of date, one row per event; latest first. Participants are person-times.
-- param project  project code
-- return activity_date DATE
-- return activity_type VARCHAR
-- return title VARCHAR
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return place_name VARCHAR
-- return participants BIGINT
-- return source_file VARCHAR
-- return source_row INTEGER
select
    a.activity_date,
    a.activity_type::varchar as activity_type,
    a.title,
    coalesce(a.org_id, '') as org_id,
    o.org_name,
    place_named(a.prefecture_code, a.county_code) as place_name,
    a.participants::bigint as participants,
    a.source_file,
    a.source_row
from activities as a
left join organizations as o using (org_id)
where a.project_id = $project
order by a.activity_date desc, a.activity_id asc
