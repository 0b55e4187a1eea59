-- 文献公布数：“牵手计划”疾病筛查儿童，一行
-- code CAL-08c
-- label “牵手计划”疾病筛查儿童
-- published 近6500名
-- qualifier 近
-- unit 名
-- needs 2020-06-30
-- fact S122
-- note 同校多次筛查取最大人数；另有2019年报道称该院四批筛查2万余人、涉三县，口径不同，此处以文献为准；截至2020年6月累计
-- filter 品牌计划=PG-QIANSHOU；帮扶类型=疾病筛查；按对象去重取最大人数；截至2020年6月30日
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with screened as (
    select max(b.headcount) as persons
    from beneficiaries as b
    inner join projects as p using (project_id)
    where
        p.programme_code = 'PG-QIANSHOU'
        and b.help_type = '疾病筛查'
        and b.service_date <= date '2020-06-30'
    group by b.subject_key
),

total as (
    select coalesce(sum(persons), 0) as persons
    from screened
)

select
    persons::double as actual,
    null::varchar as detail,
    persons >= 6450 and persons < 6500 as holds
from total
