-- Organizations on the books by latest inspection, rating and registration status, one row per aspect and grade; all grades, zeros too.
-- A rating counts from its date; rated without a date is a grade of its own, out of the shares. Inspection and status are those of the snapshot's date: who has left the books since was in order before.
-- facts S010
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return aspect VARCHAR
-- return grade VARCHAR
-- return organizations BIGINT
-- return share_rate DOUBLE
with booked as (
    select
        coalesce(inspection_result::varchar, '未填报') as inspection,
        case
            when rating is null then '不详'
            when rating_date is null and rating::varchar != '未评估' then '未填日期'
            when rating_date <= last_day_of($period) then rating::varchar
            else '未评估'
        end as rated,
        if(
            list_contains(words_meaning('org_status', ['注销', '撤销', '吊销']), status::varchar),
            '此后退出',
            meaning('org_status', status)
        ) as status
    from act_orgs(last_day_of($period))
    where in_place($place, prefecture_code, county_code)
),

grades as (
    select
        '年检结论' as aspect,
        unnest(['合格', '基本合格', '不合格', '未参检', '不适用', '未填报']) as grade,
        unnest([11, 12, 13, 14, 15, 16]) as nr
    union all
    select
        '评估等级',
        unnest(['5A', '4A', '3A', '2A', '1A', '未评估', '未填日期', '不详']),
        unnest([21, 22, 23, 24, 25, 26, 27, 28])
    union all
    select
        '登记状态',
        unnest(['正常', '活动异常', '严重违法失信', '此后退出']),
        unnest([31, 32, 33, 34])
),

graded as (
    select '年检结论' as aspect, inspection as grade from booked
    union all
    select '评估等级', rated from booked
    union all
    select '登记状态', status from booked
)

select
    g.aspect,
    g.grade,
    count(b.grade) as organizations,
    if(
        g.grade in ('未填日期', '不详'),
        null,
        rate(
            count(b.grade),
            sum(count(b.grade)) filter (g.grade not in ('未填日期', '不详')) over (partition by g.aspect)
        )
    ) as share_rate
from grades as g
left join graded as b on g.aspect = b.aspect and g.grade = b.grade
group by g.aspect, g.grade, g.nr
having g.grade not in ('未填日期', '不详') or count(b.grade) > 0
order by g.nr
