-- 年检合格率，一行一个地区（全省、州市、县）
-- code P2-04
-- pillar P2
-- name_zh 年检合格率
-- short 年检合格
-- name_en Annual inspection pass rate
-- definition 本年度年检结论为合格或基本合格的社会组织数 ÷ 应参检数；应参检＝当年1月1日前登记、期末在册且登记了本年度年检情况，未参检计入分母，结论为“不适用”者除外；台账只有最近一次年检，其他年度不详，没有值、本期不评
-- unit %
-- kind 年度·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- judged inspected
-- tables organizations periods code_lists
-- frequency 年
-- target ≥92%（演示）
-- aggregation 分子分母分别求和后相除
-- mechanism 工作规范·依法有序参与
-- breaks 0.8 0.85 0.9 0.95
-- facts S010
-- param end_date date, 统计截止

with due as (
    select
        prefecture_code,
        county_code,
        inspection_result in ('合格', '基本合格') as has_passed,
        inspected(inspection_year, inspection_result, $end_date) as is_known
    from act_orgs($end_date)
    where
        registered_date < date_trunc('year', $end_date)
        and inspection_result is distinct from '不适用'
)

-- Where no inspection of the year is known the pass rate is unknown, and not that of another year.
select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    if(
        count(*) > 0 and not bool_or(is_known), null, count(*) filter (is_known and has_passed)
    )::decimal(20, 4) as num,
    if(bool_or(is_known), count(*) filter (is_known), count(*))::decimal(20, 4) as den
from due
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
