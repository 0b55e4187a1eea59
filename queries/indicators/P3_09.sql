-- 生态扶贫覆盖县(市)数，一行一个地区（全省、州市、县）
-- code P3-09
-- pillar P3
-- name_zh 生态扶贫覆盖县(市)数
-- short 生态县市
-- name_en Counties covered by ecological poverty alleviation
-- definition 截至期末“绿色生态产业发展示范项目”（已开工）覆盖的县(市)数；并列累计投入资金
-- unit 个
-- kind 累计·去重计数
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored no
-- tables projects project_locations
-- frequency 季
-- target 省20县；仅11州市有目标
-- aggregation 去重计数（县唯一归属州市，州市可加）
-- mechanism 11个州(市)20个县(市)近3600万元
-- breaks 1 2 3 4
-- facts S081 S082 S084 S085 S086 S087 S088 S089
-- check CAL-05
-- param end_date date, 统计截止
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    count(distinct county_code)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from projects_by_county
where
    programme_code = 'PG-STFP'
    and start_date <= $end_date
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
