-- Activities one organization held up to the as-of date, one row per type and year; participants are person-times.
-- param org  organization code
-- return activity_type VARCHAR
-- return year VARCHAR
-- return activities BIGINT
-- return participants BIGINT
select
    activity_type::varchar as activity_type,
    year(activity_date)::varchar as year,
    count(*) as activities,
    sum(participants)::bigint as participants
from activities
where org_id = $org
group by activity_type, year(activity_date)
order by year, activity_type
