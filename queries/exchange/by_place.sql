-- Events of the period that bring supply and demand together, one row per place one level down and kind; all places.
-- An event counts where it was held; 省本级 has its own row. Together they are indicator P4-07.
-- facts S108 S109
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return activity_type VARCHAR
-- return activities BIGINT
-- return participants BIGINT
with held as (
    select
        activity_id,
        participants,
        meaning('activity_type', activity_type) as activity_meant,
        part_code($place, prefecture_code, county_code) as region_code
    from activities
    where
        activity_date between first_day($period) and last_day_of($period)
        and activity_meant in (select activity_type from exchange_types())
        and in_place($place, prefecture_code, county_code)
)

select
    r.region_code,
    r.region_name,
    t.activity_type,
    count(h.activity_id) as activities,
    coalesce(sum(h.participants), 0)::bigint as participants
from parts_of($place) as r
cross join exchange_types() as t
left join held as h on r.region_code = h.region_code and t.activity_type = h.activity_meant
where not r.is_rest or r.region_code in (select region_code from held)
group by r.region_code, r.region_name, r.sort_order, t.activity_type, t.nr
order by r.sort_order, t.nr
