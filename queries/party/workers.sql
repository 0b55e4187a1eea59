-- Party members among the social workers as reported at the end of each half-year up to the period, one row per half-year of which anyone in the place reported.
-- Sums of the prefectures that reported. Counties do not report: no row.
-- facts S023
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return report_period VARCHAR
-- return period_label VARCHAR
-- return party_workers BIGINT
-- return social_workers BIGINT
-- return party_worker_rate DOUBLE
-- return places_reported BIGINT
select
    s.report_period,
    format('{}年{}月末', q.year, month(q.end_date)) as period_label,
    sum(s.value) filter (s.item_code::varchar = 'SW_PARTY')::bigint as party_workers,
    sum(s.value) filter (s.item_code::varchar = 'SW_STOCK')::bigint as social_workers,
    rate(
        sum(s.value) filter (s.item_code::varchar = 'SW_PARTY'),
        sum(s.value) filter (s.item_code::varchar = 'SW_STOCK')
    ) as party_worker_rate,
    count(*) filter (s.item_code::varchar = 'SW_PARTY') as places_reported
from reported_stats as s
inner join periods as q on s.report_period = q.period
where q.end_date <= last_day_of($period) and in_place($place, s.prefecture_code, null)
group by s.report_period, q.year, q.end_date
order by s.report_period
