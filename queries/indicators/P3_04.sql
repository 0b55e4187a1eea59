-- 项目投入资金，一行一个地区（全省、州市、县）
-- code P3-04
-- pillar P3
-- name_zh 项目投入资金
-- short 项目投入
-- name_en Project spending
-- definition 报告期内“支出”的资金与物资折价之和，红冲冲减，按受益地
-- unit 元
-- kind 时期·求和
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables funds
-- events table_name=funds stage=支出
-- frequency 季
-- target 全省2018年2.30亿、2019年3.57亿、2020年3.91亿（演示）；州市目标各自确定，合计不等于全省
-- aggregation 求和
-- mechanism 加强资金整合力度·投入资金
-- breaks 5000000 15000000 25000000 40000000
-- facts S061
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
    stage = '支出'
    and event_date between $start_date and $end_date
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
