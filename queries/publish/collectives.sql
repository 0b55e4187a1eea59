-- Fills collectives, one row per record of a group (a school, a village) of ten or more; its size rounded to 10.
-- A size is told only where the standing cube tells the cell (year, county, kind of help) and that cell holds nothing
-- but groups of ten or more: no small remainder can be found by taking groups off it.
insert into collectives
with by_subject as (
    select
        county_code,
        year(service_date)::varchar as period,
        help_type::varchar as help_type,
        subject_key,
        max(headcount) as persons,
        bool_and(subject_type = '集体') as is_group
    from beneficiaries
    group by all
),

told as (
    select
        county_code,
        period,
        help_type,
        sum(persons) = sum(persons) filter (is_group and persons >= 10) as is_groups_only
    from by_subject
    group by all
)

select
    b.record_id,
    b.project_id,
    b.org_id,
    b.service_date,
    b.prefecture_code,
    b.county_code,
    b.help_type,
    if(t.is_groups_only and not c.is_hidden, (b.headcount + 5) // 10 * 10, null) as headcount,
    coalesce(c.is_hidden, true) or not coalesce(t.is_groups_only, false) as is_hidden,
    b.source_file,
    b.source_row
from beneficiaries as b
inner join told as t
    on
        b.county_code = t.county_code and year(b.service_date)::varchar = t.period
        and b.help_type::varchar = t.help_type
left join people_counts as c
    on
        c.measure = 'persons' and c.dimension = 'help_type'
        and t.help_type = c.member and t.period = c.period and t.county_code = c.region_code
where b.subject_type = '集体' and b.headcount >= 10
order by b.record_id
