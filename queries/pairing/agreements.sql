-- Agreements signed in a place up to the end of the period, one row per agreement; newest first.
-- facts S115
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return activity_date DATE
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return reg_level VARCHAR
-- return region_code VARCHAR
-- return place_name VARCHAR
-- return county_name VARCHAR
-- return programme_name VARCHAR
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return project_status VARCHAR
-- return source_file VARCHAR
-- return source_row INTEGER
select
    a.activity_date,
    a.org_id,
    o.org_name,
    o.reg_level::varchar as reg_level,
    coalesce(a.county_code, a.prefecture_code) as region_code,
    place_named(a.prefecture_code, a.county_code) as place_name,
    c.name_zh as county_name,
    g.name_zh as programme_name,
    a.project_id,
    p.project_name,
    p.status::varchar as project_status,
    a.source_file,
    a.source_row
from activities as a
left join organizations as o using (org_id)
left join projects as p on a.project_id = p.project_id
left join programmes as g on p.programme_code = g.programme_code
left join counties as c on a.county_code = c.county_code
where
    meaning('activity_type', a.activity_type) = '协议签署'
    and a.activity_date <= last_day_of($period)
    and in_place($place, a.prefecture_code, a.county_code)
order by a.activity_date desc, a.activity_id asc
