-- 参与业务主管单位数，一行一个地区（全省、州市、县）
-- code P3-01
-- pillar P3
-- name_zh 参与业务主管单位数
-- short 主管单位
-- name_en Supervising units engaged
-- definition 期末在本地有在实施项目的业务主管单位数（去重）；州市按主实施州市，县按实施县
-- unit 个
-- kind 时点·去重计数
-- is_ratio no
-- additive no
-- lowest county
-- people no
-- scored yes
-- tables projects project_locations
-- frequency 季
-- target 州市≥8个，省≥10个（演示）
-- aggregation 去重计数，省级重算
-- mechanism 各省级业务主管单位主动作为
-- breaks 4 6 8 10
-- facts S032 S060 S064 S070 S075 S078 S083
-- param end_date date, 统计截止
select
    prefecture_code,
    null::varchar as county_code,
    (1 + 2 * grouping_id(prefecture_code))::integer as grain,
    count(distinct supervising_unit_code)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from projects
where running(start_date, actual_end_date, $end_date)
group by grouping sets ((prefecture_code), ())
union all
select
    prefecture_code,
    county_code,
    0 as grain,
    count(distinct supervising_unit_code)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from projects_by_county
where running(start_date, actual_end_date, $end_date)
group by prefecture_code, county_code
order by all
