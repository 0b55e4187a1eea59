-- 党支部规范化达标率，一行一个地区（全省、州市、县）
-- code P1-05
-- pillar P1
-- name_zh 党支部规范化达标率
-- short 支部规范化
-- name_en Party-branch standardization rate
-- definition 期末单独/联合/功能型党组织中已通过规范化建设验收的数量 ÷ 该三类党组织数；某州市一个达标日期都没填的不详，不计入分子分母
-- unit %
-- kind 时点·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables organizations code_lists
-- frequency 季
-- target 2018≥28%、2019≥52%、2020≥60%（演示）
-- aggregation 分子分母分别求和后相除
-- mechanism 一抓规划·党支部规范化建设
-- breaks 0.3 0.4 0.5 0.6
-- facts S021
-- param end_date date, 统计截止

-- A prefecture that has left the column empty is unknown: out of both.
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    if(
        count(*) > 0 and not bool_or(f.has_standardized),
        null,
        count(*) filter (branch_standardized_date <= $end_date)
    )::decimal(20, 4) as num,
    if(bool_or(f.has_standardized), count(*) filter (f.has_standardized), count(*))::decimal(20, 4) as den
from act_orgs($end_date)
inner join columns_filled as f using (prefecture_code)
where
    party_cover_mode in ('单独成立', '联合成立', '功能型党组织')
    and party_cover_date <= $end_date
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
