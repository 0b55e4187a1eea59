-- “三同步”落实率，一行一个地区（全省、州市、县）
-- code P1-04
-- pillar P1
-- name_zh “三同步”落实率
-- short 三同步
-- name_en "Three synchronizations" implementation rate
-- definition 应同步事项中同步落实党建的事项数 ÷ 应同步事项数；应同步事项＝报告期内新登记＋参加本年度年检（有合格、基本合格或不合格结论；台账只有最近一次，其他年度不详，不计）＋期末前参加评估；三项可分列
-- unit %
-- kind 时期·比率
-- is_ratio yes
-- additive yes
-- people no
-- scored yes
-- tables organizations
-- frequency 季
-- target ≥95%
-- aggregation 分子分母分别求和后相除
-- mechanism 三同步协调机制
-- breaks 0.85 0.9 0.95 0.98
-- facts S011
-- param start_date date, 期初
-- param end_date date, 统计截止
-- return prefecture_code VARCHAR
-- return county_code VARCHAR
-- return grain INTEGER
-- return num DECIMAL(20,4)
-- return den DECIMAL(20,4)

-- Whether a matter was done in step is out of both where it is not filled in; unknown where it is for none.
with due as (
    select
        prefecture_code,
        county_code,
        if(registered_date >= $start_date, [sync_registration], [])
        || if(
            inspection_result in ('合格', '基本合格', '不合格') and inspected(inspection_year, $end_date),
            [sync_inspection],
            []
        )
        || if(rating != '未评估' and rating_date <= $end_date, [sync_rating], []) as matters
    from act_orgs($end_date)
),

counted as (
    select
        prefecture_code,
        county_code,
        len(list_filter(matters, lambda m: m)) as done,
        len(list_filter(matters, lambda m: m is not null)) as told,
        len(matters) as due
    from due
)

select
    prefecture_code,
    county_code,
    grouping_id(prefecture_code, county_code)::integer as grain,
    if(sum(due) > 0 and sum(told) = 0, null, coalesce(sum(done), 0))::decimal(20, 4) as num,
    if(sum(due) > 0 and sum(told) = 0, sum(due), coalesce(sum(told), 0))::decimal(20, 4) as den
from counted
group by grouping sets ((prefecture_code, county_code), (prefecture_code), ())
order by all
