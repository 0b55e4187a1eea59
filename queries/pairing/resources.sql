-- Projects of a place by kind of resource won and partner, one row per kind (four) and partner (all five, 无 too).
-- Under way at the end of the period; a project may win several kinds, so that kinds do not add up.
-- facts S114
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return resource_type VARCHAR
-- return cross_province VARCHAR
-- return projects BIGINT
with kinds as (
    select
        unnest(['项目', '资金', '技术', '人才']) as resource_type,
        unnest([1, 2, 3, 4]) as nr
),

partners as (
    select
        unnest(['上海', '广东', '全国性组织', '其他', '无']) as cross_province,
        unnest([1, 2, 3, 4, 5]) as partner_nr
),

won as (
    select
        project_id,
        cross_province::varchar as cross_province,
        unnest(list_distinct(resource_types)) as resource_type
    from projects_of($place)
    where running(start_date, actual_end_date, last_day_of($period))
)

select
    k.resource_type,
    p.cross_province,
    count(w.project_id) as projects
from kinds as k
cross join partners as p
left join won as w on k.resource_type = w.resource_type and p.cross_province = w.cross_province
group by k.resource_type, k.nr, p.cross_province, p.partner_nr
order by k.nr, p.partner_nr
