-- Who one county is: kind, traits, how and when it left poverty, poor people at the latest year-end known; one row.
-- facts S003 S004 S118
-- param period  report period, '2019'
-- param place   county code
-- return county_code VARCHAR
-- return county_name VARCHAR
-- return place_name VARCHAR
-- return prefecture_code VARCHAR
-- return prefecture_name VARCHAR
-- return kind VARCHAR
-- return is_poverty_county BOOLEAN
-- return is_deep_poverty BOOLEAN
-- return is_sqsz BOOLEAN
-- return is_border BOOLEAN
-- return is_autonomous_county BOOLEAN
-- return contiguous_area VARCHAR
-- return poverty_batch_year SMALLINT
-- return exit_date DATE
-- return has_left_poverty BOOLEAN
-- return poor_population INTEGER
-- return poor_year SMALLINT
with latest as (
    select region_code, max(year) as poor_year, arg_max(poor_population, year) as poor_population
    from county_poverty_annual
    where poor_population is not null
    group by region_code
)

select
    c.county_code,
    c.name_zh as county_name,
    place_named(c.prefecture_code, c.county_code) as place_name,
    c.prefecture_code,
    d.name_zh as prefecture_name,
    c.kind::varchar as kind,
    c.is_poverty_county,
    c.is_deep_poverty,
    c.is_sqsz,
    c.is_border,
    c.is_autonomous_county,
    c.contiguous_area,
    c.poverty_batch_year,
    c.exit_date,
    if(c.exit_date is null, null, c.exit_date <= last_day_of($period)) as has_left_poverty,
    n.poor_population,
    n.poor_year
from counties as c
inner join prefectures as d using (prefecture_code)
left join latest as n on c.county_code = n.region_code
where c.county_code = $place
order by c.county_code
