-- 三同步: matters due in the period and those done in step, one row per matter (registration, inspection, rating); numerator and denominator as in P1-04.
-- facts S011
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return matter VARCHAR
-- return matters_in_step BIGINT
-- return matters_due BIGINT
-- return in_step_rate DOUBLE
-- return matters_unknown BIGINT
with matters as (
    select
        unnest(['登记同步', '年检同步', '评估同步']) as matter,
        unnest([1, 2, 3]) as nr
),

due as (
    select matter, is_in_step
    from sync_matters(first_day($period), last_day_of($period))
    where in_place($place, prefecture_code, county_code)
),

counted as (
    select
        m.matter,
        m.nr,
        -- inspections of a year that the register is not of are not known
        m.matter != '年检同步' or p.is_inspected as is_known,
        count(*) filter (d.is_in_step) as in_step,
        count(d.is_in_step) as due,
        count(*) filter (d.matter is not null and d.is_in_step is null) as not_filled_in
    from matters as m
    inner join periods as p on p.period = $period
    left join due as d using (matter)
    group by all
)

select
    matter,
    if(is_known, in_step, null) as matters_in_step,
    if(is_known, due, null) as matters_due,
    if(is_known, rate(in_step, due), null) as in_step_rate,
    if(is_known, not_filled_in, null) as matters_unknown
from counted
order by nr
