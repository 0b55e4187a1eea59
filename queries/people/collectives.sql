-- Groups served, such as schools, in a place up to the end of the period, one row per record of a group; latest first.
-- Sizes are rounded to 10; null is hidden: single persons or families share the cell (year, county, kind of help).
-- facts S121
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return service_date DATE
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return place_name VARCHAR
-- return help_type VARCHAR
-- return persons BIGINT
-- return is_hidden BOOLEAN
-- return source_file VARCHAR
-- return source_row INTEGER
select
    c.service_date,
    c.project_id,
    p.project_name,
    place_named(c.prefecture_code, c.county_code) as place_name,
    c.help_type::varchar as help_type,
    c.headcount::bigint as persons,
    c.is_hidden,
    c.source_file,
    c.source_row
from collectives as c
left join projects as p using (project_id)
where c.service_date <= last_day_of($period) and in_place($place, c.prefecture_code, c.county_code)
order by c.service_date desc, c.record_id asc
