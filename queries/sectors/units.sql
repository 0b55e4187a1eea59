-- Supervising units in a place, one row per unit that any project names, and one for what names none of them.
-- Projects and organizations at the end of the period, money of the period; the rows of the money add up to all of it.
-- facts S060 S064 S070 S075 S078 S083
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return supervising_unit_code VARCHAR
-- return running_projects BIGINT
-- return sectors BIGINT
-- return organizations BIGINT
-- return supervised_orgs BIGINT
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
with known as (
    select distinct supervising_unit_code as unit
    from projects
    where supervising_unit_code is not null
),

units as (
    from known
    union all
    select '无或未列主管单位'
),

under_way as (
    select
        *,
        coalesce(supervising_unit_code, '无或未列主管单位') as unit
    from projects_of($place)
    where running(start_date, actual_end_date, last_day_of($period))
),

by_project as (
    select
        unit,
        count(*) as running_projects,
        count(distinct sector) as sectors
    from under_way
    group by unit
),

by_member as (
    select
        unit,
        count(distinct org_id) as organizations
    from (
        select unit, lead_org_id as org_id from under_way
        union all
        select unit, unnest(partner_org_ids) from under_way
    ) as members
    group by unit
),

by_registration as (
    select
        coalesce(k.unit, '无或未列主管单位') as unit,
        count(*) as supervised_orgs
    from act_orgs(last_day_of($period)) as o
    left join known as k on o.supervising_unit_code = k.unit
    where in_place($place, o.prefecture_code, o.county_code)
    group by all
),

money as (
    select
        coalesce(p.supervising_unit_code, '无或未列主管单位') as unit,
        sum(net_yuan(f.amount_yuan, f.is_reversal)) filter (f.stage::varchar = '到账') as received_yuan,
        sum(net_yuan(f.amount_yuan, f.is_reversal)) filter (f.stage::varchar = '支出') as spent_yuan
    from funds as f
    left join projects as p using (project_id)
    where
        f.event_date between first_day($period) and last_day_of($period)
        and in_place($place, f.prefecture_code, f.county_code)
    group by all
)

select
    u.unit as supervising_unit_code,
    coalesce(p.running_projects, 0) as running_projects,
    coalesce(p.sectors, 0) as sectors,
    coalesce(m.organizations, 0) as organizations,
    coalesce(r.supervised_orgs, 0) as supervised_orgs,
    coalesce(y.received_yuan, 0)::double as received_yuan,
    coalesce(y.spent_yuan, 0)::double as spent_yuan
from units as u
left join by_project as p using (unit)
left join by_member as m using (unit)
left join by_registration as r using (unit)
left join money as y using (unit)
order by u.unit = '无或未列主管单位', running_projects desc, supervising_unit_code asc
