-- All indicators of one place in one period, one row per indicator; with the province, the peers and the same period a year before.
-- Peers are the prefectures of the same population class (macro population_class); their median leaves out the place itself.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return indicator_code VARCHAR
-- return pillar_code VARCHAR
-- return indicator_name VARCHAR
-- return unit VARCHAR
-- return is_scored BOOLEAN
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
-- return definition VARCHAR
-- return quarters_due INTEGER
-- return quarters_reported INTEGER
with own as (
    from indicator_values
    where region_code = $place and level::varchar in ('province', 'prefecture', 'county') and period = $period
),

base as (
    select v.indicator_code, v.value, v.quarters_due, v.quarters_reported
    from indicator_values as v
    inner join periods as p on v.period = p.base_period
    where
        v.region_code = $place
        and v.level::varchar in ('province', 'prefecture', 'county')
        and p.period = $period
),

others as (
    select
        indicator_code,
        region_code,
        value,
        rank_told(
            rank() over (own order by value desc), min(value) over own, max(value) over own
        ) as place_rank,
        count(*) over own as places_ranked
    from indicator_values
    where
        level::varchar = 'prefecture' and period = $period and value is not null
        and quarters_reported = quarters_due and sees_all()
    window own as (partition by indicator_code)
),

peers as (
    select o.indicator_code, median(o.value) as peers_median
    from others as o
    inner join prefectures as p on o.region_code = p.prefecture_code
    inner join prefectures as me on me.prefecture_code = $place
    where
        population_class(p.pop_census_2020) = population_class(me.pop_census_2020)
        and o.region_code != $place
    group by o.indicator_code
)

select
    i.indicator_code,
    i.pillar_code,
    i.name_zh as indicator_name,
    i.unit,
    i.is_scored,
    v.value,
    b.value as base_value,
    coalesce(b.quarters_reported = b.quarters_due, false) as base_is_complete,
    is_comparable(
        v.value, v.quarters_due, v.quarters_reported, b.value, b.quarters_due, b.quarters_reported
    ) and is_alike(i.indicator_code, $period, p.base_period) as is_comparable,
    v.target_to_date,
    v.target_value,
    target_basis(t.phasing, i.kind, p.start_date) as target_basis,
    v.attainment,
    coalesce(v.status, '不适用') as status,
    w.value as province_value,
    peers.peers_median,
    o.place_rank,
    o.places_ranked,
    f.published,
    i.definition,
    coalesce(v.quarters_due, 0)::integer as quarters_due,
    coalesce(v.quarters_reported, 0)::integer as quarters_reported
from indicators as i
left join own as v using (indicator_code)
left join base as b using (indicator_code)
left join indicator_values as w
    on i.indicator_code = w.indicator_code and w.level::varchar = 'province' and w.period = $period
left join others as o on i.indicator_code = o.indicator_code and o.region_code = $place
left join peers using (indicator_code)
left join periods as p on p.period = $period
left join targets as t
    on i.indicator_code = t.indicator_code and v.region_code = t.region_code and p.year = t.year
-- the article's own words, where this very number is one it publishes
left join published_figures as f
    on i.check_id = f.figure_code and v.value = f.actual and f.holds and v.level::varchar = 'province'
order by i.sort_order
