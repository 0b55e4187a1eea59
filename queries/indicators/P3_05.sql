-- 多渠道整合项目占比，一行一个地区（全省、州市、县）
-- code P3-05
-- pillar P3
-- name_zh 多渠道整合项目占比
-- short 多渠道
-- name_en Share of multi-source projects
-- definition 截至期末到账资金来源≥2类的项目数 ÷ 有到账资金的项目数；跨县项目按主实施州市计1次，分县时重复计入各县
-- unit %
-- kind 时点·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables projects project_locations funds
-- frequency 季
-- target 2018≥55%、2019≥60%、2020≥60%（演示）
-- aggregation 分子分母分别求和后相除
-- mechanism 统一步调、协同配合、资金整合
-- breaks 0.6 0.7 0.8 0.9
-- facts S061
-- param end_date date, 统计截止
with by_source as (
    select
        project_id,
        source
    from funds
    where
        stage = '到账'
        and event_date <= $end_date
    group by project_id, source
    having sum(net_yuan(amount_yuan, is_reversal)) > 0
),

received as (
    select
        project_id,
        count(*) as sources
    from by_source
    group by project_id
)

select
    prefecture_code,
    null::varchar as county_code,
    (1 + 2 * grouping_id(prefecture_code))::integer as grain,
    count(*) filter (sources >= 2)::decimal(20, 4) as num,
    count(*)::decimal(20, 4) as den
from projects
inner join received using (project_id)
group by grouping sets ((prefecture_code), ())
union all
select
    prefecture_code,
    county_code,
    0 as grain,
    count(*) filter (sources >= 2)::decimal(20, 4) as num,
    count(*)::decimal(20, 4) as den
from projects_by_county
inner join received using (project_id)
group by prefecture_code, county_code
order by all
