-- Money and goods of one organization, one row per stage and year up to the as-of date; reversals are taken off.
-- param org  organization code
-- return stage VARCHAR
-- return year VARCHAR
-- return amount_yuan DOUBLE
-- return cash_yuan DOUBLE
-- return goods_yuan DOUBLE
-- return fund_rows BIGINT
select
    stage::varchar as stage,
    year(event_date)::varchar as year,
    sum(net_yuan(amount_yuan, is_reversal))::double as amount_yuan,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (form::varchar = '资金'), 0)::double as cash_yuan,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (form::varchar = '物资'), 0)::double as goods_yuan,
    count(*) as fund_rows
from funds
where org_id = $org
group by stage, year(event_date)
order by list_position(['获批', '到账', '支出'], stage::varchar), year
