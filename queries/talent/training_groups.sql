-- Person-times trained in the period by whom the training is for, one row per group; the groups overlap and do not add up.
-- The share is of all person-times; null without a training.
-- facts S047 S048 S049 S050 S051
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return training_group VARCHAR
-- return participants BIGINT
-- return share_rate DOUBLE
with trained as (
    select *
    from activities
    where
        meaning('activity_type', activity_type) = '领头雁培训'
        and activity_date between first_day($period) and last_day_of($period)
        and in_place($place, prefecture_code, county_code)
),

counted as (
    select
        unnest(['本土社工', '少数民族骨干', '志愿者', '党员']) as training_group,
        unnest([1, 2, 3, 4]) as nr,
        unnest([sum(local_participants), sum(minority_participants), sum(volunteers), sum(party_members)])
            as participants,
        sum(participants) as all_participants
    from trained
)

select
    training_group,
    coalesce(participants, 0)::bigint as participants,
    rate(participants, all_participants) as share_rate
from counted
order by nr
