-- 小额信贷的对象不是建档立卡户
select record_id, poverty_category
from beneficiaries
where help_type = '小额信贷' and not starts_with(poverty_category::varchar, '建档立卡')
order by record_id
limit 100
