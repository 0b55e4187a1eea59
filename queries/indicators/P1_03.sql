-- “五个一批”新增覆盖数，一行一个地区（全省、州市、县）
-- code P1-03
-- pillar P1
-- name_zh “五个一批”新增覆盖数
-- short 新增覆盖
-- name_en Newly covered via "five batches"
-- definition 报告期内新纳入党的组织覆盖、期末仍在册的社会组织数；按五种方式分组作下钻
-- unit 个
-- kind 时期·计数
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables organizations code_lists
-- frequency 季
-- target 全省2018:3200个、2019:3700个、2020:2900个（演示）；州市目标各自确定
-- aggregation 求和
-- mechanism 五个一批·集中组建
-- breaks 80 150 250 350
-- facts S013 S014 S015 S016 S017 S018
-- param start_date date, 期初
-- param end_date date, 统计截止
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    if(
        count(*) > 0 and not bool_or(coverage_known(party_cover_mode, party_cover_date)),
        null,
        count(*) filter (party_cover_date between $start_date and $end_date)
    )::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from act_orgs($end_date)
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
