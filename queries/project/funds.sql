-- Every entry of money or goods of one project, one row per entry with the file and line that reported it; latest first.
-- param project  project code
-- return fund_id VARCHAR
-- return event_date DATE
-- return stage VARCHAR
-- return source VARCHAR
-- return form VARCHAR
-- return amount_yuan DOUBLE
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return place_name VARCHAR
-- return source_file VARCHAR
-- return source_row INTEGER
select
    f.fund_id,
    f.event_date,
    f.stage::varchar as stage,
    f.source::varchar as source,
    f.form::varchar as form,
    net_yuan(f.amount_yuan, f.is_reversal)::double as amount_yuan,
    coalesce(f.org_id, '') as org_id,
    o.org_name,
    place_named(f.prefecture_code, f.county_code) as place_name,
    f.source_file,
    f.source_row
from funds as f
left join organizations as o using (org_id)
where f.project_id = $project
order by f.event_date desc, f.fund_id asc
