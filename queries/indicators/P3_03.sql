-- 行业扶贫领域覆盖率，一行一个地区（全省、州市、县）
-- code P3-03
-- pillar P3
-- name_zh 行业扶贫领域覆盖率
-- short 领域覆盖
-- name_en Sector coverage rate
-- definition 期末有在实施项目的行业领域数 ÷ 代码表里的行业领域数（随程序的10个：科技、文艺、教育、产业、品牌、生态、健康、金融、社工、济困）；州市按主实施州市，县按实施县
-- unit %
-- kind 时点·比率
-- is_ratio yes
-- additive no
-- lowest county
-- people no
-- scored yes
-- tables projects project_locations prefectures counties code_lists
-- frequency 季
-- target ≥80%（演示）
-- aggregation 省级重算（去重领域÷领域数）
-- mechanism 科技/文艺/教育/产业/品牌/生态扶贫
-- breaks 0.6 0.7 0.8 0.9
-- facts S064 S066 S067 S068 S075 S076 S077 S078 S079 S080
-- check CAL-09
-- param end_date date, 统计截止
with under_way as (
    -- Every place has a row: one without projects covers no sector, which is 0 and not unknown.
    from projects
    where running(start_date, actual_end_date, $end_date)
),

under_way_by_county as (
    from projects_by_county
    where running(start_date, actual_end_date, $end_date)
)

select
    prefecture_code,
    null::varchar as county_code,
    (1 + 2 * grouping_id(prefecture_code))::integer as grain,
    count(distinct sector)::decimal(20, 4) as num,
    (select count(*) from sectors())::decimal(20, 4) as den
from prefectures
left join under_way using (prefecture_code)
group by grouping sets ((prefecture_code), ())
union all
select
    c.prefecture_code,
    c.county_code,
    0 as grain,
    count(distinct sector)::decimal(20, 4) as num,
    (select count(*) from sectors())::decimal(20, 4) as den
from counties as c
left join under_way_by_county as u on c.county_code = u.county_code
group by c.prefecture_code, c.county_code
order by all
