-- The scores of the province and the prefectures in all periods, one row per period, place and pillar (P1 to P4, then ALL).
-- return period VARCHAR
-- return region_code VARCHAR
-- return pillar_code VARCHAR
-- return score DOUBLE
-- return tier VARCHAR
-- return place_rank INTEGER
select
    period,
    region_code,
    pillar_code,
    score,
    tier_told(indicators_scored, tier) as tier,
    place_rank
from scores_told
where level::varchar in ('province', 'prefecture')
order by period, region_code, pillar_code = 'ALL', pillar_code
