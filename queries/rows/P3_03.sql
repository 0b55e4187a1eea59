-- Rows behind P3-03: the sectors, one row per sector with its earliest project under way; covered ones first.
with covered as (
    select
        sector,
        count(*) as projects,
        min((start_date, project_id)) as earliest,
        arg_min(place_named(prefecture_code, county_code), (start_date, project_id)) as place_name,
        arg_min(source_file, (start_date, project_id)) as source_file,
        arg_min(source_row, (start_date, project_id)) as source_row
    from projects_of($place)
    where running(start_date, actual_end_date, last_day_of($period))
    group by sector
)

select
    s.sector as item_id,
    s.sector as item,
    if(
        c.projects > 0,
        format('在实施项目 {} 个，最早 {} {}', c.projects, c.earliest[2], c.earliest[1]),
        '没有在实施项目'
    ) as detail,
    coalesce(
        c.place_name,
        (
            select r.name_zh
            from regions as r
            where r.region_code = $place and r.level::varchar != 'unallocated'
        )
    ) as place_name,
    (c.projects is not null)::double as num,
    1::double as den,
    -- Nothing was reported for a sector without a project: the definition asks for it.
    coalesce(c.source_file, '口径：行业领域代码表') as source_file,
    c.source_row
from sectors() as s
left join covered as c using (sector)
order by num desc, c.projects desc, s.sector asc
