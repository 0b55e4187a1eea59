-- 小额信贷惠及建档立卡户数，一行一个地区（全省、州市、县）
-- code P4-09
-- pillar P4
-- name_zh 小额信贷惠及建档立卡户数
-- short 小额信贷
-- name_en Registered poor households with microcredit
-- definition 截至期末获得格莱珉模式等小额信贷支持的建档立卡户数（按对象去重）
-- unit 户
-- kind 累计·去重计数
-- is_ratio no
-- additive yes
-- lowest county
-- people yes
-- protected households microcredit
-- scored no
-- tables beneficiaries code_lists
-- frequency 季
-- target 试点州市设目标
-- aggregation 去重计数（对象按常住县唯一归属，州市可加）
-- mechanism 格莱珉模式·建档立卡户小额信贷
-- breaks 100 200 400 800
-- facts S124 S125
-- check CAL-12
-- param end_date date, 统计截止
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    count(distinct subject_key)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from beneficiaries
where
    is_microcredit(help_type)
    and registered_poor(poverty_category)
    and service_date <= $end_date
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
