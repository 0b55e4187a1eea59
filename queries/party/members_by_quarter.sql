-- Party members in help activities in each quarter up to the period, person-times, one row per quarter and category of activity (six); zeros too.
-- Null for a quarter of which the place has sent in nothing.
-- facts S023
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return period VARCHAR
-- return period_label VARCHAR
-- return category VARCHAR
-- return activities BIGINT
-- return participants BIGINT
-- return party_members BIGINT
with kinds as (
    select
        unnest(['政策宣传', '培训', '业务指导', '交流推进', '协议签署', '专家行动']) as category,
        unnest([1, 2, 3, 4, 5, 6]) as nr
)

select
    q.period,
    q.label as period_label,
    k.category,
    if(any_value(n.period) is null, null, count(a.activity_id)) as activities,
    if(any_value(n.period) is null, null, coalesce(sum(a.participants), 0))::bigint as participants,
    if(any_value(n.period) is null, null, coalesce(sum(a.party_members), 0))::bigint as party_members
from periods as q
cross join kinds as k
left join reported_quarters($place, 'activities') as n on q.period = n.period
left join activities as a
    on
        k.category = a.category::varchar
        and a.activity_date between q.start_date and q.last_date
        and in_place($place, a.prefecture_code, a.county_code)
where q.kind::varchar = 'quarter' and q.last_date <= last_day_of($period)
group by q.period, q.label, q.start_date, k.category, k.nr
order by q.start_date, k.nr
