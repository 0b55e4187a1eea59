-- 项目按期完成率，一行一个地区（全省、州市、县）
-- code P3-07
-- pillar P3
-- name_zh 项目按期完成率
-- short 按期完成
-- name_en On-time completion rate
-- definition 计划完成日≤期末的已开工项目中，期末前已完成（终止不算完成）的项目数 ÷ 应完成数；跨县项目按主实施州市计1次，分县时重复计入各县
-- unit %
-- kind 累计·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables projects project_locations code_lists
-- frequency 季
-- target 2018≥85%、2019≥90%、2020≥90%（演示）
-- aggregation 分子分母分别求和后相除
-- mechanism 指导协同·派生
-- breaks 0.6 0.7 0.8 0.9
-- facts S061
-- param end_date date, 统计截止
select
    prefecture_code,
    null::varchar as county_code,
    (1 + 2 * grouping_id(prefecture_code))::integer as grain,
    count(*) filter (
        actual_end_date <= $end_date and meaning('project_status', status) != '已终止'
    )::decimal(20, 4) as num,
    count(*)::decimal(20, 4) as den
from projects
where
    planned_end_date <= $end_date
    and start_date is not null
group by grouping sets ((prefecture_code), ())
union all
select
    prefecture_code,
    county_code,
    0 as grain,
    count(*) filter (
        actual_end_date <= $end_date and meaning('project_status', status) != '已终止'
    )::decimal(20, 4) as num,
    count(*)::decimal(20, 4) as den
from projects_by_county
where
    planned_end_date <= $end_date
    and start_date is not null
group by prefecture_code, county_code
order by all
