-- Money and goods of one project up to the as-of date, one row per stage and source; reversals are taken off.
-- param project  project code
-- return stage VARCHAR
-- return source VARCHAR
-- return amount_yuan DOUBLE
-- return cash_yuan DOUBLE
-- return goods_yuan DOUBLE
-- return fund_rows BIGINT
select
    stage::varchar as stage,
    source::varchar as source,
    sum(net_yuan(amount_yuan, is_reversal))::double as amount_yuan,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (form::varchar = '资金'), 0)::double as cash_yuan,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (form::varchar = '物资'), 0)::double as goods_yuan,
    count(*) as fund_rows
from funds
where project_id = $project
group by stage, source
order by list_position(['获批', '到账', '支出'], stage::varchar), amount_yuan desc, source::varchar
