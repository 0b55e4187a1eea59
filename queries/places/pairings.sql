-- Whom a county or prefecture itself is paired with at the end of the period, one row per kind of pair.
-- param period  report period, '2019'
-- param place   region code
-- return pairing_kind VARCHAR
-- return partners_named VARCHAR
select
    kind as pairing_kind,
    paired_with($place, kind, last_day_of($period)) as partners_named
from pairings
where
    region_code = $place
    and last_day_of($period) between valid_from and coalesce(valid_to, last_day_of($period))
group by kind
order by kind
