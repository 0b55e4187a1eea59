-- 党的组织覆盖率，一行一个地区（全省、州市、县）
-- code P1-01
-- pillar P1
-- name_zh 党的组织覆盖率
-- short 组织覆盖率
-- name_en Party organization coverage rate
-- definition 期末以“五个一批”任一方式（单独、联合、功能型、选派党建指导员、挂靠）覆盖的在册社会组织数 ÷ 在册社会组织数。“实体党组织覆盖率”（不含选派党建指导员）另计；覆盖方式或日期不详的不计入分子分母
-- unit %
-- kind 时点·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables organizations code_lists
-- frequency 季
-- target 全省2018≥60%、2019≥73%、2020≥80%（演示）；三区三州下浮5个百分点
-- aggregation 分子分母分别求和后相除
-- mechanism 两个覆盖(组织)·五个一批
-- breaks 0.55 0.65 0.75 0.85
-- facts S012 S014 S015 S016 S017 S018 S019
-- check CAL-13
-- param end_date date, 统计截止

-- Who is unknown is out of both; where all are, the numerator is not there.
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    if(
        count(*) > 0 and not bool_or(coverage_known(party_cover_mode, party_cover_date)),
        null,
        count(*) filter (party_cover_date <= $end_date)
    )::decimal(20, 4) as num,
    if(
        bool_or(coverage_known(party_cover_mode, party_cover_date)),
        count(*) filter (coverage_known(party_cover_mode, party_cover_date)),
        count(*)
    )::decimal(20, 4) as den
from act_orgs($end_date)
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
