-- The coverages of a place at the end of each quarter up to the period and what the quarter added, one row per quarter and coverage (three).
-- Each quarter has its own denominator: the organizations then on the books. Rate and gain are null where nothing was sent in.
-- facts S012 S013 S017
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return period VARCHAR
-- return period_label VARCHAR
-- return coverage VARCHAR
-- return covered BIGINT
-- return organizations BIGINT
-- return coverage_rate DOUBLE
-- return newly_covered BIGINT
select
    q.period,
    q.label as period_label,
    c.coverage,
    count(*) filter (c.covered_date <= q.last_date) as covered,
    count(*) as organizations,
    if(
        any_value(n.period) is null, null, rate(count(*) filter (c.covered_date <= q.last_date), count(*))
    ) as coverage_rate,
    if(
        any_value(n.period) is null,
        null,
        count(*) filter (c.covered_date between q.start_date and q.last_date)
    ) as newly_covered
from periods as q
inner join coverages as c
    on on_books(c.status, c.registered_date, c.deregistered_date, q.last_date)
left join reported_quarters($place, 'organizations') as n on q.period = n.period
where
    q.kind::varchar = 'quarter'
    and q.last_date <= last_day_of($period)
    and in_place($place, c.prefecture_code, c.county_code)
group by q.period, q.label, q.start_date, c.coverage, c.nr
order by q.start_date, c.nr
