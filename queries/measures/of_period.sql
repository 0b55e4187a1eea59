-- What a map can show, one row per measure: score, money per poor person, then the indicators; class breaks fit the months it counts.
-- param period  report period, '2019'
-- return measure VARCHAR
-- return measure_name VARCHAR
-- return unit VARCHAR
-- return definition VARCHAR
-- return breaks DOUBLE[]
-- return is_flow BOOLEAN
with length as (
    select (date_diff('month', start_date, last_date) + 1) / 12 as share
    from periods
    where period = $period
)

select * exclude (sort_order)
from (
    select
        'SCORE' as measure,
        '综合得分' as measure_name,
        '分' as unit,
        (select count(*) filter (is_scored) from indicators)
        || '项计分指标的完成率封顶100%后，支柱内等权平均，再四支柱等权平均；不足三分之二指标有值的不出分' as definition,
        [75, 85, 90, 95]::double[] as breaks,
        false as is_flow,
        0 as sort_order
    union all
    select
        'PER_POOR',
        '每名贫困人口筹集款物',
        '元/人',
        '报告期内到账款物 ÷ 上年末未脱贫建档立卡人口',
        list_transform([150, 300, 500, 1000], lambda b: b * share)::double[],
        true,
        1
    from length
    where exists (from county_poverty_annual)
    union all
    select
        indicator_code,
        name_zh,
        unit,
        definition,
        if(is_flow, list_transform(map_breaks, lambda b: b * share), map_breaks)::double[],
        is_flow,
        sort_order + 1
    from (select *, starts_with(kind, '时期') and not is_ratio as is_flow from indicators) as i
    cross join length
) as m
order by sort_order
