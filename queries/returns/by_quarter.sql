-- Returns received, one row per prefecture and quarter: on time, late or missing; usual order.
-- return prefecture_code VARCHAR
-- return prefecture_name VARCHAR
-- return period VARCHAR
-- return files BIGINT
-- return report_status VARCHAR
select
    p.prefecture_code,
    p.short_zh as prefecture_name,
    q.period,
    count(m.batch_id) as files,
    case
        when count(m.batch_id) = 0 then '缺报'
        when bool_or(m.received_at > m.due_date) then '迟报'
        else '按时'
    end as report_status
from prefectures as p
cross join periods as q
left join snapshot_manifest as m on p.prefecture_code = m.prefecture_code and q.period = m.report_period
where q.kind::varchar = 'quarter' and q.is_complete
group by p.prefecture_code, p.short_zh, p.order_prov, q.period, q.start_date
order by p.order_prov, q.start_date
