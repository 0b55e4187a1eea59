-- Events of the period that bring supply and demand together, one row per event; newest first.
-- facts S108 S109
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return activity_date DATE
-- return activity_type VARCHAR
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
    a.activity_type::varchar as activity_type,
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
    meaning('activity_type', a.activity_type) in (select activity_type from exchange_types())
    and a.activity_date between first_day($period) and last_day_of($period)
    and in_place($place, a.prefecture_code, a.county_code)
order by a.activity_date desc, a.activity_id asc
