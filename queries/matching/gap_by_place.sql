-- Needs against the money they received by place one level down, one row per place; all places, usual order.
-- Needs posted up to the end of the period, money cumulative. A prefecture counts a project once, at its main county; a
-- county each that reaches it, with its share of the money. Rates are null where nothing is needed.
-- facts S002 S100
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return projects BIGINT
-- return matched_projects BIGINT
-- return match_rate DOUBLE
-- return need_amount_yuan DOUBLE
-- return received_yuan DOUBLE
-- return met_yuan DOUBLE
-- return gap_yuan DOUBLE
-- return met_rate DOUBLE
with located as (
    select
        project_id,
        prefecture_code as region_code,
        1 as share
    from projects
    where $place = '530000'
    union all
    select
        project_id,
        county_code,
        share
    from project_locations
    where $place != '530000' and in_place($place, prefecture_code, county_code)
),

here as (
    select
        n.*,
        l.region_code,
        l.share
    from needs(last_day_of($period)) as n
    inner join located as l using (project_id)
)

select
    r.region_code,
    r.region_name,
    count(h.project_id) as projects,
    count(h.project_id) filter (h.step_reached >= 2) as matched_projects,
    rate(count(h.project_id) filter (h.step_reached >= 2), count(h.project_id)) as match_rate,
    coalesce(sum(h.share * h.need_amount_yuan), 0)::double as need_amount_yuan,
    coalesce(sum(h.share * h.received_yuan), 0)::double as received_yuan,
    coalesce(sum(h.share * h.met_yuan), 0)::double as met_yuan,
    coalesce(sum(h.share * (h.need_amount_yuan - h.met_yuan)), 0)::double as gap_yuan,
    rate(sum(h.share * h.met_yuan), sum(h.share * h.need_amount_yuan)) as met_rate
from parts_of($place) as r
left join here as h using (region_code)
where not r.is_rest or r.region_code in (select region_code from here)
group by r.region_code, r.region_name, r.sort_order
order by r.sort_order
