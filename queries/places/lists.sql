-- The lists of places that indicators speak of and that are valid on the snapshot's date, one row per kind of place; a kind
-- without a row has no list that is registered: nothing is counted of it, and that is no zero.
-- return counts_as VARCHAR
-- return trait VARCHAR
select
    counts_as,
    min(trait) as trait
from place_traits
where
    counts_as is not null
    and (select max(p.last_date) from periods as p) between valid_from
    and coalesce(valid_to, (select max(p.last_date) from periods as p))
group by counts_as
order by counts_as
