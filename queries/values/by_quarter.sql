-- Every indicator of one place over time, one row per indicator and quarter; null where nothing was reported.
-- param place  region code; 530000 is the province
-- return indicator_code VARCHAR
-- return period VARCHAR
-- return period_label VARCHAR
-- return value DOUBLE
select
    v.indicator_code,
    v.period,
    p.label as period_label,
    v.value
from indicator_values as v
inner join periods as p using (period)
inner join indicators as i using (indicator_code)
where
    v.region_code = $place
    and v.level::varchar in ('province', 'prefecture', 'county')
    and p.kind::varchar = 'quarter'
order by i.sort_order, p.start_date
