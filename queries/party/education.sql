-- 主题教育 of a place in the period: events held there, and its covered organizations that took part (P1-06); always one row.
-- Person-times are not persons. All is null where the place has not reported.
-- facts S022
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return activities BIGINT
-- return participants BIGINT
-- return party_members BIGINT
-- return organizations_educated BIGINT
-- return organizations_covered BIGINT
-- return participation_rate DOUBLE
with held as (
    select
        count(*) as activities,
        coalesce(sum(participants), 0)::bigint as participants,
        coalesce(sum(party_members), 0)::bigint as party_members,
        $place in (
            select region_code
            from unreported($period, 'activities')
            where not is_rest
        ) as is_unknown
    from activities
    where
        meaning('activity_type', activity_type) = '主题教育'
        and activity_date between first_day($period) and last_day_of($period)
        and in_place($place, prefecture_code, county_code)
),

took_part as (
    select
        max(num)::bigint as organizations_educated,
        max(den)::bigint as organizations_covered
    from indicator_values
    where
        indicator_code = 'P1-06' and period = $period and region_code = $place
        and level::varchar in ('province', 'prefecture', 'county')
)

select
    if(h.is_unknown, null, h.activities) as activities,
    if(h.is_unknown, null, h.participants) as participants,
    if(h.is_unknown, null, h.party_members) as party_members,
    t.organizations_educated,
    t.organizations_covered,
    rate(t.organizations_educated, t.organizations_covered) as participation_rate
from held as h
cross join took_part as t
order by all
