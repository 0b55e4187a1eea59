-- Needs of a place against the money they received, in one row: posted up to the end of the period, money cumulative.
-- Money above a need meets no other need: the shortfall is the sum of what each need still lacks.
-- facts S002 S100
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return projects BIGINT
-- return matched_projects BIGINT
-- return match_rate DOUBLE
-- return need_amount_yuan DOUBLE
-- return received_yuan DOUBLE
-- return met_yuan DOUBLE
-- return gap_yuan DOUBLE
-- return met_rate DOUBLE
with here as (
    select
        n.*,
        l.counted_share
    from needs(last_day_of($period)) as n
    inner join projects_of($place) as l using (project_id)
)

select
    count(*) as projects,
    count(*) filter (step_reached >= 2) as matched_projects,
    rate(count(*) filter (step_reached >= 2), count(*)) as match_rate,
    coalesce(sum(counted_share * need_amount_yuan), 0)::double as need_amount_yuan,
    coalesce(sum(counted_share * received_yuan), 0)::double as received_yuan,
    coalesce(sum(counted_share * met_yuan), 0)::double as met_yuan,
    coalesce(sum(counted_share * (need_amount_yuan - met_yuan)), 0)::double as gap_yuan,
    rate(sum(counted_share * met_yuan), sum(counted_share * need_amount_yuan)) as met_rate
from here
order by all
