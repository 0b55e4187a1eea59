-- Organizations by the way in which the Party covers them at the end of the period, one row per way (all five) and one for those not covered.
-- facts S014 S015 S016 S017 S018 S019
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return party_cover_mode VARCHAR
-- return organizations BIGINT
-- return share_rate DOUBLE
-- return counts_strictly BOOLEAN
with ways as (
    select
        unnest(['单独成立', '联合成立', '功能型党组织', '选派党建指导员', '挂靠组建', '未覆盖']) as party_cover_mode,
        unnest([1, 2, 3, 4, 5, 6]) as nr
),

booked as (
    select if(party_cover_date <= last_day_of($period), party_cover_mode::varchar, '未覆盖') as party_cover_mode
    from act_orgs(last_day_of($period))
    where in_place($place, prefecture_code, county_code)
)

select
    w.party_cover_mode,
    count(b.party_cover_mode) as organizations,
    rate(count(b.party_cover_mode), sum(count(b.party_cover_mode)) over ()) as share_rate,
    w.party_cover_mode not in ('选派党建指导员', '未覆盖') as counts_strictly
from ways as w
left join booked as b using (party_cover_mode)
group by w.party_cover_mode, w.nr
order by w.nr
