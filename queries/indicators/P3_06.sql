-- 资金执行率，一行一个地区（全省、州市、县）
-- code P3-06
-- pillar P3
-- name_zh 资金执行率
-- short 资金执行
-- headline 5 资金执行率
-- name_en Fund execution rate
-- definition 自2018-01-01起累计支出 ÷ 累计到账（截至期末，资金与物资，红冲冲减），按受益地
-- unit %
-- kind 累计·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables funds
-- frequency 季
-- target 2018≥70%、2019≥80%、2020≥85%（演示）
-- aggregation 分子分母分别求和后相除
-- mechanism 资金使用(整合)·派生
-- breaks 0.6 0.7 0.8 0.9
-- facts S061
-- param end_date date, 统计截止
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '支出'), 0)::decimal(20, 4) as num,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '到账'), 0)::decimal(20, 4) as den
from funds
where
    stage in ('支出', '到账')
    and event_date between date '2018-01-01' and $end_date
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
