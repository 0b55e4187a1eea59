-- Scores of one place in one period, one row per pillar (P1 to P4, then ALL), with its best and its weakest indicator.
-- A change is that of the indicators that count in both periods and have all their returns; null where a pillar has none.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return pillar_code VARCHAR
-- return score DOUBLE
-- return base_score DOUBLE
-- return score_change DOUBLE
-- return indicators_compared BIGINT
-- return tier VARCHAR
-- return place_rank INTEGER
-- return rank_low INTEGER
-- return rank_high INTEGER
-- return indicators_scored INTEGER
-- return indicators_available INTEGER
-- return best_indicator VARCHAR
-- return best_attainment DOUBLE
-- return weakest_indicator VARCHAR
-- return weakest_attainment DOUBLE
with extremes as (
    select
        i.pillar_code,
        arg_max(i.name_zh, (v.attainment, -i.sort_order)) as best_indicator,
        max(v.attainment) as best_attainment,
        arg_min(i.name_zh, (v.attainment, i.sort_order)) as weakest_indicator,
        min(v.attainment) as weakest_attainment
    from indicator_values as v
    inner join indicators as i using (indicator_code)
    where
        v.period = $period and v.region_code = $place and v.level::varchar in ('province', 'prefecture')
        and i.is_scored and v.attainment is not null
    group by i.pillar_code
),

-- attainment above 1 counts as 1, as in the score itself
both_sides as (
    select
        i.pillar_code,
        100 * (avg(least(v.attainment, 1)) - avg(least(b.attainment, 1))) as score_change,
        count(*) as indicators_compared
    from indicator_values as v
    inner join indicators as i using (indicator_code)
    inner join periods as p using (period)
    inner join indicator_values as b
        on
            v.indicator_code = b.indicator_code and v.region_code = b.region_code
            and v.level::varchar = b.level::varchar and p.base_period = b.period
    where
        v.period = $period and v.region_code = $place and v.level::varchar in ('province', 'prefecture')
        and i.is_scored and v.target_to_date > 0 and b.target_to_date > 0
        and is_comparable(
            v.attainment, v.quarters_due, v.quarters_reported,
            b.attainment, b.quarters_due, b.quarters_reported
        )
        and is_alike(v.indicator_code, v.period, b.period)
    group by i.pillar_code
),

compared as (
    from both_sides
    union all
    select
        'ALL',
        if(count(*) = 4, avg(score_change), null),
        sum(indicators_compared)::bigint
    from both_sides
)

select
    s.pillar_code,
    s.score,
    b.score as base_score,
    if(s.score is null or b.score is null, null, round(c.score_change, 8)) as score_change,
    if(
        s.score is null or b.score is null or c.score_change is null, null, c.indicators_compared
    ) as indicators_compared,
    tier_told(s.indicators_scored, s.tier) as tier,
    s.place_rank,
    s.rank_low,
    s.rank_high,
    s.indicators_scored,
    s.indicators_available,
    e.best_indicator,
    e.best_attainment,
    e.weakest_indicator,
    e.weakest_attainment
from scores_told as s
left join periods as p on s.period = p.period
left join scores as b
    on s.pillar_code = b.pillar_code and s.region_code = b.region_code and p.base_period = b.period
left join compared as c on s.pillar_code = c.pillar_code
left join extremes as e on s.pillar_code = e.pillar_code
where s.period = $period and s.region_code = $place
order by s.pillar_code = 'ALL', s.pillar_code
