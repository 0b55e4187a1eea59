-- 项目累计支出大于累计到账
select
    project_id,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '到账'), 0) as received,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '支出'), 0) as spent
from funds
where project_id is not null
group by project_id
having spent > received
order by project_id
