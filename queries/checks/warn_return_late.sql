-- 报表晚于截止日收到
select batch_id, received_at, due_date
from quarterly_returns
where
    received_at > due_date
    and not is_backfill(received_at, due_date)
    and is_owed(prefecture_code, report_period)
order by batch_id
