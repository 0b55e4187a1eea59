-- How well the returns came in, one row per finished quarter up to the period; oldest first. Of quarters before the first that is due
-- only what came is listed (补报), and so of places that owe none (另报): they have a rate of rows accepted, no other.
-- param period        report period, '2019'
-- param place         region code; 530000 is the province, a county has the returns of its prefecture
-- param published_at  when the snapshot was published
-- return period VARCHAR
-- return returns_due BIGINT
-- return returns_received BIGINT
-- return returns_in_time BIGINT
-- return rows_in BIGINT
-- return rows_accepted BIGINT
-- return report_rate DOUBLE
-- return timely_rate DOUBLE
-- return accepted_rate DOUBLE
select
    period,
    count(*) filter (is_owed(prefecture_code, period)) as returns_due,
    count(received_at) as returns_received,
    count(*) filter (report_status = '按时') as returns_in_time,
    coalesce(sum(rows_in), 0)::bigint as rows_in,
    coalesce(sum(rows_accepted), 0)::bigint as rows_accepted,
    rate(
        count(received_at) filter (is_owed(prefecture_code, period)),
        count(*) filter (is_owed(prefecture_code, period))
    ) as report_rate,
    rate(
        count(*) filter (report_status = '按时'), count(*) filter (report_status not in ('补录', '补报', '另报'))
    ) as timely_rate,
    rate(sum(rows_accepted), sum(rows_in)) as accepted_rate
from returns_due($published_at)
where
    last_date <= last_day_of($period)
    and of_prefecture($place, prefecture_code)
    and report_status not in ('未到期', '不应报')
group by period, start_date
order by start_date
