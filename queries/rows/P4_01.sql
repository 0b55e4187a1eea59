-- Rows behind P4-01: needs posted by the end of the period, one row per need; matched ones first.
with needs as (
    select
        *,
        coalesce(matched_date, start_date) as matched_on,
        lead_org_id is not null and coalesce(matched_on <= last_day_of($period), false) as is_matched
    from projects_of($place)
    where posted_date <= last_day_of($period)
)

select
    project_id as item_id,
    project_name as item,
    '发布 ' || posted_date || if(is_matched, '，对接 ' || matched_on, '，未对接') as detail,
    place_named(prefecture_code, county_code) as place_name,
    is_matched::double as num,
    1::double as den,
    source_file,
    source_row
from needs
order by num desc, project_id asc
