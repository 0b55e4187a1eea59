-- “三同步”落实率，一行一个地区（全省、州市、县）
-- code P1-04
-- pillar P1
-- name_zh “三同步”落实率
-- short 三同步
-- name_en "Three synchronizations" implementation rate
-- definition 应同步事项中同步落实党建的事项数 ÷ 应同步事项数；应同步事项＝报告期内新登记＋参加本年度年检（有合格、基本合格或不合格结论；台账只有最近一次，其他年度不详，不计）＋期末前参加评估；三项可分列，没填是否同步的事项不计入分子分母
-- unit %
-- kind 时期·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables organizations periods code_lists
-- frequency 季
-- target ≥95%
-- aggregation 分子分母分别求和后相除
-- mechanism 三同步协调机制
-- breaks 0.85 0.9 0.95 0.98
-- facts S011
-- param start_date date, 期初
-- param end_date date, 统计截止

-- A matter that was not filled in is out of both; unknown where that is all of them.
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    if(count(*) > 0 and count(is_in_step) = 0, null, count(*) filter (is_in_step))::decimal(20, 4) as num,
    if(count(is_in_step) = 0, count(*), count(is_in_step))::decimal(20, 4) as den
from sync_matters($start_date, $end_date)
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
