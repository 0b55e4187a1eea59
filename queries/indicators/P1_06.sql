-- 主题教育参与率，一行一个地区（全省、州市、县）
-- code P1-06
-- pillar P1
-- name_zh 主题教育参与率
-- short 主题教育
-- name_en Theme-education participation rate
-- definition 报告期开展“不忘初心、牢记使命”主题教育且已有党的组织覆盖的社会组织数（去重）÷ 期末已有党的组织覆盖的在册社会组织数
-- unit %
-- kind 时期·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables organizations activities code_lists
-- frequency 季
-- target 2019≥78%（演示）；仅2019年计分；年末评
-- aggregation 分子分母分别求和后相除（去重组织）
-- mechanism 二抓教育·主题教育
-- breaks 0.45 0.55 0.65 0.75
-- facts S022 S023
-- param start_date date, 期初
-- param end_date date, 统计截止
with educated as (
    select distinct org_id
    from activities
    where
        meaning('activity_type', activity_type) = '主题教育'
        and activity_date between $start_date and $end_date
)

select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    count(e.org_id)::decimal(20, 4) as num,
    count(*)::decimal(20, 4) as den
from act_orgs($end_date) as o
left join educated as e on o.org_id = e.org_id
where party_cover_date <= $end_date
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
