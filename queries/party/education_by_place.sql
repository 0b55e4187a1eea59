-- 主题教育 in the period by place one level down, one row per place, the highest participation first; all places.
-- Events by where they were held, organizations by where they are registered (P1-06); the rate is null without a covered organization, all is null without a return.
-- facts S022
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return participation_rate DOUBLE
-- return organizations_educated BIGINT
-- return organizations_covered BIGINT
-- return activities BIGINT
-- return participants BIGINT
-- return party_members BIGINT
with held as (
    select
        part_code($place, prefecture_code, county_code) as region_code,
        count(*) as activities,
        sum(participants) as participants,
        sum(party_members) as party_members
    from activities
    where
        meaning('activity_type', activity_type) = '主题教育'
        and activity_date between first_day($period) and last_day_of($period)
        and in_place($place, prefecture_code, county_code)
    group by all
)

select
    r.region_code,
    r.region_name,
    v.value as participation_rate,
    v.num::bigint as organizations_educated,
    v.den::bigint as organizations_covered,
    if(u.region_code is null, coalesce(h.activities, 0), null) as activities,
    if(u.region_code is null, coalesce(h.participants, 0), null)::bigint as participants,
    if(u.region_code is null, coalesce(h.party_members, 0), null)::bigint as party_members
from parts_of($place) as r
left join held as h on r.region_code = h.region_code
left join unreported($period, 'activities') as u on r.region_code = u.region_code and r.is_rest = u.is_rest
left join indicator_values as v
    on
        v.indicator_code = 'P1-06' and v.period = $period
        and r.region_code = v.region_code and r.is_rest = (v.level::varchar = 'unallocated')
where not r.is_rest or h.activities > 0 or v.den > 0
order by participation_rate desc nulls last, r.sort_order asc
