-- Money of one programme in a place, one row per year up to the end of the period and stage (all three, zeros included).
-- facts S074 S086
-- param programme_code  programme code, 'PG-STFP'
-- param period          report period, '2019'
-- param place           region code; 530000 is the province
-- return period_label VARCHAR
-- return stage VARCHAR
-- return cash_yuan DOUBLE
-- return goods_yuan DOUBLE
-- return amount_yuan DOUBLE
with stages as (
    select
        unnest(['获批', '到账', '支出']) as stage,
        unnest([1, 2, 3]) as nr
)

select
    y.label as period_label,
    s.stage,
    coalesce(sum(f.net) filter (f.form::varchar = '资金'), 0)::double as cash_yuan,
    coalesce(sum(f.net) filter (f.form::varchar = '物资'), 0)::double as goods_yuan,
    coalesce(sum(f.net), 0)::double as amount_yuan
from years_until(last_day_of($period)) as y
cross join stages as s
left join programme_funds($programme_code, $place, last_day_of($period)) as f
    on f.event_date between y.start_date and y.last_date and f.stage::varchar = s.stage
group by y.label, y.start_date, s.stage, s.nr
order by y.start_date, s.nr
