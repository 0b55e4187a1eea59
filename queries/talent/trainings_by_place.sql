-- 领头雁 trainings of the period by place one level down, one row per place; all places, usual order.
-- The groups overlap and do not add up to the person-times; the local share is null without a training.
-- facts S047 S049 S050 S051
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return trainings BIGINT
-- return participants BIGINT
-- return local_participants BIGINT
-- return minority_participants BIGINT
-- return volunteers BIGINT
-- return local_rate DOUBLE
with trained as (
    select
        *,
        part_code($place, prefecture_code, county_code) as region_code
    from activities
    where
        meaning('activity_type', activity_type) = '领头雁培训'
        and activity_date between first_day($period) and last_day_of($period)
        and in_place($place, prefecture_code, county_code)
)

select
    r.region_code,
    r.region_name,
    count(t.activity_id) as trainings,
    coalesce(sum(t.participants), 0)::bigint as participants,
    coalesce(sum(t.local_participants), 0)::bigint as local_participants,
    coalesce(sum(t.minority_participants), 0)::bigint as minority_participants,
    coalesce(sum(t.volunteers), 0)::bigint as volunteers,
    rate(sum(t.local_participants), sum(t.participants)) as local_rate
from parts_of($place) as r
left join trained as t on r.region_code = t.region_code
where not r.is_rest or r.region_code in (select region_code from trained)
group by r.region_code, r.region_name, r.sort_order
order by r.sort_order
