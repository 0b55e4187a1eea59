-- Scores of the province and of every prefecture beside one prefecture, the base, one row per place (全省 first, then the 16) and pillar (ALL is the total).
-- facts S007
-- param period  report period, '2019'
-- param place   prefecture code of the base
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return pillar_code VARCHAR
-- return score DOUBLE
-- return tier VARCHAR
-- return rank_high INTEGER
-- return rank_low INTEGER
-- return score_difference DOUBLE
select
    r.region_code,
    r.short_zh as region_name,
    s.pillar_code,
    s.score,
    tier_told(s.indicators_scored, s.tier) as tier,
    s.rank_high,
    s.rank_low,
    if(s.rank is not null and b.rank is not null, round(s.score - b.score, 8), null) as score_difference
from scores_told as s
inner join regions as r on s.level::varchar = r.level::varchar and s.region_code = r.region_code
left join scores as b
    on
        s.pillar_code = b.pillar_code and s.period = b.period
        and b.level::varchar = 'prefecture' and b.region_code = $place
where s.period = $period and r.level::varchar in ('province', 'prefecture')
order by r.sort_order, s.pillar_code = 'ALL', s.pillar_code
