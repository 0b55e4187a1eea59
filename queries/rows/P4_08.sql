-- Rows behind P4-08: poverty counties, one row per county with its earliest project of the two plans; served ones first.
with served as (
    select
        county_code,
        count(*) as projects,
        min((start_date, project_id)) as earliest,
        arg_min(source_file, (start_date, project_id)) as source_file,
        arg_min(source_row, (start_date, project_id)) as source_row
    from projects_by_county
    where
        programme_code in ('PG-SANQU', 'PG-QIANSHOU')
        and start_date <= last_day_of($period)
    group by county_code
)

select
    c.county_code as item_id,
    c.name_zh as item,
    if(
        s.projects > 0,
        format('项目 {} 个，最早 {} {}', s.projects, s.earliest[2], s.earliest[1]),
        '没有两项计划的项目'
    ) as detail,
    place_named(c.prefecture_code, c.county_code) as place_name,
    (s.county_code is not null)::double as num,
    1::double as den,
    -- Nothing was reported for a county not served: the list of poverty counties asks for it.
    coalesce(s.source_file, '贫困县名单') as source_file,
    s.source_row
from counties as c
left join served as s using (county_code)
where
    c.is_poverty_county
    and in_place($place, c.prefecture_code, c.county_code)
order by num desc, s.projects desc, c.county_code asc
