-- Scores of one period, one row per prefecture (all 16) and pillar (ALL is the total); usual order.
-- param period  report period, '2019'
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return pillar_code VARCHAR
-- return score DOUBLE
-- return score_geometric DOUBLE
-- return score_low DOUBLE
-- return score_high DOUBLE
-- return tier VARCHAR
-- return place_rank INTEGER
-- return rank_low INTEGER
-- return rank_high INTEGER
-- return is_complete BOOLEAN
select
    r.region_code,
    r.short_zh as region_name,
    s.pillar_code,
    s.score,
    s.score_geometric,
    s.score_low,
    s.score_high,
    tier_told(s.indicators_scored, s.tier) as tier,
    s.place_rank,
    s.rank_low,
    s.rank_high,
    s.rank is not null as is_complete
from scores_told as s
inner join regions as r on s.level::varchar = r.level::varchar and s.region_code = r.region_code
where s.period = $period and s.level::varchar = 'prefecture'
order by r.sort_order, s.pillar_code
