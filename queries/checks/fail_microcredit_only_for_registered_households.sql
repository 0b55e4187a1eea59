-- 小额信贷的对象不是建档立卡户（都按代码表的“指标里算作”）
select record_id, poverty_category
from beneficiaries
where is_microcredit(help_type) and not registered_poor(poverty_category)
order by record_id
limit 100
