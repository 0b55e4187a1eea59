-- 省级福彩公益金支持资金，一行一个地区（全省、州市、县）
-- code P4-04
-- pillar P4
-- name_zh 省级福彩公益金支持资金
-- short 福彩公益金
-- name_en Provincial welfare-lottery funding
-- definition 报告期内获批的省级福彩公益金支持社会组织参与脱贫攻坚项目资金，按受益地；并列项目数
-- unit 元
-- kind 时期·求和
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored no
-- tables funds code_lists
-- events table_name=funds stage=获批 source=福彩公益金
-- frequency 季
-- target 三区三州2019≥400万元（演示）
-- aggregation 求和
-- mechanism 省级福彩公益金415万元
-- breaks 500000 1000000 2000000 4000000
-- facts S101 S103 S107
-- check CAL-07
-- param start_date date, 期初
-- param end_date date, 统计截止
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)), 0)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from funds
where
    stage = '获批'
    and meaning('fund_source', source) = '福彩公益金'
    and event_date between $start_date and $end_date
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
