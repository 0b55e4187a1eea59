-- Rows behind P3-05: projects that have received money or goods, one row per project; those from two sources or more first.
with by_source as (
    select
        project_id,
        source
    from funds
    where
        stage = '到账'
        and event_date <= last_day_of($period)
    group by project_id, source
    having sum(net_yuan(amount_yuan, is_reversal)) > 0
),

received as (
    select
        project_id,
        count(*) as sources,
        string_agg(source, '、' order by source asc) as named
    from by_source
    group by project_id
)

select
    project_id as item_id,
    project_name as item,
    '到账来源 ' || sources || ' 类：' || named as detail,
    place_named(prefecture_code, county_code) as place_name,
    (sources >= 2)::double as num,
    1::double as den,
    source_file,
    source_row
from projects_of($place)
inner join received using (project_id)
order by sources desc, project_id asc
