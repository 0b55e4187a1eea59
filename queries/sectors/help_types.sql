-- Kinds of help in a place, one row per kind of the list (the article's fifteen first), persons of the period's whole year.
-- Persons are distinct within a kind and not additive; null is hidden. Projects: begun by the end of the period, so labelled.
-- facts S062 S063
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return help_group VARCHAR
-- return help_type VARCHAR
-- return persons BIGINT
-- return is_hidden BOOLEAN
-- return projects BIGINT
with shipped as (
    select
        unnest([
            '扶贫济困', '扶老', '救孤', '助学', '救医', '扶智', '扶志',
            '产业帮扶', '技能培训', '小额信贷', '疾病筛查', '免费治疗', '康复服务', '能源替代', '文艺服务'
        ]) as help_type,
        unnest(range(1, 16)) as nr
),

-- Those of the article first, in its groups; what an office has added follows in its own order.
kinds as (
    select
        c.code as help_type,
        coalesce(s.nr, 15 + row_number() over (order by s.nr nulls last, c.sort_order, c.code)) as nr
    from code_lists as c
    left join shipped as s on c.code = s.help_type
    where c.list = 'help_type'
),

labelled as (
    select unnest(list_distinct(aid_types)) as help_type
    from projects_of($place)
    where start_date <= last_day_of($period)
),

counted as (
    select
        help_type,
        count(*) as projects
    from labelled
    group by help_type
)

select
    case
        when k.nr <= 5 then '扶贫济困、扶老救孤、助学救医'
        when k.nr <= 7 then '扶智、扶志'
        when k.nr <= 10 then '产业、技能、信贷'
        when k.nr <= 15 then '健康、能源、文艺'
        else '其他'
    end as help_group,
    k.help_type,
    if(p.is_hidden, null, coalesce(p.value, 0)) as persons,
    coalesce(p.is_hidden, false) as is_hidden,
    coalesce(c.projects, 0) as projects
from kinds as k
left join counted as c using (help_type)
left join people_counts as p
    on
        k.help_type = p.member
        and p.measure = 'persons'
        and p.dimension = 'help_type'
        and p.period = left($period, 4)
        and p.region_code = $place
order by k.nr
