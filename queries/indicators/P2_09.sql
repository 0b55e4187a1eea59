-- “领头雁”培训人次，一行一个地区（全省、州市、县）
-- code P2-09
-- pillar P2
-- name_zh “领头雁”培训人次
-- short 领头雁培训
-- name_en "Lead-goose" training person-times
-- definition 报告期内面向本土社工、少数民族骨干、志愿者、党员社工的培训人次；下钻列本土占比（“带不走”）
-- unit 人次
-- kind 时期·求和
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables activities code_lists
-- events table_name=activities activity_types=领头雁培训 sums=participants
-- frequency 季
-- target 全省2018:15000、2019:16500、2020:18000人次（演示）；州市目标各自确定；本土占比≥60%
-- aggregation 求和（人次，不去重）
-- mechanism 领头雁·带不走的农村社工人才
-- breaks 300 600 1000 2000
-- facts S047 S048 S049 S050 S051
-- param start_date date, 期初
-- param end_date date, 统计截止
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    coalesce(sum(participants), 0)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from activities
where
    meaning('activity_type', activity_type) = '领头雁培训'
    and activity_date between $start_date and $end_date
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
