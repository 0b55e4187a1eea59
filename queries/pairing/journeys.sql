-- Journeys of experts under the 牵手 plan to a place up to the end of the period, one row per journey, numbered by day.
-- facts S120
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return journey VARCHAR
-- return activity_date DATE
-- return org_name VARCHAR
-- return place_name VARCHAR
-- return region_code VARCHAR
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return source_file VARCHAR
-- return source_row INTEGER
select
    '第' || row_number() over (order by a.activity_date, a.activity_id) || '次' as journey,
    a.activity_date,
    o.org_name,
    place_named(a.prefecture_code, a.county_code) as place_name,
    coalesce(a.county_code, a.prefecture_code) as region_code,
    a.project_id,
    p.project_name,
    a.source_file,
    a.source_row
from activities as a
left join organizations as o using (org_id)
left join projects as p on a.project_id = p.project_id
where
    meaning('activity_type', a.activity_type) = '牵手计划行动'
    and a.activity_date <= last_day_of($period)
    and in_place($place, a.prefecture_code, a.county_code)
order by a.activity_date, a.activity_id
