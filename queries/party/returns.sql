-- How complete the returns behind the figures of the period are; always one row. A county has those of its prefecture.
-- Due: one a prefecture and completed quarter, received when any of its tables was. Accepted rows include those with a warning.
-- facts S026
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return quarters_due BIGINT
-- return quarters_reported BIGINT
-- return reported_rate DOUBLE
-- return rows_declared BIGINT
-- return rows_accepted BIGINT
-- return accepted_rate DOUBLE
with quarters as (
    select period
    from periods
    where
        kind::varchar = 'quarter' and is_complete
        and start_date >= first_day($period) and end_date <= last_day_of($period)
),

due as (
    select
        count(*) as quarters_due,
        count(*) filter (
            exists (
                select 1
                from quarterly_returns as m
                where m.prefecture_code = p.prefecture_code and m.report_period = q.period
            )
        ) as quarters_reported
    from quarters as q
    cross join prefectures as p
    where
        of_prefecture($place, p.prefecture_code)
        and (
            is_sender(p.prefecture_code)
            or exists (
                select 1
                from quarterly_returns as m
                where m.prefecture_code = p.prefecture_code and m.report_period = q.period
            )
        )
),

counted as (
    select
        coalesce(sum(declared_rows), 0)::bigint as rows_declared,
        coalesce(sum(accepted_rows), 0)::bigint as rows_accepted
    from returns_checked
    where report_period in (select period from quarters) and of_prefecture($place, prefecture_code)
)

select
    d.quarters_due,
    d.quarters_reported,
    rate(d.quarters_reported, d.quarters_due) as reported_rate,
    c.rows_declared,
    c.rows_accepted,
    rate(c.rows_accepted, c.rows_declared) as accepted_rate
from due as d
cross join counted as c
order by all
