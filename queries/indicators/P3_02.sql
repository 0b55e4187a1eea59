-- 在实施帮扶项目数，一行一个地区（全省、州市、县）
-- code P3-02
-- pillar P3
-- name_zh 在实施帮扶项目数
-- short 在实施项目
-- headline 4 在实施项目
-- name_en Assistance projects under way
-- definition 期末已开工未完结的帮扶项目数；跨县项目按主实施州市计1次，分县时重复计入各县
-- unit 个
-- kind 时点·计数
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables projects project_locations
-- frequency 季
-- target 全省2018:300个、2019:400个、2020:440个（演示）；州市目标各自确定
-- aggregation 计数（主实施地）
-- mechanism 项目·扶贫济困/扶老救孤/助学救医/扶智扶志
-- breaks 10 20 30 50
-- leads pillar
-- facts S062 S063
-- param end_date date, 统计截止
select
    prefecture_code,
    null::varchar as county_code,
    (1 + 2 * grouping_id(prefecture_code))::integer as grain,
    count(*)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from projects
where running(start_date, actual_end_date, $end_date)
group by grouping sets ((prefecture_code), ())
union all
select
    prefecture_code,
    county_code,
    0 as grain,
    count(*)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from projects_by_county
where running(start_date, actual_end_date, $end_date)
group by prefecture_code, county_code
order by all
