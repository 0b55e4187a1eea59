-- 党的工作覆盖率，一行一个地区（全省、州市、县）
-- code P1-02
-- pillar P1
-- name_zh 党的工作覆盖率
-- short 工作覆盖率
-- name_en Party work coverage rate
-- definition 期末党的工作已覆盖（已建党组织、或有党建指导员/联络员、或开展党群工作，以工作覆盖日期为准）的在册社会组织数 ÷ 在册社会组织数；不详的不计入分子分母
-- unit %
-- kind 时点·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables organizations code_lists
-- frequency 季
-- target 2018≥83%、2019≥93%、2020=100%（演示；旁证：某省2017年目标组织60%/工作100%）
-- aggregation 分子分母分别求和后相除
-- mechanism 两个覆盖(工作)·一抓二抓三抓
-- breaks 0.8 0.85 0.9 0.95
-- facts S012
-- param end_date date, 统计截止

-- Who is unknown is out of both; where all are, the numerator is not there.
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    if(
        count(*) > 0 and not bool_or(work_known(party_cover_mode, party_cover_date, party_work_date)),
        null,
        count(*) filter (party_work_date <= $end_date)
    )::decimal(20, 4) as num,
    if(
        bool_or(work_known(party_cover_mode, party_cover_date, party_work_date)),
        count(*) filter (work_known(party_cover_mode, party_cover_date, party_work_date)),
        count(*)
    )::decimal(20, 4) as den
from act_orgs($end_date)
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
