-- One measure in one period, one row per prefecture (all 16) and one for 省本级 where the measure has it; usual order.
-- A place whose returns are incomplete has a value but no rank, and is not compared; nor is a score, whose indicators differ from year to year.
-- Null is not reported, hidden or not applicable: see status.
-- param measure  'SCORE', 'PER_POOR' or an indicator's code 'P1-08'
-- param period   report period, '2019'
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return value DOUBLE
-- return base_value DOUBLE
-- return is_comparable BOOLEAN
-- return target_to_date DOUBLE
-- return attainment DOUBLE
-- return status VARCHAR
-- return place_rank BIGINT
with asked as (
    select period, 'now' as time from periods
    where period = $period
    union all
    select base_period, 'base' from periods
    where period = $period
),

found as (
    select
        a.time, a.period, v.level::varchar as level, v.region_code,
        if($measure = 'PER_POOR', v.value / nullif(n.poor_population, 0), v.value) as value,
        if($measure = 'PER_POOR', null, v.target_to_date) as target_to_date,
        if($measure = 'PER_POOR', null, v.attainment) as attainment,
        if($measure = 'PER_POOR' and v.value is not null, '观察', v.status) as status,
        v.quarters_reported = v.quarters_due as is_complete
    from indicator_values as v
    inner join asked as a using (period)
    inner join periods as p using (period)
    left join county_poverty_annual as n on v.region_code = n.region_code and n.year = p.year - 1
    where
        v.indicator_code = if($measure = 'PER_POOR', 'P1-08', $measure)
        and (
            v.level::varchar = 'prefecture'
            or (v.level::varchar = 'unallocated' and v.region_code = '530000' and $measure != 'PER_POOR')
        )
    union all
    select
        a.time, a.period, s.level::varchar, s.region_code, s.score, null, null,
        score_status(s.indicators_scored, s.rank),
        s.rank is not null
    from scores as s
    inner join asked as a using (period)
    where $measure = 'SCORE' and s.pillar_code = 'ALL' and s.level::varchar = 'prefecture'
),

together as (
    select
        level, region_code,
        max(value) filter (time = 'now') as value,
        max(value) filter (time = 'base') as base_value,
        coalesce(
            $measure != 'SCORE' and count(value) = 2
            and bool_and(is_complete) filter (value is not null)
            and is_alike($measure, max(period) filter (time = 'now'), max(period) filter (time = 'base')),
            false
        ) as is_comparable,
        max(target_to_date) filter (time = 'now') as target_to_date,
        max(attainment) filter (time = 'now') as attainment,
        max(status) filter (time = 'now') as status,
        bool_or(is_complete) filter (time = 'now') and level = 'prefecture'
        and max(value) filter (time = 'now') is not null and sees_all() as is_ranked
    from found
    group by level, region_code
)

select
    t.region_code,
    r.short_zh as region_name,
    t.value,
    t.base_value,
    t.is_comparable,
    t.target_to_date,
    t.attainment,
    t.status,
    if(
        t.is_ranked,
        rank_told(rank() over (own order by t.value desc), min(t.value) over own, max(t.value) over own),
        null
    ) as place_rank
from together as t
inner join regions as r on t.level = r.level::varchar and t.region_code = r.region_code
where t.status is not null
window own as (partition by t.is_ranked)
order by r.sort_order
