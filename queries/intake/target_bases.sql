-- What targets of a year are split by, one row per indicator and prefecture: its value in the last full year before, null where that is not complete.
-- param target_year  year of the targets, '2020'
-- return indicator_code VARCHAR
-- return prefecture_code VARCHAR
-- return base_year BIGINT
-- return value DOUBLE
-- return status VARCHAR
with base as (
    select period, year
    from periods
    where kind::varchar = 'year' and is_complete and year < $target_year::integer
    order by year desc
    limit 1
)

select
    v.indicator_code,
    v.region_code as prefecture_code,
    b.year::bigint as base_year,
    if(v.quarters_reported = v.quarters_due, v.value, null) as value,
    if(v.value is not null and v.quarters_reported < v.quarters_due, '数据不全', v.status) as status
from indicator_values as v
inner join base as b using (period)
where v.level::varchar = 'prefecture'
order by v.indicator_code, v.region_code
