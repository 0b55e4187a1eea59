-- Organizations by place one level down and occasion of publicity at the end of the period, one row per place and occasion; all places, usual order.
-- reach_rate is the place's, the same in each of its rows; null where no organization is on the books.
-- Organizations of a prefecture that has left the dates empty are 数据不全 and out of the rate; the others are null where all are.
-- facts S037
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return publicity_occasion VARCHAR
-- return organizations BIGINT
-- return reach_rate DOUBLE
with occasions as (
    select
        unnest(['年检', '抽查', '评估', '换届', '未宣传', '数据不全']) as publicity_occasion,
        unnest([1, 2, 3, 4, 5, 6]) as nr
),

booked as (
    select
        part_code($place, prefecture_code, county_code) as region_code,
        publicity_occasion
    from publicity_told(last_day_of($period))
    where in_place($place, prefecture_code, county_code)
)

select
    r.region_code,
    r.region_name,
    o.publicity_occasion,
    if(
        o.nr < 6
        and sum(count(b.region_code)) filter (o.nr < 6) over (partition by r.region_code) = 0
        and sum(count(b.region_code)) over (partition by r.region_code) > 0,
        null,
        count(b.region_code)
    ) as organizations,
    rate(
        sum(count(b.region_code)) filter (o.nr < 5) over (partition by r.region_code),
        sum(count(b.region_code)) filter (o.nr < 6) over (partition by r.region_code)
    ) as reach_rate
from parts_of($place) as r
cross join occasions as o
left join booked as b on r.region_code = b.region_code and o.publicity_occasion = b.publicity_occasion
where
    (not r.is_rest or r.region_code in (select region_code from booked))
    and (o.nr < 6 or o.publicity_occasion in (select publicity_occasion from booked))
group by r.region_code, r.region_name, r.sort_order, o.publicity_occasion, o.nr
order by r.sort_order, o.nr
