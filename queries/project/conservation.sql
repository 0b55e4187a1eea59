-- Whether one project's money holds together, one row per comparison: the upper amount may not be below the lower.
-- Approvals are compared with what came in from the same source: donations and own means need no approval.
-- param project  project code
-- return step VARCHAR
-- return upper_yuan DOUBLE
-- return lower_yuan DOUBLE
-- return over_yuan DOUBLE
-- return is_kept BOOLEAN
with by_source as (
    select
        source::varchar as source,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '获批') as approved,
        coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '到账'), 0) as received,
        coalesce(sum(net_yuan(amount_yuan, is_reversal)) filter (stage::varchar = '支出'), 0) as spent
    from funds
    where project_id = $project
    group by source
),

approved_in_all as (
    select sum(approved) as approved
    from by_source
),

compared as (
    select 1 as nr, '' as source, '登记的获批额 ≥ 获批流水' as step, p.approved_yuan as upper, m.approved as lower
    from projects as p
    cross join approved_in_all as m
    where p.project_id = $project and p.approved_yuan is not null and m.approved is not null
    union all
    select 2, source, source || '：获批 ≥ 到账', approved, received
    from by_source
    where approved is not null
    union all
    select 3, '', '全部来源：到账 ≥ 支出', sum(received), sum(spent)
    from by_source
    having count(*) > 0
)

select
    step,
    upper::double as upper_yuan,
    lower::double as lower_yuan,
    greatest(lower - upper, 0)::double as over_yuan,
    upper >= lower as is_kept
from compared
order by nr, source
