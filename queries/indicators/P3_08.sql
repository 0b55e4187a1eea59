-- 港澳台侨捐赠款物，一行一个地区（全省、州市、县）
-- code P3-08
-- pillar P3
-- name_zh 港澳台侨捐赠款物
-- short 港澳台侨
-- name_en Donations from HK, Macao, Taiwan and overseas Chinese
-- definition 报告期内来源为港澳台侨的到账款物，红冲冲减，按受益地；“同心圆梦”为其中项
-- unit 元
-- kind 时期·求和
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored no
-- tables funds code_lists
-- events table_name=funds stage=到账 source=港澳台侨捐赠
-- frequency 季
-- target 观察指标（受赠意愿不宜考核州市）
-- aggregation 求和
-- mechanism 同心圆梦彩云南(两年8000多万元)
-- breaks 1000000 5000000 10000000 20000000
-- facts S069 S071 S072 S073 S074
-- check CAL-04
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
    and meaning('fund_source', source) = '港澳台侨捐赠'
    and event_date between $start_date and $end_date
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
