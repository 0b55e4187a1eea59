-- What the projects of one programme do in a place, one row per label; projects begun by the end of the period, not additive.
-- Labels are the sector and the kinds of help, two of them in the article's words.
-- facts S089
-- param programme_code  programme code, 'PG-STFP'
-- param period          report period, '2019'
-- param place           region code; 530000 is the province
-- return content VARCHAR
-- return told_by VARCHAR
-- return projects BIGINT
-- return running_projects BIGINT
with begun as (
    from programme_projects($programme_code, $place, last_day_of($period))
),

labels as (
    select
        *,
        if(sector::varchar = '生态扶贫', '生态环境保护', sector::varchar) as content,
        '行业领域' as told_by
    from begun
    union all
    select
        *,
        unnest(list_distinct(aid_types)) as content,
        '帮扶类型' as told_by
    from begun
)

select
    if(content = '能源替代', '社区能源替代', content) as content,
    told_by,
    count(*) as projects,
    count(*) filter (running(start_date, actual_end_date, last_day_of($period))) as running_projects
from labels
group by all
order by told_by desc, projects desc, content asc
