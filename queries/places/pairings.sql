-- Whom a county or prefecture itself is paired with in the period, one row per kind of pair; a pair that ended before the
-- end of the period says its last day.
-- param period  report period, '2019'
-- param place   region code
-- return pairing_kind VARCHAR
-- return partners_named VARCHAR
select
    b.kind as pairing_kind,
    string_agg(
        b.partner || if(b.valid_to < p.last_date, strftime(b.valid_to, '（至%Y年%-m月%-d日）'), ''),
        '、' order by b.valid_from, b.partner
    ) as partners_named
from pairings as b
cross join periods as p
where
    b.region_code = $place and p.period = $period
    and b.valid_from <= p.last_date and coalesce(b.valid_to, p.last_date) >= p.start_date
group by b.kind
order by b.kind
