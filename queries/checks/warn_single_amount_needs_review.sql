-- 单笔金额超过5000万元，需复核
select fund_id, amount_yuan
from funds
where amount_yuan > 50000000
order by fund_id
