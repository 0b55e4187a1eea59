-- True counts of people, one row per measure, dimension, member, period and county; not yet protected.
-- A subject (person, household, group) has one home county; within a cell it counts once, with its largest headcount.
-- A subject's poverty category in a period is that of its latest service, so that categories are disjoint.
-- return measure VARCHAR
-- return dimension VARCHAR
-- return member VARCHAR
-- return period VARCHAR
-- return county_code VARCHAR
-- return value BIGINT
with categories as (
    select
        code as poverty_category,
        row_number() over (order by sort_order, code) - 1 as nr,
        registered_poor(code) as is_poor
    from code_lists
    where list = 'poverty_category'
),

by_quarter as (
    select
        -- the key is sixteen hex digits: as a number it groups several times faster
        ('0x' || subject_key)::ubigint as subject,
        county_code,
        help_type,
        year(service_date) * 10 + quarter(service_date) as quarter_code,
        max(headcount) as persons,
        max(headcount) filter (is_poor) as poor_persons,
        sum(headcount) filter (is_poor) as poor_times,
        -- day and category in one number: the largest is the latest
        max((service_date - date '2000-01-01') * 1024 + nr) as latest
    from beneficiaries
    inner join categories using (poverty_category)
    group by all
),

-- Every period is made of quarters; an unfinished one has no rows after its last date.
quarters as (
    select p.period, q.year * 10 + right(q.period, 1)::integer as quarter_code
    from periods as p
    inner join periods as q on q.kind = 'quarter' and q.start_date between p.start_date and p.last_date
),

by_help_type as (
    select
        period,
        county_code,
        subject,
        help_type,
        max(persons) as persons,
        max(poor_persons) as poor_persons,
        sum(poor_times) as poor_times,
        max(latest) as latest
    from by_quarter
    inner join quarters using (quarter_code)
    group by all
),

by_subject as (
    select
        period,
        county_code,
        max(persons) as persons,
        max(poor_persons) as poor_persons,
        sum(poor_times) as poor_times,
        (max(latest) % 1024)::integer as category_code
    from by_help_type
    group by period, county_code, subject
),

households as (
    select p.period, b.county_code, count(distinct b.subject_key) as households
    from beneficiaries as b
    inner join periods as p on b.service_date <= p.last_date
    where is_microcredit(b.help_type) and registered_poor(b.poverty_category)
    group by all
),

totals as (
    select
        period,
        county_code,
        sum(persons) as persons,
        sum(poor_persons) as poor_persons,
        sum(poor_times) as poor_times
    from by_subject
    group by all
)

select 'persons' as measure, 'all' as dimension, '全部' as member, period, county_code, persons::bigint as value
from totals
union all
select 'persons', 'registered_poor', '全部', period, county_code, poor_persons::bigint
from totals
where poor_persons > 0
union all
select 'person_times', 'registered_poor', '全部', period, county_code, poor_times::bigint
from totals
where poor_times > 0
union all
select
    'persons',
    'poverty_category',
    c.poverty_category,
    period,
    county_code,
    sum(persons)::bigint
from by_subject as s
inner join categories as c on s.category_code = c.nr
group by all
union all
select 'persons', 'help_type', help_type::varchar, period, county_code, sum(persons)::bigint
from by_help_type
group by all
union all
select 'households', 'microcredit', '全部', period, county_code, households::bigint
from households
order by all
