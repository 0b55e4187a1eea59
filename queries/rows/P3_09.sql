-- Rows behind P3-09: counties reached by the ecological programme, one row per county with its earliest project.
select
    county_code as item_id,
    place_named(prefecture_code, county_code) as item,
    format('项目 {} 个，最早 {} {}', count(*), min((start_date, project_id))[2], min(start_date)) as detail,
    place_named(prefecture_code, county_code) as place_name,
    1::double as num,
    null::double as den,
    arg_min(source_file, (start_date, project_id)) as source_file,
    arg_min(source_row, (start_date, project_id)) as source_row
from projects_by_county
where
    programme_code = 'PG-STFP'
    and start_date <= last_day_of($period)
    and in_place($place, prefecture_code, county_code)
group by prefecture_code, county_code
order by count(*) desc, county_code asc
