-- Coordination meetings of the period, one row per meeting; newest first.
-- facts S032
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return activity_date DATE
-- return title VARCHAR
-- return place_name VARCHAR
-- return org_name VARCHAR
-- return participants INTEGER
-- return party_members INTEGER
-- return source_file VARCHAR
-- return source_row INTEGER
select
    coalesce(a.county_code, a.prefecture_code) as region_code,
    a.activity_date,
    coalesce(a.title, a.activity_type::varchar) as title,
    place_named(a.prefecture_code, a.county_code) as place_name,
    o.org_name,
    a.participants,
    a.party_members,
    a.source_file,
    a.source_row
from activities as a
left join organizations as o using (org_id)
where
    meaning('activity_type', a.activity_type) = '协调会议'
    and a.activity_date between first_day($period) and last_day_of($period)
    and in_place($place, a.prefecture_code, a.county_code)
order by a.activity_date desc, a.activity_id asc
