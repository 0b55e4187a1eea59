-- 文献公布数：“牵手计划”疾病筛查学校，一行
-- code CAL-08b
-- label “牵手计划”疾病筛查学校
-- published 6所
-- qualifier 准确
-- unit 所
-- needs 2020-06-30
-- fact S121
-- note 一所学校为一个集体对象，同校多次筛查计1所；截至2020年6月累计
-- filter 品牌计划=PG-QIANSHOU；帮扶类型=疾病筛查；对象类型=集体；按对象去重；截至2020年6月30日
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with counted as (
    select count(distinct b.subject_key) as n
    from beneficiaries as b
    inner join projects as p using (project_id)
    where
        p.programme_code = 'PG-QIANSHOU'
        and b.help_type = '疾病筛查'
        and b.service_date <= date '2020-06-30'
        and b.subject_type = '集体'
)

select
    n::double as actual,
    null::varchar as detail,
    n = 6 as holds
from counted
