-- How far the money of civil affairs leans to 三区三州, one row per year up to the end of the period; whole province.
-- Coefficient: share of the approved money over share of the poor people at the end of the year before; null where the
-- poor people by prefecture are not known, and where no list says which places are favoured. The share is indicator P4-05.
-- facts S104
-- param period  report period, '2019'
-- return period_label VARCHAR
-- return approved_yuan DOUBLE
-- return sqsz_yuan DOUBLE
-- return money_rate DOUBLE
-- return poor_share_rate DOUBLE
-- return tilt DOUBLE
with poor as (
    select
        n.year + 1 as year,
        rate(sum(n.poor_population) filter (d.is_sqsz), sum(n.poor_population)) as poor_share_rate
    from county_poverty_annual as n
    inner join prefectures as d on n.region_code = d.prefecture_code
    group by n.year
),

approved as (
    select
        y.year,
        y.start_date,
        y.label as period_label,
        coalesce(sum(g.net), 0)::double as approved_yuan,
        if(has_tilted(), coalesce(sum(g.net) filter (d.is_sqsz), 0), null)::double as sqsz_yuan
    from years_until(last_day_of($period)) as y
    left join civil_grants() as g on g.event_date between y.start_date and y.last_date
    left join prefectures as d using (prefecture_code)
    group by y.year, y.start_date, y.label
)

select
    a.period_label,
    a.approved_yuan,
    a.sqsz_yuan,
    rate(a.sqsz_yuan, a.approved_yuan) as money_rate,
    p.poor_share_rate,
    rate(rate(a.sqsz_yuan, a.approved_yuan), p.poor_share_rate) as tilt
from approved as a
left join poor as p using (year)
order by a.start_date
