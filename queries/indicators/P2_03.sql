-- 政策宣传触达率，一行一个地区（全省、州市、县）
-- code P2-03
-- pillar P2
-- name_zh 政策宣传触达率
-- short 政策宣传
-- name_en Policy publicity reach
-- definition 截至期末通过年检、抽查、评估、换届四类时机接受过政策宣传的在册社会组织数 ÷ 在册社会组织数；某州市一个宣传日期都没填的不详，不计入分子分母
-- unit %
-- kind 时点·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables organizations code_lists
-- frequency 季
-- target 2018≥40%、2019≥72%、2020≥85%（演示）
-- aggregation 分子分母分别求和后相除
-- mechanism 利用年检、抽查、评估、换届宣传
-- breaks 0.5 0.6 0.7 0.8
-- leads pillar
-- facts S037
-- param end_date date, 统计截止

-- A prefecture that has left the column empty is unknown: out of both.
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    if(
        count(*) > 0 and not bool_or(f.has_publicity), null, count(*) filter (publicity_date <= $end_date)
    )::decimal(20, 4) as num,
    if(bool_or(f.has_publicity), count(*) filter (f.has_publicity), count(*))::decimal(20, 4) as den
from act_orgs($end_date)
inner join columns_filled as f using (prefecture_code)
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
