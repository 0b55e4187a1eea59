-- Rows behind P3-07: projects begun and due by the end of the period, one row per project; completed ones first.
select
    project_id as item_id,
    project_name as item,
    case
        when actual_end_date > last_day_of($period) or actual_end_date is null then '未完成'
        when meaning('project_status', status) = '已终止' then '已终止 ' || actual_end_date
        else '完成 ' || actual_end_date
    end || '，计划 ' || planned_end_date as detail,
    place_named(prefecture_code, county_code) as place_name,
    coalesce(
        actual_end_date <= last_day_of($period) and meaning('project_status', status) != '已终止', false
    )::double as num,
    1::double as den,
    source_file,
    source_row
from projects_of($place)
where
    planned_end_date <= last_day_of($period)
    and start_date is not null
order by num desc, project_id asc
