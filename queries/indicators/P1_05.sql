-- 党支部规范化达标率，一行一个地区（全省、州市、县）
-- code P1-05
-- pillar P1
-- name_zh 党支部规范化达标率
-- short 支部规范化
-- name_en Party-branch standardization rate
-- definition 期末单独/联合/功能型党组织中已通过规范化建设验收的数量 ÷ 该三类党组织数
-- unit %
-- kind 时点·比率
-- is_ratio yes
-- additive yes
-- people no
-- scored yes
-- tables organizations
-- frequency 季
-- target 2018≥28%、2019≥52%、2020≥60%（演示）
-- aggregation 分子分母分别求和后相除
-- mechanism 一抓规划·党支部规范化建设
-- breaks 0.3 0.4 0.5 0.6
-- facts S021
-- param end_date date, 统计截止
-- return prefecture_code VARCHAR
-- return county_code VARCHAR
-- return grain INTEGER
-- return num DECIMAL(20,4)
-- return den DECIMAL(20,4)

-- A date that no organization of a prefecture has is a column left empty, which is unknown: out of both.
with telling as (
    select distinct prefecture_code as told_by
    from organizations
    where branch_standardized_date is not null
)

select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    if(
        count(*) > 0 and count(t.told_by) = 0, null, count(*) filter (branch_standardized_date <= $end_date)
    )::decimal(20, 4) as num,
    if(count(t.told_by) = 0, count(*), count(t.told_by))::decimal(20, 4) as den
from act_orgs($end_date) as o
left join telling as t on o.prefecture_code = t.told_by
where
    party_cover_mode in ('单独成立', '联合成立', '功能型党组织')
    and party_cover_date <= $end_date
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
