-- 公开募捐资格组织数，一行一个地区（全省、州市、县）
-- code P2-06
-- pillar P2
-- name_zh 公开募捐资格组织数
-- short 公募资格
-- name_en Organizations with public-fundraising qualification
-- definition 期末具有公开募捐资格的慈善组织数；全省都没填的不详
-- unit 个
-- kind 时点·计数
-- is_ratio no
-- additive yes
-- lowest county
-- people no
-- scored no
-- tables organizations code_lists
-- frequency 季
-- target 观察指标
-- aggregation 计数
-- mechanism 公开募捐资格审核制度
-- breaks 2 5 10 20
-- facts S040
-- param end_date date, 统计截止

-- Few have it, and a place may have none; but where nobody in the whole province has, the column was left empty.
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    if(
        (select not bool_or(f.has_fundraising) from columns_filled as f),
        null,
        count(*) filter (public_fundraising_date <= $end_date)
    )::decimal(20, 4) as num,
    1::decimal(20, 4) as den
from act_orgs($end_date)
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
