-- Organizations by the way in which the Party covers them at the end of the period, one row per way (all five) and one for those not covered.
-- Those of whom it is unknown are a row of their own where there are any, out of the shares.
-- facts S014 S015 S016 S017 S018 S019
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return party_cover_mode VARCHAR
-- return organizations BIGINT
-- return share_rate DOUBLE
-- return counts_strictly BOOLEAN
with ways as (
    select
        unnest(['单独成立', '联合成立', '功能型党组织', '选派党建指导员', '挂靠组建', '未覆盖', '不详']) as party_cover_mode,
        unnest([1, 2, 3, 4, 5, 6, 7]) as nr
),

booked as (
    select
        case
            when party_cover_date <= last_day_of($period) then party_cover_mode::varchar
            when coverage_known(party_cover_mode, party_cover_date) then '未覆盖'
            else '不详'
        end as party_cover_mode
    from act_orgs(last_day_of($period))
    where in_place($place, prefecture_code, county_code)
)

select
    w.party_cover_mode,
    count(b.party_cover_mode) as organizations,
    if(
        w.party_cover_mode = '不详',
        null,
        rate(
            count(b.party_cover_mode),
            sum(count(b.party_cover_mode)) filter (w.party_cover_mode != '不详') over ()
        )
    ) as share_rate,
    w.party_cover_mode not in ('选派党建指导员', '未覆盖', '不详') as counts_strictly
from ways as w
left join booked as b using (party_cover_mode)
group by w.party_cover_mode, w.nr
having w.party_cover_mode != '不详' or count(b.party_cover_mode) > 0
order by w.nr
