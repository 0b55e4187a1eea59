-- Registered poor households with microcredit in a place at the end of each quarter up to the period, one row per quarter.
-- Cumulative, each household once: indicator P4-09. Null is hidden (1-9 or protecting one).
-- facts S124
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return period VARCHAR
-- return period_label VARCHAR
-- return credit_kind VARCHAR
-- return households BIGINT
-- return is_hidden BOOLEAN
select
    q.period,
    q.label as period_label,
    '小额信贷惠及建档立卡户' as credit_kind,
    n.value as households,
    n.is_hidden
from periods as q
inner join people_counts as n using (period)
where
    n.dimension = 'microcredit'
    and n.measure = 'households'
    and n.region_code = $place
    and q.kind = 'quarter'
    and q.last_date <= last_day_of($period)
order by q.start_date
