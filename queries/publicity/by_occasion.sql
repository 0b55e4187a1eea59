-- Organizations by the occasion at which they were told of the policies, at the end of the period, one row per occasion (all four) and one for those not told.
-- Where a prefecture has left the dates empty its organizations are 数据不全, a row of its own and out of the shares;
-- the others are null where all are.
-- facts S037
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return publicity_occasion VARCHAR
-- return organizations BIGINT
-- return share_rate DOUBLE
with occasions as (
    select
        unnest(['年检', '抽查', '评估', '换届', '未宣传', '数据不全']) as publicity_occasion,
        unnest([1, 2, 3, 4, 5, 6]) as nr
),

booked as (
    select publicity_occasion
    from publicity_told(last_day_of($period))
    where in_place($place, prefecture_code, county_code)
)

select
    o.publicity_occasion,
    if(
        o.nr < 6
        and sum(count(b.publicity_occasion)) filter (o.nr < 6) over () = 0
        and sum(count(b.publicity_occasion)) over () > 0,
        null,
        count(b.publicity_occasion)
    ) as organizations,
    if(
        o.publicity_occasion = '数据不全',
        null,
        rate(
            count(b.publicity_occasion),
            sum(count(b.publicity_occasion)) filter (o.nr < 6) over ()
        )
    ) as share_rate
from occasions as o
left join booked as b using (publicity_occasion)
group by o.publicity_occasion, o.nr
having o.publicity_occasion != '数据不全' or count(b.publicity_occasion) > 0
order by o.nr
