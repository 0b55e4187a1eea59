-- Where one prefecture stands among the 16, one row per score or indicator and prefecture; with the median of a group of its peers.
-- The median leaves out the place itself and, like the ranks, those whose returns are incomplete. Null: not reported, hidden or no score.
-- param period  report period, '2019'
-- param place   prefecture code
-- param peers   group of peers: size, sqsz, border or deep
-- return indicator_code VARCHAR
-- return indicator_name VARCHAR
-- return unit VARCHAR
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return value DOUBLE
-- return status VARCHAR
-- return place_rank BIGINT
-- return places_ranked BIGINT
-- return peer_role VARCHAR
-- return peers_median DOUBLE
-- return peers_counted BIGINT
with every as (
    select
        if(pillar_code = 'ALL', 'SCORE', pillar_code) as indicator_code,
        region_code,
        score as value,
        score_status(indicators_scored, rank) as status,
        rank is not null as is_whole
    from scores
    where level::varchar = 'prefecture' and period = $period
    union all
    select
        indicator_code,
        region_code,
        value,
        status,
        quarters_reported = quarters_due
    from indicator_values
    where level::varchar = 'prefecture' and period = $period
),

named as (
    select
        unnest(['SCORE', 'P1', 'P2', 'P3', 'P4']) as indicator_code,
        unnest(['综合得分', '党建引领得分', '机制建设得分', '业务指导得分', '平台搭建得分']) as indicator_name,
        '分' as unit,
        unnest([-5, -4, -3, -2, -1]) as sort_order
    union all
    select indicator_code, name_zh, unit, sort_order
    from indicators
),

peers as (
    select prefecture_code as region_code
    from peers_of($place)
    where peer_group = $peers
),

ranked as (
    select
        e.*,
        if(p.region_code is null, '其他', '同类') as grouped,
        e.value is not null and e.is_whole and sees_all() as is_ranked
    from every as e
    left join peers as p using (region_code)
),

medians as (
    select
        indicator_code,
        median(value) as peers_median,
        count(*) as peers_counted
    from ranked
    where is_ranked and grouped = '同类' and region_code != $place
    group by indicator_code
)

select
    n.indicator_code,
    n.indicator_name,
    n.unit,
    r.region_code,
    d.short_zh as region_name,
    r.value,
    r.status,
    if(
        r.is_ranked,
        rank_told(rank() over (own order by r.value desc), min(r.value) over own, max(r.value) over own),
        null
    ) as place_rank,
    count(*) filter (r.is_ranked) over (partition by n.indicator_code) as places_ranked,
    if(r.region_code = $place, '本州市', r.grouped) as peer_role,
    m.peers_median,
    coalesce(m.peers_counted, 0) as peers_counted
from ranked as r
inner join named as n using (indicator_code)
inner join prefectures as d on r.region_code = d.prefecture_code
left join medians as m on n.indicator_code = m.indicator_code
window own as (partition by n.indicator_code, r.is_ranked)
order by n.sort_order, d.order_prov
