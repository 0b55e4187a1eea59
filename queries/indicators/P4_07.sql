-- 交流对接活动场次，一行一个地区（全省、州市、县）
-- code P4-07
-- pillar P4
-- name_zh 交流对接活动场次
-- short 交流对接
-- name_en Exchange and matchmaking events
-- definition 报告期内推进会、典型案例交流、供需对接会、跨省交流、协议签署场次，按举办地
-- unit 场
-- kind 时期·计数
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables activities code_lists
-- events table_name=activities activity_types=推进会,典型案例交流,供需对接会,跨省交流,协议签署
-- frequency 季
-- target 州市2018年≥7场、以后每年≥8场（演示）
-- aggregation 计数
-- mechanism 精准扶贫推进会·典型案例·跨省交流
-- breaks 4 6 8 12
-- facts S108 S109 S110 S111 S112
-- param start_date date, 期初
-- param end_date date, 统计截止
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    count(*)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from activities
where
    meaning('activity_type', activity_type) in ('推进会', '典型案例交流', '供需对接会', '跨省交流', '协议签署')
    and activity_date between $start_date and $end_date
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
