-- The days of one project, one row per event in the order of time: need, plan and work, approvals and first money.
-- param project  project code
-- return event_date DATE
-- return event_kind VARCHAR
-- return project_event VARCHAR
-- return amount_yuan DOUBLE
with milestones as (
    select
        unnest([posted_date, matched_date, start_date, planned_end_date, actual_end_date]) as event_date,
        unnest([1, 1, 2, 2, 2]) as kind_nr,
        unnest(['需求发布', '对接', '开工', '计划完成', '实际完成']) as project_event,
        null::double as amount_yuan
    from projects
    where project_id = $project
),

approvals as (
    select
        event_date,
        3 as kind_nr,
        '获批' || source::varchar as project_event,
        sum(net_yuan(amount_yuan, is_reversal))::double as amount_yuan
    from funds
    where project_id = $project and stage::varchar = '获批'
    group by event_date, source
),

firsts as (
    select
        event_date,
        3 as kind_nr,
        if(stage::varchar = '到账', '首笔到账', '首笔支出') as project_event,
        sum(net_yuan(amount_yuan, is_reversal))::double as amount_yuan
    from funds
    where project_id = $project and stage::varchar in ('到账', '支出')
    group by stage, event_date
    qualify row_number() over (partition by stage order by event_date) = 1
)

select
    event_date,
    ['需求与对接', '计划与实施', '资金'][kind_nr] as event_kind,
    project_event,
    amount_yuan
from (
    from milestones
    union all
    from approvals
    union all
    from firsts
) as days
where event_date is not null
order by event_date, kind_nr, project_event
