-- “三区三州”资金倾斜度，只有全省一行
-- code P4-05
-- pillar P4
-- name_zh “三区三州”资金倾斜度
-- short 三区三州
-- name_en Tilt of public funds to "three regions & three prefectures"
-- definition 报告期中央财政+福彩获批资金中投向三区三州的份额；并列倾斜系数=资金份额÷贫困人口份额
-- unit %
-- kind 时期·比率
-- is_ratio yes
-- additive no
-- lowest province
-- people no
-- scored no
-- tables funds prefectures code_lists
-- frequency 季
-- target 省级≥40%（演示）
-- aggregation 分子分母分别求和后相除
-- mechanism 重点向“三区三州”地区倾斜
-- breaks 0.2 0.3 0.4 0.5
-- facts S104
-- param start_date date, 期初
-- param end_date date, 统计截止
select
    null::varchar as prefecture_code,
    null::varchar as county_code,
    3 as grain,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (is_sqsz), 0)::decimal(20, 4) as num,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)), 0)::decimal(20, 4) as den
from funds
left join prefectures using (prefecture_code)
where
    stage = '获批'
    and meaning('fund_source', source) in ('中央财政', '福彩公益金')
    and event_date between $start_date and $end_date
    and has_tilted()
