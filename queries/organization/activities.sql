-- Activities one organization held up to the as-of date, one row per event; latest first. Participants are person-times.
-- param org  organization code
-- return activity_date DATE
-- return activity_type VARCHAR
-- return title VARCHAR
-- return project_id VARCHAR
-- return place_name VARCHAR
-- return participants BIGINT
-- return source_file VARCHAR
-- return source_row INTEGER
select
    activity_date,
    activity_type::varchar as activity_type,
    title,
    coalesce(project_id, '') as project_id,
    place_named(prefecture_code, county_code) as place_name,
    participants::bigint as participants,
    source_file,
    source_row
from activities
where org_id = $org
order by activity_date desc, activity_id asc
