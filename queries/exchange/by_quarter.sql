-- Events that bring supply and demand together, one row per quarter up to the end of the period and kind; zeros included.
-- facts S108 S109
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
    t.activity_type,
    count(a.activity_id) as activities,
    coalesce(sum(a.participants), 0)::bigint as participants
from periods as q
cross join exchange_types() as t
left join activities as a
    on
        t.activity_type = meaning('activity_type', a.activity_type)
        and a.activity_date between q.start_date and q.last_date
        and in_place($place, a.prefecture_code, a.county_code)
where q.kind = 'quarter' and q.last_date <= last_day_of($period)
group by q.period, q.label, q.start_date, t.activity_type, t.nr
order by q.start_date, t.nr
