-- 文献公布数：绿色生态产业发展示范项目覆盖县（市），一行
-- code CAL-05c
-- label 绿色生态产业发展示范项目覆盖县（市）
-- published 20个县（市）
-- qualifier 准确
-- unit 县市
-- needs 2020-06-30
-- fact S088
-- note 截至2020年6月已开工项目的实施县（去重）；原文为“县（市）”而非“县（市、区）”，故不应含市辖区
-- filter 品牌计划=PG-STFP；2020年6月30日前开工；实施县去重；不含市辖区
-- return actual DOUBLE
-- return detail VARCHAR
-- return holds BOOLEAN
with places as (
    select distinct county_code
    from projects_by_county
    where
        programme_code = 'PG-STFP'
        and start_date <= date '2020-06-30'
)

select
    count(*)::double as actual,
    null::varchar as detail,
    count(*) = 20 and count(*) filter (kind = '市辖区') = 0 as holds
from places
left join counties using (county_code)
