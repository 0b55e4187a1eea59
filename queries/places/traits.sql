-- The lists that a county or prefecture is on at the end of the period, one row per list; of a prefecture also its counties'.
-- param period  report period, '2019'
-- param place   region code; the province is on none
-- return trait VARCHAR
-- return counts_as VARCHAR
-- return places BIGINT
-- return valid_from DATE
-- return valid_to DATE
select
    trait,
    counts_as,
    count(*) as places,
    min(valid_from) as valid_from,
    max(valid_to) as valid_to
from place_traits
where
    (region_code = $place or (not is_county($place) and left(region_code, 4) = left($place, 4)))
    and last_day_of($period) between valid_from and coalesce(valid_to, last_day_of($period))
group by trait, counts_as
order by counts_as is null, trait
