-- Activities of Party building in each quarter up to the period, one row per quarter and kind (three); zeros too.
-- Null for a quarter of which the place has sent in nothing.
-- facts S024 S022 S021
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return period VARCHAR
-- return period_label VARCHAR
-- return activity_type VARCHAR
-- return activities BIGINT
-- return organizers BIGINT
-- return participants BIGINT
-- return party_members BIGINT
with kinds as (
    select
        unnest(['党群活动', '主题教育', '支部规范化验收']) as activity_type,
        unnest([1, 2, 3]) as nr
)

select
    q.period,
    q.label as period_label,
    k.activity_type,
    if(any_value(n.period) is null, null, count(a.activity_id)) as activities,
    if(any_value(n.period) is null, null, count(distinct a.org_id)) as organizers,
    if(any_value(n.period) is null, null, coalesce(sum(a.participants), 0))::bigint as participants,
    if(any_value(n.period) is null, null, coalesce(sum(a.party_members), 0))::bigint as party_members
from periods as q
cross join kinds as k
left join reported_quarters($place, 'activities') as n on q.period = n.period
left join activities as a
    on
        a.category::varchar = '党建'
        and k.activity_type = meaning('activity_type', a.activity_type)
        and a.activity_date between q.start_date and q.last_date
        and in_place($place, a.prefecture_code, a.county_code)
where q.kind::varchar = 'quarter' and q.last_date <= last_day_of($period)
group by q.period, q.label, q.start_date, k.activity_type, k.nr
order by k.nr, q.start_date
