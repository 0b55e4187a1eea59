-- Poverty counties of a place by the batch in which they left, one row per batch (all four); with those still to leave after it.
-- facts S004
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return poverty_batch_year SMALLINT
-- return batch_name VARCHAR
-- return poverty_counties BIGINT
-- return counties_remaining BIGINT
-- return exit_date DATE
-- return has_left_poverty BOOLEAN
with batches as (
    select
        poverty_batch_year,
        count(*) filter (in_place($place, prefecture_code, county_code)) as poverty_counties,
        max(exit_date) as exit_date
    from counties
    where is_poverty_county and exit_date is not null
    group by poverty_batch_year
)

select
    poverty_batch_year,
    poverty_batch_year || '年批次' as batch_name,
    poverty_counties,
    (
        coalesce(sum(poverty_counties) over (), 0)
        - coalesce(sum(poverty_counties) over (order by poverty_batch_year), 0)
    )::bigint as counties_remaining,
    exit_date,
    coalesce(exit_date <= last_day_of($period), false) as has_left_poverty
from batches
order by poverty_batch_year
