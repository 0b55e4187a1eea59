-- Rows behind P1-07: organizations taking part in the period, one row per organization with its earliest fund entry or project.
with witnesses as (
    select
        org_id, event_date as happened, fund_id as record_id, 'funds' as kind, source_file, source_row
    from funds
    where event_date between first_day($period) and last_day_of($period)
    union all
    select
        lead_org_id, start_date, project_id, 'projects', source_file, source_row
    from projects
    where
        start_date <= last_day_of($period)
        and (actual_end_date is null or actual_end_date >= first_day($period))
),

engaged as (
    select
        org_id,
        count(*) filter (kind = 'funds') as fund_rows,
        count(*) filter (kind = 'projects') as projects,
        min((happened, record_id)) as earliest,
        arg_min(source_file, (happened, record_id)) as source_file,
        arg_min(source_row, (happened, record_id)) as source_row
    from witnesses
    group by org_id
)

select
    o.org_id as item_id,
    o.org_name as item,
    format('资金记录 {} 笔，牵头项目 {} 个；最早 {} {}', e.fund_rows, e.projects, e.earliest[2], e.earliest[1]) as detail,
    place_named(o.prefecture_code, o.county_code) as place_name,
    1::double as num,
    null::double as den,
    e.source_file,
    e.source_row
from act_orgs(last_day_of($period)) as o
inner join engaged as e using (org_id)
where in_place($place, o.prefecture_code, o.county_code)
order by e.fund_rows + e.projects desc, o.org_id asc
