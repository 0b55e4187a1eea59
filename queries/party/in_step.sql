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
)

select
    m.matter,
    count(*) filter (d.is_in_step) as matters_in_step,
    count(d.is_in_step) as matters_due,
    rate(count(*) filter (d.is_in_step), count(d.is_in_step)) as in_step_rate,
    count(*) filter (d.matter is not null and d.is_in_step is null) as matters_unknown
from matters as m
left join due as d using (matter)
group by m.matter, m.nr
order by m.nr
