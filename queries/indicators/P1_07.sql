-- 参与脱贫攻坚社会组织数，一行一个地区（全省、州市、县）
-- code P1-07
-- pillar P1
-- name_zh 参与脱贫攻坚社会组织数
-- short 参与组织
-- headline 3 参与社会组织
-- name_en Social organizations engaged in poverty alleviation
-- definition 期末在册社会组织中，报告期内出现在资金记录（接收、执行、支出）或牵头报告期内实施过的项目者（去重），按登记地统计
-- unit 个
-- kind 时期·去重计数
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables organizations projects funds code_lists
-- frequency 季
-- target 全省2018:1600个、2019:2800个、2020:3100个（演示）；州市目标各自确定；组织去重不能分到季，年末评
-- aggregation 去重计数，省级重算（组织按登记地唯一归属，州市加省本级等于全省）
-- mechanism 三抓行动·政府扶贫体系有益补充
-- breaks 80 150 250 400
-- facts S024 S025
-- param start_date date, 期初
-- param end_date date, 统计截止
with engaged as (
    select org_id
    from funds
    where event_date between $start_date and $end_date
    union
    select lead_org_id as org_id
    from projects
    where
        start_date <= $end_date
        and (actual_end_date is null or actual_end_date >= $start_date)
)

select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    count(*)::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from act_orgs($end_date)
inner join engaged using (org_id)
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
