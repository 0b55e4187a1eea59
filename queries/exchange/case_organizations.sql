-- Organizations that lead model cases or kitchens (PG-CFGM) in a place, one row per organization; those the article names first.
-- Projects posted up to the end of the period; money is cumulative and of these projects.
-- facts S109 S110
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return is_seed_named BOOLEAN
-- return org_type VARCHAR
-- return reg_level VARCHAR
-- return model_cases BIGINT
-- return kitchen_projects BIGINT
-- return places_named VARCHAR
-- return received_yuan DOUBLE
select
    o.org_id,
    o.org_name,
    o.is_seed_named,
    o.org_type::varchar as org_type,
    o.reg_level::varchar as reg_level,
    count(*) filter (p.is_model_case) as model_cases,
    count(*) filter (p.programme_code = 'PG-CFGM') as kitchen_projects,
    array_to_string(
        list_sort(list(distinct place_named(p.prefecture_code, p.county_code))), '、'
    ) as places_named,
    sum(n.received_yuan)::double as received_yuan
from needs(last_day_of($period)) as n
inner join projects_of($place) as p using (project_id)
inner join organizations as o on p.lead_org_id = o.org_id
where p.is_model_case or p.programme_code = 'PG-CFGM'
group by o.org_id, o.org_name, o.is_seed_named, o.org_type, o.reg_level
order by o.is_seed_named desc, model_cases desc, kitchen_projects desc, o.org_id asc
