-- Rows behind P3-02: projects under way at the end of the period, one row per project; the latest begun first.
select
    project_id as item_id,
    project_name as item,
    sector || '，' || start_date || ' 开工' as detail,
    place_named(prefecture_code, county_code) as place_name,
    1::double as num,
    null::double as den,
    source_file,
    source_row
from projects_of($place)
where running(start_date, actual_end_date, last_day_of($period))
order by start_date desc, project_id asc
