-- Fills people_reached, one row per project or programme and kind of help: distinct persons up to the as-of date, rounded to 10.
-- Told only where nothing can be learned from it: the true count is 10 or more, and every cell of the standing cube
-- (year, county of residence, kind of help) that its subjects touch is told there too.
insert into people_reached
with served as (
    select 'project' as kind, project_id as code, * exclude (project_id)
    from beneficiaries
    where project_id is not null
    union all
    select 'programme', p.programme_code, b.* exclude (project_id)
    from beneficiaries as b
    inner join projects as p using (project_id)
    where p.programme_code is not null
),

-- Within a cell a subject counts once, with its largest headcount.
by_subject as (
    select
        kind,
        code,
        county_code,
        year(service_date)::varchar as period,
        help_type::varchar as help_type,
        subject_key,
        max(headcount) as persons
    from served
    group by all
    union all
    select kind, code, county_code, year(service_date)::varchar, '全部', subject_key, max(headcount)
    from served
    group by all
),

over_all_years as (
    select kind, code, help_type, subject_key, max(persons) as persons
    from by_subject
    group by all
),

counted as (
    select kind, code, help_type, sum(persons) as persons
    from over_all_years
    group by all
),

-- A cell that the cube does not hold is as good as hidden.
touched as (
    select t.kind, t.code, t.help_type, bool_or(coalesce(c.is_hidden, true)) as is_hidden
    from (select distinct kind, code, help_type, county_code, period from by_subject) as t
    left join people_counts as c
        on
            c.measure = 'persons'
            and c.dimension = if(t.help_type = '全部', 'all', 'help_type')
            and t.help_type = c.member and t.period = c.period and t.county_code = c.region_code
    group by all
)

select
    kind,
    code,
    help_type,
    if(persons < 10 or is_hidden, null, (persons + 5)::bigint // 10 * 10) as persons,
    persons < 10 or is_hidden as is_hidden
from counted
inner join touched using (kind, code, help_type)
order by kind, code, help_type
