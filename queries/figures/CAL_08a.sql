-- 文献公布数：“牵手计划”专家赴藏区次数，一行
-- code CAL-08a
-- label “牵手计划”组织专家赴藏区
-- published 4次
-- qualifier 准确
-- unit 次
-- needs 2020-06-30
-- fact S120
-- note 复旦大学附属儿科医院社工部为医院部门而非社会组织，不计入省内组织数；藏区指迪庆州；截至2020年6月累计
-- filter 活动小类=牵手计划行动；主办=复旦大学附属儿科医院社工部；迪庆；截至2020年6月30日
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with counted as (
    select count(*) as n
    from activities as a
    inner join organizations as o using (org_id)
    where
        a.activity_type = '牵手计划行动'
        and o.org_name = '复旦大学附属儿科医院社工部'
        and a.prefecture_code = '533400'
        and a.activity_date <= date '2020-06-30'
)

select
    n::double as actual,
    null::varchar as detail,
    n = 4 as holds
from counted
