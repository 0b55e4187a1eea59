-- Registered poor people of a place not yet out of poverty, one row per year-end the snapshot knows; no row where no such count exists.
-- facts S004
-- param place  region code; 530000 is the province
-- return year_end VARCHAR
-- return poor_population INTEGER
-- return poor_rate DOUBLE
-- return certainty VARCHAR
select
    year || '年末' as year_end,
    poor_population,
    poor_rate::double as poor_rate,
    case certainty::varchar when 'sourced' then '公开数' when 'derived' then '推算' else '演示' end as certainty
from county_poverty_annual
where region_code = $place and poor_population is not null
order by year
