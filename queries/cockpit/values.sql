-- What the first screen can show, one row per period, place and measure: as values/of_place and measures/by_prefecture say it.
-- Places are the province, the prefectures and 省本级 (level unallocated). A score, and money per poor person, have no base.
-- return period VARCHAR
-- return region_code VARCHAR
-- return level VARCHAR
-- return measure VARCHAR
-- return value DOUBLE
-- return base_value DOUBLE
-- return base_is_complete BOOLEAN
-- return is_comparable BOOLEAN
-- return target_to_date DOUBLE
-- return target_value DOUBLE
-- return target_basis VARCHAR
-- return attainment DOUBLE
-- return status VARCHAR
-- return province_value DOUBLE
-- return peers_median DOUBLE
-- return place_rank BIGINT
-- return places_ranked BIGINT
-- return published VARCHAR
-- return quarters_due INTEGER
-- return quarters_reported INTEGER
with own as (
    select *, quarters_reported = quarters_due as is_complete
    from indicator_values
    where
        level::varchar in ('province', 'prefecture')
        or (level::varchar = 'unallocated' and region_code = '530000')
),

per_poor as (
    select
        v.period,
        v.region_code,
        v.level,
        v.value / nullif(n.poor_population, 0) as value,
        if(v.value is not null, '观察', v.status) as status,
        v.is_complete,
        v.quarters_due,
        v.quarters_reported
    from own as v
    inner join periods as p using (period)
    left join county_poverty_annual as n on v.region_code = n.region_code and n.year = p.year - 1
    where v.indicator_code = 'P1-08' and v.level::varchar = 'prefecture'
),

measured as (
    select
        period, region_code, level::varchar as level, indicator_code as measure, value, target_to_date,
        target_value, attainment, status, is_complete, quarters_due, quarters_reported
    from own
    union all
    select
        period, region_code, level::varchar, 'PER_POOR', value, null, null, null, status, is_complete,
        quarters_due, quarters_reported
    from per_poor
    union all
    select
        period, region_code, level::varchar, 'SCORE', score, null, null, null,
        score_status(indicators_scored, rank), rank is not null, 0, 0
    from scores
    where pillar_code = 'ALL' and level::varchar in ('province', 'prefecture')
),

ranked as (
    select
        period, region_code, measure, value,
        rank_told(
            rank() over (own order by value desc), min(value) over own, max(value) over own
        ) as place_rank,
        count(*) over own as places_ranked
    from measured
    where level = 'prefecture' and value is not null and is_complete and sees_all()
    window own as (partition by period, measure)
),

peers as (
    select r.period, r.measure, me.prefecture_code as region_code, median(r.value) as peers_median
    from ranked as r
    inner join prefectures as p on r.region_code = p.prefecture_code
    inner join prefectures as me
        on
            population_class(p.pop_census_2020) = population_class(me.pop_census_2020)
            and r.region_code != me.prefecture_code
    group by r.period, r.measure, me.prefecture_code
)

select
    v.period,
    v.region_code,
    v.level,
    v.measure,
    v.value,
    b.value as base_value,
    coalesce(b.is_complete, false) as base_is_complete,
    v.measure != 'SCORE'
    and is_comparable(
        v.value, v.quarters_due, v.quarters_reported, b.value, b.quarters_due, b.quarters_reported
    )
    and is_alike(v.measure, v.period, p.base_period) as is_comparable,
    v.target_to_date,
    v.target_value,
    target_basis(t.phasing, i.kind, p.start_date) as target_basis,
    v.attainment,
    v.status,
    w.value as province_value,
    e.peers_median,
    r.place_rank,
    r.places_ranked,
    f.published,
    v.quarters_due::integer as quarters_due,
    v.quarters_reported::integer as quarters_reported
from measured as v
inner join periods as p on v.period = p.period
left join measured as b
    on
        v.measure = b.measure and v.region_code = b.region_code and v.level = b.level
        and p.base_period = b.period
left join measured as w on v.measure = w.measure and v.period = w.period and w.level = 'province'
left join indicators as i on v.measure = i.indicator_code
left join ranked as r
    on
        v.level = 'prefecture' and v.measure = r.measure and v.region_code = r.region_code
        and v.period = r.period
left join peers as e
    on
        v.level = 'prefecture' and v.measure = e.measure and v.region_code = e.region_code
        and v.period = e.period
left join targets as t
    on
        v.measure = t.indicator_code and v.region_code = t.region_code and p.year = t.year
        and v.level != 'unallocated'
left join published_figures as f
    on i.check_id = f.figure_code and v.value = f.actual and f.holds and v.level = 'province'
left join regions as g on v.level = g.level::varchar and v.region_code = g.region_code
order by v.period, g.sort_order, v.measure
