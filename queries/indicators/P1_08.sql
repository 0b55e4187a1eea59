-- 筹集款物总额，一行一个地区（全省、州市、县）
-- code P1-08
-- pillar P1
-- name_zh 筹集款物总额
-- short 筹集款物
-- headline 1 筹集款物
-- name_en Funds and goods raised
-- definition 报告期内“到账”的资金与物资折价之和，红冲冲减，含社会捐赠、港澳台侨捐赠、自筹、东西部协作、中央财政、福彩公益金、其他财政全部来源，按受益地统计
-- unit 元
-- kind 时期·求和
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables funds
-- events table_name=funds stage=到账
-- frequency 季(可按月)
-- target 全省2018年3.50亿、2019年4.20亿、2020年4.60亿（演示）；州市目标各自确定，合计不等于全省
-- aggregation 求和；省本级单列不分摊
-- mechanism 据不完全统计2019年约4.4亿元
-- breaks 5000000 15000000 25000000 40000000
-- leads whole pillar
-- facts S027
-- check CAL-01
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
    stage = '到账'
    and event_date between $start_date and $end_date
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
