-- Rows behind P3-01: supervising units with a project under way, one row per unit with its earliest project; busiest first.
select
    supervising_unit_code as item_id,
    supervising_unit_code as item,
    format('在实施项目 {} 个，最早 {} {}', count(*), min((start_date, project_id))[2], min(start_date)) as detail,
    arg_min(place_named(prefecture_code, county_code), (start_date, project_id)) as place_name,
    1::double as num,
    null::double as den,
    arg_min(source_file, (start_date, project_id)) as source_file,
    arg_min(source_row, (start_date, project_id)) as source_row
from projects_of($place)
where
    supervising_unit_code is not null
    and running(start_date, actual_end_date, last_day_of($period))
group by supervising_unit_code
order by count(*) desc, supervising_unit_code asc
