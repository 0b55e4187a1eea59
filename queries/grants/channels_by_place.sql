-- Money received in the period by place one level down and channel, one row per place and channel; all places.
-- The two channels of civil affairs stand alone, all others together; 省本级 has its own row.
-- facts S101
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return channel VARCHAR
-- return received_yuan DOUBLE
with channels as (
    select
        unnest(['中央财政', '福彩公益金', '其他渠道']) as channel,
        unnest([1, 2, 3]) as nr
),

received as (
    select
        part_code($place, prefecture_code, county_code) as region_code,
        if(
            meaning('fund_source', source) in ('中央财政', '福彩公益金'), meaning('fund_source', source), '其他渠道'
        ) as channel,
        net_yuan(amount_yuan, is_reversal) as net
    from funds
    where
        stage = '到账'
        and event_date between first_day($period) and last_day_of($period)
        and in_place($place, prefecture_code, county_code)
)

select
    r.region_code,
    r.region_name,
    c.channel,
    coalesce(sum(m.net), 0)::double as received_yuan
from parts_of($place) as r
cross join channels as c
left join received as m on r.region_code = m.region_code and c.channel = m.channel
where not r.is_rest or $place = '530000' or r.region_code in (select region_code from received)
group by r.region_code, r.region_name, r.sort_order, c.channel, c.nr
order by r.sort_order, c.nr
