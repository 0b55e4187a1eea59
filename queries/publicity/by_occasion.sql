-- Organizations by the occasion at which they were told of the policies, at the end of the period, one row per occasion (all four) and one for those not told.
-- facts S037
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return publicity_occasion VARCHAR
-- return organizations BIGINT
-- return share_rate DOUBLE
with occasions as (
    select
        unnest(['年检', '抽查', '评估', '换届', '未宣传']) as publicity_occasion,
        unnest([1, 2, 3, 4, 5]) as nr
),

booked as (
    select
        if(publicity_date <= last_day_of($period), publicity_occasion::varchar, '未宣传') as publicity_occasion
    from act_orgs(last_day_of($period))
    where in_place($place, prefecture_code, county_code)
)

select
    o.publicity_occasion,
    count(b.publicity_occasion) as organizations,
    rate(count(b.publicity_occasion), sum(count(b.publicity_occasion)) over ()) as share_rate
from occasions as o
left join booked as b using (publicity_occasion)
group by o.publicity_occasion, o.nr
order by o.nr
