-- Party members in help activities of the period, person-times; always one row. Help activities are all but those of Party building.
-- All is null where the place has not reported.
-- facts S023
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return activities BIGINT
-- return participants BIGINT
-- return party_members BIGINT
-- return member_rate DOUBLE
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
        category::varchar != '党建'
        and activity_date between first_day($period) and last_day_of($period)
        and in_place($place, prefecture_code, county_code)
)

select
    if(is_unknown, null, activities) as activities,
    if(is_unknown, null, participants) as participants,
    if(is_unknown, null, party_members) as party_members,
    if(is_unknown, null, rate(party_members, participants)) as member_rate
from held
order by all
