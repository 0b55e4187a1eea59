-- Helping people earn against giving, one row per year up to the end of the period and way (all three, zeros included).
-- A project helps people earn when one of its kinds of help is 产业帮扶, 技能培训 or 小额信贷. Projects under way at the last
-- day counted, money spent in the year; shares are of the year's rows. Persons would not add up over kinds of help.
-- facts S076
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return period_label VARCHAR
-- return help_way VARCHAR
-- return projects BIGINT
-- return share_rate DOUBLE
-- return spent_yuan DOUBLE
-- return spent_rate DOUBLE
with earning as (
    select list(code)
    from code_lists
    where list = 'help_type' and coalesce(counts_as, code) in ('产业帮扶', '技能培训', '小额信贷')
),

ways as (
    select
        unnest(['造血：产业、技能、信贷', '其他：款物与服务', '未标帮扶类型']) as help_way,
        unnest([1, 2, 3]) as nr
),

classed as (
    select
        project_id,
        case
            when coalesce(len(aid_types), 0) = 0 then 3
            when list_has_any(aid_types, (from earning)) then 1
            else 2
        end as nr
    from projects
),

under_way as (
    select
        y.year,
        c.nr,
        count(*) as projects
    from years_until(last_day_of($period)) as y
    inner join projects_of($place) as p on running(p.start_date, p.actual_end_date, y.last_date)
    inner join classed as c on p.project_id = c.project_id
    group by y.year, c.nr
),

spent as (
    select
        year(f.event_date) as year,
        coalesce(c.nr, 3) as nr,
        sum(net_yuan(f.amount_yuan, f.is_reversal)) as yuan
    from funds as f
    left join classed as c using (project_id)
    where
        f.stage::varchar = '支出'
        and f.event_date <= last_day_of($period)
        and in_place($place, f.prefecture_code, f.county_code)
    group by all
)

select
    y.label as period_label,
    w.help_way,
    coalesce(u.projects, 0) as projects,
    rate(coalesce(u.projects, 0), sum(u.projects) over (partition by y.year)) as share_rate,
    coalesce(s.yuan, 0)::double as spent_yuan,
    rate(coalesce(s.yuan, 0), sum(s.yuan) over (partition by y.year)) as spent_rate
from years_until(last_day_of($period)) as y
cross join ways as w
left join under_way as u on y.year = u.year and w.nr = u.nr
left join spent as s on y.year = s.year and w.nr = s.nr
order by y.year, w.nr
