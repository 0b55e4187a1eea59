-- 项目累计支出大于累计到账
select
    project_id,
    sum(amount_yuan) filter (stage = '到账') as received,
    sum(amount_yuan) filter (stage = '支出') as spent
from funds
where project_id is not null
group by project_id
having
    coalesce(sum(amount_yuan) filter (stage = '支出'), 0) > coalesce(sum(amount_yuan) filter (stage = '到账'), 0)
order by project_id
