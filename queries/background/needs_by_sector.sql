-- Needs posted in the period by sector, one row per sector of the list: how many, their money, how many were matched by the period's end.
-- A need counts once, at its main county; for a county by its share.
-- facts S005
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return sector VARCHAR
-- return needs BIGINT
-- return need_amount_yuan DOUBLE
-- return needs_matched BIGINT
with posted as (
    select
        sector::varchar as sector,
        need_amount_yuan * counted_share as need_yuan,
        coalesce(matched_date <= last_day_of($period), false) as is_matched
    from projects_of($place)
    where posted_date between first_day($period) and last_day_of($period)
)

select
    s.sector,
    count(p.sector) as needs,
    coalesce(sum(p.need_yuan), 0)::double as need_amount_yuan,
    count(*) filter (p.is_matched) as needs_matched
from sectors() as s
left join posted as p using (sector)
group by s.sector, s.nr
order by need_amount_yuan desc, s.nr asc
