-- Rows behind P2-08: the latest reported number of social workers, one row per prefecture; the highest rate first.
with latest as (
    select max(report_period) as report_period
    from reported_stats
    where
        item_code = 'SW_STOCK'
        and report_period <= year(last_day_of($period)) || 'Q' || quarter(last_day_of($period))
)

select
    s.prefecture_code as item_id,
    d.name_zh as item,
    format('{} 上报 {:,.0f} 人；常住人口 {:,} 人', s.report_period, s.value::double, d.pop_census_2020) as detail,
    place_named(s.prefecture_code, null) as place_name,
    s.value::double as num,
    (d.pop_census_2020 / 10000)::double as den,
    s.source_file,
    s.source_row
from reported_stats as s
inner join latest using (report_period)
inner join prefectures as d using (prefecture_code)
where
    s.item_code = 'SW_STOCK'
    and in_place($place, s.prefecture_code, null)
order by num / den desc, s.prefecture_code asc
