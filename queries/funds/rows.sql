-- Fund rows behind a figure, one row per entry with the file and line that reported it; largest first.
-- param stages       varchar[], empty for every stage
-- param sources      varchar[], empty for every source
-- param forms        varchar[], empty for every form
-- param programmes   varchar[], empty for every programme
-- param prefectures  varchar[], empty for every prefecture
-- param start_date   date
-- param end_date     date
-- param page_size    rows a page
-- param page_start   rows to skip
-- return fund_id VARCHAR
-- return event_date DATE
-- return stage VARCHAR
-- return source VARCHAR
-- return form VARCHAR
-- return amount_yuan DOUBLE
-- return org_name VARCHAR
-- return project_name VARCHAR
-- return programme_name VARCHAR
-- return prefecture_name VARCHAR
-- return county_name VARCHAR
-- return source_file VARCHAR
-- return source_row INTEGER
select
    f.fund_id,
    f.event_date,
    f.stage::varchar as stage,
    f.source::varchar as source,
    f.form::varchar as form,
    net_yuan(f.amount_yuan, f.is_reversal)::double as amount_yuan,
    o.org_name,
    p.project_name,
    g.name_zh as programme_name,
    coalesce(d.short_zh, '省本级') as prefecture_name,
    c.short_zh as county_name,
    f.source_file,
    f.source_row
from chosen_funds($stages, $sources, $forms, $programmes, $prefectures, $start_date, $end_date) as f
left join organizations as o using (org_id)
left join projects as p using (project_id)
left join programmes as g on f.programme_code = g.programme_code
left join prefectures as d on f.prefecture_code = d.prefecture_code
left join counties as c on f.county_code = c.county_code
order by f.amount_yuan desc, f.fund_id asc
limit $page_size offset $page_start
