-- 惠及贫困人口数，一行一个地区（全省、州市、县）
-- code P1-09
-- pillar P1
-- name_zh 惠及贫困人口数
-- short 惠及人口
-- headline 2 惠及贫困人口
-- name_en Registered poor people reached
-- definition 报告期内至少接受一次帮扶的建档立卡人口（去重人数；家庭、集体按人口数计，同一对象取最大人数）。另列“受益人次”
-- unit 人
-- kind 时期·去重人数
-- is_ratio no
-- additive yes
-- lowest county
-- people yes
-- protected persons registered_poor
-- scored yes
-- tables beneficiaries code_lists
-- frequency 季
-- target 全省2018年32万、2019年40万、2020年45万（演示）；州市目标各自确定，合计不等于全省；人去重，自年初累计按季25%评
-- aggregation 去重；跨月、跨项目、跨领域不可加，跨州市可加（对象按常住县唯一归属）
-- mechanism 惠及42万贫困人口
-- breaks 5000 15000 30000 50000
-- facts S028 S062 S063
-- check CAL-02
-- param start_date date, 期初
-- param end_date date, 统计截止
with reached as (
    -- One home county per subject: the county grain decides, so counties and prefectures add up.
    select
        prefecture_code,
        county_code,
        subject_key,
        max(headcount) as persons
    from beneficiaries
    where
        registered_poor(poverty_category)
        and service_date between $start_date and $end_date
    group by prefecture_code, county_code, subject_key
)

select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    coalesce(sum(persons), 0)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from reached
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
