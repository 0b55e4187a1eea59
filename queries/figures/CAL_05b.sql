-- 文献公布数：绿色生态产业发展示范项目覆盖州（市），一行
-- code CAL-05b
-- label 绿色生态产业发展示范项目覆盖州（市）
-- published 11个州（市）
-- qualifier 准确
-- unit 州市
-- needs 2020-06-30
-- fact S087
-- note 截至2020年6月已开工项目的实施地所属州市（去重），跨州市项目计入各州市
-- filter 品牌计划=PG-STFP；2020年6月30日前开工；实施地州市去重
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with counted as (
    select count(distinct prefecture_code) as n
    from projects_by_county
    where
        programme_code = 'PG-STFP'
        and start_date <= date '2020-06-30'
)

select
    n::double as actual,
    null::varchar as detail,
    n = 11 as holds
from counted
