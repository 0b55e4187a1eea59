-- 每万人社会工作专业人才数，一行一个地区（全省、州市）
-- code P2-08
-- pillar P2
-- name_zh 每万人社会工作专业人才数
-- short 社工人才
-- name_en Social-work professionals per 10,000 residents
-- definition 社会工作专业人才数 ÷ 常住人口（万人，2020年普查数）；取期末所在季度及以前最近一个有上报的报告期，只计该期有上报的州市
-- unit 人/万人
-- kind 时点·比率
-- is_ratio yes
-- additive yes
-- lowest prefecture
-- people no
-- scored yes
-- tables reported_stats prefectures
-- frequency 半年
-- target 2018≥12.8、2019≥14、2020≥14.5（演示；旁证：2019年底全省社工人才6.5万）
-- aggregation 分子分母分别求和后相除
-- mechanism 人才队伍建设·兴滇人才奖·岗位开发
-- breaks 12 13 14 15
-- facts S044 S045 S046
-- param end_date date, 统计截止
with latest as (
    select max(report_period) as report_period
    from reported_stats
    where
        item_code = 'SW_STOCK'
        and report_period <= year($end_date) || 'Q' || quarter($end_date)
)

select
    prefecture_code,
    null::varchar as county_code,
    (1 + 2 * grouping_id(prefecture_code))::integer as grain,
    coalesce(sum(value), 0)::decimal(20, 4) as num,
    coalesce(sum(pop_census_2020) / 10000, 0)::decimal(20, 4) as den
from reported_stats
inner join latest using (report_period)
inner join prefectures using (prefecture_code)
where item_code = 'SW_STOCK'
group by grouping sets ((prefecture_code), ())
order by all
