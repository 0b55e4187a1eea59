-- 州市季度报表缺报
select p.short_zh, q.period
from prefectures as p
cross join periods as q
left join quarterly_returns as m on p.prefecture_code = m.prefecture_code and q.period = m.report_period
where q.kind = 'quarter' and q.is_complete and m.batch_id is null and is_sender(p.prefecture_code)
order by p.order_prov, q.period
