-- What lies where in time, one row per span: the time the article speaks of, the batches of exit, the data, the report period.
-- The article's time begins with 党的十八大, November 2012; spans reach to the as-of date at most, batches to the last exit.
-- facts S001 S006
-- param period  report period, '2019'
-- return span_name VARCHAR
-- return begin_date DATE
-- return end_date DATE
with known as (
    select max(last_date) as asof_date from periods
),

reported as (
    select
        '数据期' as span_name,
        min(p.start_date) as begin_date,
        max(p.last_date) as end_date
    from quarterly_returns as m
    inner join periods as p on m.report_period = p.period
)

select
    span_name,
    begin_date,
    end_date
from (
    select
        1 as nr,
        '党的十八大以来' as span_name,
        date '2012-11-01' as begin_date,
        asof_date as end_date
    from known
    union all
    select
        2,
        '贫困县分批退出',
        min(exit_date),
        max(exit_date)
    from counties
    union all
    select
        3,
        span_name,
        begin_date,
        end_date
    from reported
    union all
    select
        4,
        '本报告期',
        first_day($period),
        last_day_of($period)
) as spans
where begin_date is not null
order by nr
