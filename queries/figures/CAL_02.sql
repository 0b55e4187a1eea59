-- 文献公布数：2019年惠及贫困人口，一行
-- code CAL-02
-- label 2019年惠及贫困人口
-- published 42万人
-- qualifier 准确
-- unit 人
-- needs 2019-12-31
-- fact S028
-- note “人口”指去重的建档立卡人口（含已脱贫），家庭、集体按人口数计，同一对象取最大人数；不是人次
-- filter 类别=建档立卡；2019年；按对象去重
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with reached as (
    select max(headcount) as persons
    from beneficiaries
    where
        registered_poor(poverty_category)
        and service_date between date '2019-01-01' and date '2019-12-31'
    group by subject_key
),

total as (
    select coalesce(sum(persons), 0) as persons
    from reached
)

select
    persons::double as actual,
    null::varchar as detail,
    round(persons / 1e4) = 42 as holds
from total
