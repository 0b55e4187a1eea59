-- Social workers by prefecture as last reported by the end of the period, one row per prefecture; usual order.
-- The last half-year of which anyone has reported, as in P2-08; null for a prefecture that has not. Counties do not report.
-- facts S046 S048
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return report_period VARCHAR
-- return report_status VARCHAR
-- return social_workers BIGINT
-- return workers_per_10k DOUBLE
-- return certified_workers BIGINT
-- return party_workers BIGINT
-- return posts BIGINT
with latest as (
    select max(report_period) as report_period
    from reported_stats
    where
        item_code = 'SW_STOCK'
        and report_period <= year(last_day_of($period)) || 'Q' || quarter(last_day_of($period))
)

select
    r.prefecture_code as region_code,
    r.short_zh as region_name,
    l.report_period,
    if(count(s.value) > 0, '已报', unsent_status(r.prefecture_code)) as report_status,
    max(s.value) filter (s.item_code::varchar = 'SW_STOCK')::bigint as social_workers,
    (social_workers * 10000 / r.pop_census_2020)::double as workers_per_10k,
    max(s.value) filter (s.item_code::varchar = 'SW_CERT')::bigint as certified_workers,
    max(s.value) filter (s.item_code::varchar = 'SW_PARTY')::bigint as party_workers,
    max(s.value) filter (s.item_code::varchar = 'SW_POST')::bigint as posts
from prefectures as r
cross join latest as l
left join reported_stats as s on r.prefecture_code = s.prefecture_code and l.report_period = s.report_period
where in_place($place, r.prefecture_code, null)
group by r.prefecture_code, r.short_zh, r.order_prov, r.pop_census_2020, l.report_period
order by r.order_prov
