-- 跨省协作项目数，一行一个地区（全省、州市、县）
-- code P4-06
-- pillar P4
-- name_zh 跨省协作项目数
-- short 跨省协作
-- name_en Cross-province cooperation projects
-- definition 期末在实施、且合作方为上海/广东/全国性组织等省外机构的项目数；跨县项目按主实施州市计1次，分县时重复计入各县
-- unit 个
-- kind 时点·计数
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables projects project_locations
-- frequency 季
-- target 有结对任务的15州市各≥4个（玉溪不考核；演示）
-- aggregation 计数
-- mechanism 粤沪对口·宁蒗协议
-- breaks 2 3 4 6
-- facts S113 S114 S115
-- check CAL-11
-- param end_date date, 统计截止
select
    prefecture_code,
    null::varchar as county_code,
    (1 + 2 * grouping_id(prefecture_code))::integer as grain,
    count(*)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from projects
where
    cross_province != '无'
    and running(start_date, actual_end_date, $end_date)
group by grouping sets ((prefecture_code), ())
union all
select
    prefecture_code,
    county_code,
    0 as grain,
    count(*)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from projects_by_county
where
    cross_province != '无'
    and running(start_date, actual_end_date, $end_date)
group by prefecture_code, county_code
order by all
