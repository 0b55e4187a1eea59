-- “三区”“牵手”计划贫困县覆盖率，一行一个地区（全省、州市、贫困县）
-- code P4-08
-- pillar P4
-- name_zh “三区”“牵手”计划贫困县覆盖率
-- short 三区牵手
-- name_en Poverty-county coverage of Three-Regions and Hand-in-Hand plans
-- definition 截至期末有已开工的“三区”计划或“牵手计划”项目的贫困县数 ÷ 贫困县数
-- unit %
-- kind 累计·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables projects project_locations counties
-- frequency 季
-- target 2018≥40%、2019≥50%、2020≥50%（演示）
-- aggregation 分子分母分别求和后相除（玉溪无贫困县，为空）
-- mechanism 三区计划·牵手计划(4次6校近6500名)
-- breaks 0.6 0.7 0.8 0.9
-- facts S116 S117 S118 S119 S120 S121 S122 S123
-- check CAL-08
-- param end_date date, 统计截止
with served as (
    select distinct county_code as served_code
    from projects_by_county
    where
        programme_code in ('PG-SANQU', 'PG-QIANSHOU')
        and start_date <= $end_date
)

select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    count(served_code)::decimal(20, 4) as num,
    count(*)::decimal(20, 4) as den
from counties
left join served on county_code = served_code
where is_poverty_county
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
