-- 领头雁 trainings of the period in one row: how many, by how many organizations, how many person-times, what share is local.
-- facts S047 S050 S051
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return trainings BIGINT
-- return organizations BIGINT
-- return participants BIGINT
-- return local_rate DOUBLE
select
    count(*) as trainings,
    count(distinct org_id) as organizations,
    coalesce(sum(participants), 0)::bigint as participants,
    rate(sum(local_participants), sum(participants)) as local_rate
from activities
where
    meaning('activity_type', activity_type) = '领头雁培训'
    and activity_date between first_day($period) and last_day_of($period)
    and in_place($place, prefecture_code, county_code)
order by all
