-- Fills scores: pillar and total score per period, for 全省 and the 16; method in docs/decisions.md.
-- Every place has every row: without a target there is nothing to score, and the row says so by indicators_scored = 0.
-- Attainment is capped at 1, weights are equal, nothing is imputed, and no place is measured against another.
with scored as (
    select
        i.pillar_code, v.indicator_code, v.period, v.level, v.region_code,
        -- least() alone would take no value for a full one; the province is not judged by the returns of a few
        if(
            v.attainment is null or (v.level = 'province' and v.status = '数据不全'), null, least(v.attainment, 1)
        ) as a,
        v.quarters_due = 0 or v.quarters_reported < v.quarters_due as is_partial
    from indicator_values as v
    inner join indicators as i using (indicator_code)
    where i.is_scored and v.level in ('province', 'prefecture') and v.target_to_date > 0
),

places as (
    select p.pillar_code, t.period, r.level, r.region_code, r.prefecture_code
    from (select distinct pillar_code from indicators) as p
    cross join periods as t
    cross join regions as r
    where r.level in ('province', 'prefecture')
),

pillar as (
    select
        pillar_code, period, level, region_code, l.prefecture_code,
        count(indicator_code) as indicators_scored,
        count(a) as indicators_available,
        coalesce(bool_or(is_partial), false) as is_partial,
        -- sums of floating-point numbers depend on their order: it is fixed, so that two publications agree to the bit
        sum(a order by indicator_code) as total,
        min(a) as lowest,
        max(a) as highest,
        -- a zero would make every geometric mean zero: it counts as one per cent
        sum(if(a is null, null, ln(greatest(a, 0.01))) order by indicator_code) as log_total
    from places as l
    left join scored using (pillar_code, period, level, region_code)
    group by all
),

enough as (
    select *, indicators_scored > 0 and indicators_available * 3 >= indicators_scored * 2 as is_enough
    from pillar
),

pillar_score as (
    select
        pillar_code,
        period,
        level,
        region_code,
        prefecture_code,
        indicators_scored,
        indicators_available,
        is_partial,
        if(is_enough, 100 * total / indicators_available, null) as score,
        if(is_enough, 100 * exp(log_total / indicators_available), null) as score_geometric,
        if(is_enough and indicators_available > 1, 100 * (total - highest) / (indicators_available - 1), null)
            as score_low,
        if(is_enough and indicators_available > 1, 100 * (total - lowest) / (indicators_available - 1), null)
            as score_high
    from enough
),

-- The total moves by a quarter of the pillar's move when one indicator of that pillar is left out.
whole as (
    select
        'ALL' as pillar_code, period, level, region_code, prefecture_code,
        sum(indicators_scored) as indicators_scored,
        sum(indicators_available) as indicators_available,
        bool_or(is_partial) as is_partial,
        if(count(score) = 4, sum(score order by pillar_code) / 4, null) as score,
        if(count(score) = 4, sum(score_geometric order by pillar_code) / 4, null) as score_geometric,
        if(count(score) = 4, sum(score order by pillar_code) / 4 + min(score_low - score) / 4, null)
            as score_low,
        if(count(score) = 4, sum(score order by pillar_code) / 4 + max(score_high - score) / 4, null)
            as score_high
    from pillar_score
    group by all
),

both_kinds as (
    from pillar_score
    union all
    from whole
),

-- Ranks under: the arithmetic mean, the geometric mean, and each scored indicator of the period left out in turn. Every
-- place stays in each of them: one that lacks the indicator left out, or has no other, keeps its score.
left_out as (
    select distinct pillar_code, period, indicator_code
    from scored
    where level = 'prefecture'
),

dropped as (
    select
        p.pillar_code, l.indicator_code, p.period, p.region_code,
        coalesce(
            100
            * (p.total - coalesce(s.a, 0))
            / nullif(p.indicators_available - (s.a is not null)::int, 0),
            100 * p.total / p.indicators_available
        ) as score
    from enough as p
    inner join left_out as l using (pillar_code, period)
    left join scored as s using (pillar_code, period, level, region_code, indicator_code)
    where p.level = 'prefecture' and p.is_enough and not p.is_partial
),

variants as (
    select pillar_code, period, region_code, 'arithmetic' as variant, score
    from both_kinds
    where level = 'prefecture' and not is_partial and score is not null
    union all
    select pillar_code, period, region_code, 'geometric', score_geometric
    from both_kinds
    where level = 'prefecture' and not is_partial and score is not null
    union all
    select pillar_code, period, region_code, indicator_code, score
    from dropped
    where score is not null
    union all
    select 'ALL', d.period, d.region_code, d.indicator_code, w.score + (d.score - b.score) / 4
    from dropped as d
    inner join both_kinds as b
        on
            d.pillar_code = b.pillar_code and d.period = b.period and d.region_code = b.region_code
            and b.level = 'prefecture'
    inner join both_kinds as w
        on
            w.pillar_code = 'ALL' and d.period = w.period and d.region_code = w.region_code
            and w.level = 'prefecture'
    where d.score is not null and w.score is not null
),

ranked as (
    select
        pillar_code, period, region_code, variant,
        rank() over (partition by pillar_code, period, variant order by round(score, 6) desc) as place
    from variants
),

bands as (
    select
        pillar_code, period, region_code,
        max(place) filter (variant = 'arithmetic') as rank,
        max(place) as rank_low,
        min(place) as rank_high
    from ranked
    group by all
)

insert into scores
select
    s.pillar_code,
    s.period,
    s.level,
    s.region_code,
    s.prefecture_code,
    s.indicators_scored,
    s.indicators_available,
    s.score, s.score_geometric, s.score_low, s.score_high,
    case
        when s.score is null then '数据不足'
        when s.score >= 95 then '优'
        when s.score >= 85 then '良'
        when s.score >= 75 then '中'
        else '需关注'
    end as tier,
    b.rank, b.rank_low, b.rank_high
from both_kinds as s
left join bands as b
    on
        s.pillar_code = b.pillar_code and s.period = b.period and s.region_code = b.region_code
        and s.level = 'prefecture'
order by s.pillar_code, s.period, s.level, s.region_code
