-- 需求对接成功率，一行一个地区（全省、州市、县）
-- code P4-01
-- pillar P4
-- name_zh 需求对接成功率
-- short 需求对接
-- name_en Need-matching rate (count)
-- definition 截至期末已匹配社会组织（有牵头组织且已对接）的帮扶需求数 ÷ 累计发布需求数；跨县项目按主实施州市计1次，分县时重复计入各县
-- unit %
-- kind 累计·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables projects project_locations
-- frequency 季
-- target 2018≥68%、2019≥78%、2020≥80%（演示）
-- aggregation 分子分母分别求和后相除
-- mechanism 社会帮扶资源和需求有效对接
-- breaks 0.6 0.7 0.8 0.9
-- leads pillar
-- facts S002 S100
-- param end_date date, 统计截止
select
    prefecture_code,
    null::varchar as county_code,
    (1 + 2 * grouping_id(prefecture_code))::integer as grain,
    count(*) filter (
        lead_org_id is not null and coalesce(matched_date, start_date) <= $end_date
    )::decimal(20, 4) as num,
    count(*)::decimal(20, 4) as den
from projects
where posted_date <= $end_date
group by grouping sets ((prefecture_code), ())
union all
select
    prefecture_code,
    county_code,
    0 as grain,
    count(*) filter (
        lead_org_id is not null and coalesce(matched_date, start_date) <= $end_date
    )::decimal(20, 4) as num,
    count(*)::decimal(20, 4) as den
from projects_by_county
where posted_date <= $end_date
group by prefecture_code, county_code
order by all
