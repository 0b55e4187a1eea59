-- Returns of one prefecture, or of the prefecture a county belongs to, one row per completed quarter up to the period and kind of return (six).
-- A county files nothing of its own. Days late are counted up; null when in time, not received or not applicable (补报, 另报).
-- param period  report period, '2019'
-- param place   region code of a prefecture or county
-- return period VARCHAR
-- return period_label VARCHAR
-- return return_name VARCHAR
-- return report_status VARCHAR
-- return days_late BIGINT
-- return rows_in BIGINT
-- return rows_warn BIGINT
-- return rows_reject BIGINT
with kinds as (
    select
        unnest(
            ['organizations', 'projects', 'funds', 'beneficiaries', 'activities', 'reported_stats']
        ) as table_name,
        unnest(['组织', '项目', '资金', '受益', '活动', '统计']) as return_name,
        unnest([1, 2, 3, 4, 5, 6]) as nr
),

got as (
    select
        report_period,
        table_name,
        max(date_diff('second', due_date, received_at)) as late_seconds,
        bool_or(is_backfill(received_at, due_date)) as is_backfill,
        sum(rows_in)::bigint as rows_in,
        sum(rows_warn)::bigint as rows_warn,
        sum(rows_reject)::bigint as rows_reject
    from returns_for_places
    where prefecture_code = left($place, 4) || '00'
    group by report_period, table_name
)

select
    q.period,
    q.label as period_label,
    k.return_name,
    case
        when not is_owed(left($place, 4) || '00', q.period)
            then unowed_status(q.period, g.table_name is not null)
        when g.table_name is null then '未收到'
        when g.is_backfill then '补录'
        when g.late_seconds > 0 then '迟报'
        else '按时'
    end as report_status,
    if(
        g.late_seconds > 0 and not g.is_backfill and is_owed(left($place, 4) || '00', q.period),
        ceil(g.late_seconds / 86400.0)::bigint,
        null
    ) as days_late,
    g.rows_in,
    g.rows_warn,
    g.rows_reject
from periods as q
cross join kinds as k
left join got as g on q.period = g.report_period and k.table_name = g.table_name
where q.kind::varchar = 'quarter' and q.is_complete and q.last_date <= last_day_of($period)
order by q.start_date, k.nr
