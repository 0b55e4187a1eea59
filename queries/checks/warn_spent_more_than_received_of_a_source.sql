-- 某一资金来源累计支出大于累计到账（支出不超过到账，按来源）
select
    prefecture_code,
    source,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '到账'), 0) as received,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '支出'), 0) as spent
from funds
group by prefecture_code, source
having spent > received
order by prefecture_code, source
