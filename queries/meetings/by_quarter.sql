-- Coordination meetings in each quarter up to the end of the period, one row per quarter; quarters without one too.
-- facts S032
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return period VARCHAR
-- return period_label VARCHAR
-- return activity_type VARCHAR
-- return activities BIGINT
-- return participants BIGINT
select
    q.period,
    q.label as period_label,
    '协调会议' as activity_type,
    count(a.activity_id) as activities,
    coalesce(sum(a.participants), 0)::bigint as participants
from periods as q
left join activities as a
    on
        meaning('activity_type', a.activity_type) = '协调会议'
        and a.activity_date between q.start_date and q.last_date
        and in_place($place, a.prefecture_code, a.county_code)
where q.kind::varchar = 'quarter' and q.last_date <= last_day_of($period)
group by q.period, q.label, q.start_date
order by q.start_date
