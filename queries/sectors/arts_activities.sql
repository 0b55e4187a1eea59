-- 文艺扶贫 activities in a place up to the end of the period, one row per activity; latest first.
-- facts S067
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return activity_id VARCHAR
-- return activity_date DATE
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return title VARCHAR
-- return place_name VARCHAR
select
    a.activity_id,
    a.activity_date,
    a.org_id,
    o.org_name,
    a.title,
    place_named(a.prefecture_code, a.county_code) as place_name
from activities as a
left join organizations as o using (org_id)
where
    meaning('activity_type', a.activity_type) = '文艺活动'
    and a.activity_date <= last_day_of($period)
    and in_place($place, a.prefecture_code, a.county_code)
order by a.activity_date desc, a.activity_id asc
