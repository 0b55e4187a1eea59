-- 物资没有折价依据
select fund_id, prefecture_code, amount_yuan
from funds
where form = '物资' and valuation_basis is null
order by fund_id
