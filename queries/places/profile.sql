-- Who one prefecture is: population, counties by trait, poor people at the two latest year-ends known; one row.
-- param place  prefecture code
-- return prefecture_code VARCHAR
-- return prefecture_name VARCHAR
-- return short_name VARCHAR
-- return population INTEGER
-- return size_class VARCHAR
-- return is_sqsz BOOLEAN
-- return counties BIGINT
-- return poverty_counties BIGINT
-- return deep_poverty_counties BIGINT
-- return border_counties BIGINT
-- return autonomous_counties BIGINT
-- return poor_population INTEGER
-- return poor_year SMALLINT
select
    p.prefecture_code,
    p.name_zh as prefecture_name,
    p.short_zh as short_name,
    p.pop_census_2020 as population,
    population_class(p.pop_census_2020) as size_class,
    p.is_sqsz,
    count(*) as counties,
    count(*) filter (c.is_poverty_county) as poverty_counties,
    count(*) filter (c.is_deep_poverty) as deep_poverty_counties,
    count(*) filter (c.is_border) as border_counties,
    count(*) filter (c.is_autonomous_county) as autonomous_counties,
    (
        select arg_max(n.poor_population, n.year)
        from county_poverty_annual as n
        where n.region_code = p.prefecture_code
    ) as poor_population,
    (
        select max(n.year) from county_poverty_annual as n
        where n.region_code = p.prefecture_code
    ) as poor_year
from prefectures as p
inner join counties as c using (prefecture_code)
where p.prefecture_code = $place
group by all
order by p.prefecture_code
