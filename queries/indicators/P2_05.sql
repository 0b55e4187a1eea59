-- 慈善组织认定数，一行一个地区（全省、州市、县）
-- code P2-05
-- pillar P2
-- name_zh 慈善组织认定数
-- short 慈善组织
-- name_en Recognized charitable organizations
-- definition 期末经登记/认定为慈善组织的社会组织数；全省都没填的不详
-- unit 个
-- kind 时点·计数
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored no
-- tables organizations code_lists
-- frequency 季
-- target 按上年+10%（演示，仅观察）
-- aggregation 计数
-- mechanism 慈善组织认定制度
-- breaks 5 15 30 50
-- facts S039
-- param end_date date, 统计截止

-- Few have it, and a place may have none; but where nobody in the whole province has, the column was left empty.
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    if(
        (select not bool_or(f.has_charity) from columns_filled as f),
        null,
        count(*) filter (charity_date <= $end_date)
    )::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from act_orgs($end_date)
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
