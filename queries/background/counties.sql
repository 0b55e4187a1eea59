-- What every county is, one row per county (all 129) in the usual order; is_chosen marks those of the place.
-- facts S003 S004
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return county_code VARCHAR
-- return place_name VARCHAR
-- return prefecture_code VARCHAR
-- return prefecture_name VARCHAR
-- return is_chosen BOOLEAN
-- return is_poverty_county BOOLEAN
-- return is_deep_poverty BOOLEAN
-- return is_border BOOLEAN
-- return is_autonomous_county BOOLEAN
-- return contiguous_area VARCHAR
-- return poverty_batch_year SMALLINT
-- return exit_date DATE
-- return has_left_poverty BOOLEAN
select
    c.county_code,
    place_named(c.prefecture_code, c.county_code) as place_name,
    c.prefecture_code,
    d.short_zh || right(d.name_zh, 1) as prefecture_name,
    in_place($place, c.prefecture_code, c.county_code) as is_chosen,
    c.is_poverty_county,
    c.is_deep_poverty,
    c.is_border,
    c.is_autonomous_county,
    c.contiguous_area,
    c.poverty_batch_year,
    c.exit_date,
    if(c.exit_date is null, null, c.exit_date <= last_day_of($period)) as has_left_poverty
from counties as c
inner join prefectures as d using (prefecture_code)
inner join regions as r on c.county_code = r.region_code and r.level::varchar = 'county'
order by d.order_prov, r.sort_order, c.county_code
