-- 受益记录号重复
select record_id, count(*) as times_used
from beneficiaries
group by record_id
having count(*) > 1
order by record_id
limit 100
