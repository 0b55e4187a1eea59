-- 需求资金满足率，一行一个地区（全省、州市、县）
-- code P4-02
-- pillar P4
-- name_zh 需求资金满足率
-- short 资金满足
-- name_en Need fulfilment rate (amount)
-- definition Σmin(项目到账额,需求额) ÷ Σ需求额（截至期末已发布的需求）；州市按主实施州市，县按分摊比例
-- unit %
-- kind 累计·比率
-- is_ratio yes
-- additive yes
-- lowest county
-- people no
-- scored yes
-- tables projects project_locations funds
-- frequency 季
-- target 2018≥50%、2019≥65%、2020≥72%（演示）
-- aggregation 分子分母分别求和后相除
-- mechanism 供需对接·资金缺口
-- breaks 0.6 0.7 0.8 0.9
-- facts S002 S100
-- param end_date date, 统计截止
with received as (
    select
        project_id,
        sum(net_yuan(amount_yuan, is_reversal)) as received_yuan
    from funds
    where
        stage = '到账'
        and event_date <= $end_date
    group by project_id
)

select
    prefecture_code,
    null::varchar as county_code,
    (1 + 2 * grouping_id(prefecture_code))::integer as grain,
    coalesce(sum(least(coalesce(received_yuan, 0), need_amount_yuan)), 0)::decimal(20, 4) as num,
    coalesce(sum(need_amount_yuan), 0)::decimal(20, 4) as den
from projects
left join received using (project_id)
where posted_date <= $end_date
group by grouping sets ((prefecture_code), ())
union all
select
    prefecture_code,
    county_code,
    0 as grain,
    coalesce(sum(share * least(coalesce(received_yuan, 0), need_amount_yuan)), 0)::decimal(20, 4) as num,
    coalesce(sum(share * need_amount_yuan), 0)::decimal(20, 4) as den
from projects_by_county
left join received using (project_id)
where posted_date <= $end_date
group by prefecture_code, county_code
order by all
