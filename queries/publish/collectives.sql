-- Fills collectives, one row per record of a group (a school, a village) of ten or more; its size rounded to 10.
-- A size is told only where the standing cube tells the cell (year, county, kind of help) and where what is left of every
-- cell that tells the group too is nothing or ten or more: no small remainder can be found by taking groups off it.
-- The cells: county, year and kind of help; and as far as they are told county and period, project or programme, with its
-- kind of help and without.
insert into collectives
with served as (
    select b.*, p.programme_code
    from beneficiaries as b
    left join projects as p using (project_id)
),

cells as (
    select
        concat_ws('/', county_code, year(service_date), help_type) as cell,
        record_id,
        subject_key,
        subject_type,
        headcount
    from served
    union all
    select concat_ws('/', s.county_code, p.period), s.record_id, s.subject_key, s.subject_type, s.headcount
    from served as s
    inner join periods as p on s.service_date between p.start_date and p.last_date
    semi join people_counts as c
        on
            s.county_code = c.region_code and p.period = c.period
            and c.measure = 'persons' and c.dimension = 'all' and not c.is_hidden
    union all
    select
        concat_ws('/', r.kind, r.code, r.help_type), s.record_id, s.subject_key, s.subject_type, s.headcount
    from served as s
    inner join people_reached as r
        on
            r.help_type in ('全部', s.help_type::varchar) and not r.is_hidden
            and r.code = if(r.kind = 'project', s.project_id, s.programme_code)
),

with_groups as (
    select distinct cell
    from cells
    where subject_type = '集体' and headcount >= 10
),

by_subject as (
    select
        c.cell,
        c.subject_key,
        max(c.headcount) as persons,
        bool_and(c.subject_type = '集体') as is_group
    from cells as c
    semi join with_groups as g on c.cell = g.cell
    group by all
),

left_over as (
    select cell, coalesce(sum(persons) filter (not is_group or persons < 10), 0) as persons
    from by_subject
    group by cell
),

safe as (
    select c.record_id, bool_and(l.persons = 0 or l.persons >= 10) as is_safe
    from cells as c
    inner join left_over as l using (cell)
    where c.subject_type = '集体' and c.headcount >= 10
    group by c.record_id
)

select
    b.record_id,
    b.project_id,
    b.org_id,
    b.service_date,
    b.prefecture_code,
    b.county_code,
    b.help_type,
    if(s.is_safe and not c.is_hidden, (b.headcount + 5) // 10 * 10, null) as headcount,
    coalesce(c.is_hidden, true) or not s.is_safe as is_hidden,
    b.source_file,
    b.source_row
from beneficiaries as b
inner join safe as s using (record_id)
left join people_counts as c
    on
        b.help_type::varchar = c.member and year(b.service_date)::varchar = c.period
        and b.county_code = c.region_code
        and c.measure = 'persons' and c.dimension = 'help_type'
order by b.record_id
