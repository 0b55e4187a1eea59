-- Money and goods received in the period, from source over the project's sector to the kind of place, one row per combination that occurs; yuan net of reversals.
-- Kinds of place: of the province its prefectures, of a prefecture or county its counties; what is not allocated has a kind of its own.
-- facts S002
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return source VARCHAR
-- return sector VARCHAR
-- return place_kind VARCHAR
-- return received_yuan DOUBLE
with deep as (
    select distinct prefecture_code from counties
    where is_deep_poverty
),

received as (
    select
        f.source::varchar as source,
        coalesce(p.sector::varchar, '未关联项目') as sector,
        case
            when $place = '530000' and f.prefecture_code = '530000' then '省本级'
            when $place = '530000' and d.is_sqsz then '三区三州'
            when $place = '530000' and k.prefecture_code is not null then '其他深度贫困州市'
            when $place = '530000' then '其他州市'
            when f.county_code is null then '未分解到县'
            when c.is_deep_poverty then '深度贫困县'
            when c.is_poverty_county then '其他贫困县'
            else '非贫困县'
        end as place_kind,
        net_yuan(f.amount_yuan, f.is_reversal) as yuan
    from funds as f
    left join projects as p using (project_id)
    left join prefectures as d on f.prefecture_code = d.prefecture_code
    left join counties as c on f.county_code = c.county_code
    left join deep as k on f.prefecture_code = k.prefecture_code
    where
        f.stage = '到账'
        and f.event_date between first_day($period) and last_day_of($period)
        and in_place($place, f.prefecture_code, f.county_code)
)

select
    source,
    sector,
    place_kind,
    sum(yuan)::double as received_yuan
from received
group by source, sector, place_kind
order by
    sum(sum(yuan)) over (partition by source) desc, source asc,
    sum(sum(yuan)) over (partition by sector) desc, sector asc,
    place_kind asc
