-- How far projects pool money and join hands, by sector up to the end of the period, one row per sector (all ten).
-- Pooled: money received from two sources or more, of those that received any. Joint: with partners, of those begun.
-- facts S061
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return sector VARCHAR
-- return funded_projects BIGINT
-- return pooled_projects BIGINT
-- return pooled_rate DOUBLE
-- return projects BIGINT
-- return joint_projects BIGINT
-- return joint_rate DOUBLE
with by_source as (
    select
        project_id,
        source
    from funds
    where stage::varchar = '到账' and event_date <= last_day_of($period)
    group by project_id, source
    having sum(net_yuan(amount_yuan, is_reversal)) > 0
),

received as (
    select
        project_id,
        count(*) as sources
    from by_source
    group by project_id
),

counted as (
    select
        p.sector::varchar as sector,
        p.start_date <= last_day_of($period) as has_begun,
        p.start_date <= last_day_of($period) and len(p.partner_org_ids) > 0 as is_joint,
        r.sources
    from projects_of($place) as p
    left join received as r using (project_id)
)

select
    s.sector,
    count(c.sources) as funded_projects,
    count(*) filter (c.sources >= 2) as pooled_projects,
    rate(count(*) filter (c.sources >= 2), count(c.sources)) as pooled_rate,
    count(*) filter (c.has_begun) as projects,
    count(*) filter (c.is_joint) as joint_projects,
    rate(count(*) filter (c.is_joint), count(*) filter (c.has_begun)) as joint_rate
from sectors() as s
left join counted as c using (sector)
group by s.sector, s.nr
order by s.nr
