-- What the prefectures reported of social workers at the end of each half-year up to the period, one row per half-year and item.
-- The sum is of the prefectures that reported; null when none did. Counties do not report: no row.
-- facts S046 S048
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return report_period VARCHAR
-- return period_label VARCHAR
-- return stat_item VARCHAR
-- return unit VARCHAR
-- return stat_value DOUBLE
-- return places_reported BIGINT
-- return places_due BIGINT
with items as (
    select
        unnest(['SW_STOCK', 'SW_CERT', 'SW_PARTY', 'SW_POST']) as item_code,
        unnest(['社会工作专业人才', '持证社工', '党员社工', '社工岗位']) as stat_item,
        unnest(['人', '人', '人', '个']) as unit,
        unnest([1, 2, 3, 4]) as nr
),

halves as (
    select
        format('{}Q{}', year, quarter(end_date)) as report_period,
        format('{}年{}月末', year, month(end_date)) as label,
        end_date
    from periods
    where kind = 'half' and end_date <= last_day_of($period)
),

counted as (
    select
        h.report_period,
        h.label,
        h.end_date,
        i.stat_item,
        i.unit,
        i.nr,
        sum(s.value)::double as stat_value,
        count(s.value) as places_reported,
        count(*) as places_due
    from halves as h
    cross join items as i
    cross join prefectures as r
    left join reported_stats as s
        on
            h.report_period = s.report_period and i.item_code = s.item_code::varchar
            and r.prefecture_code = s.prefecture_code
    where in_place($place, r.prefecture_code, null)
    group by h.report_period, h.label, h.end_date, i.stat_item, i.unit, i.nr
)

select
    report_period,
    concat(
        label, if(places_reported < places_due, format('（缺{}州市）', places_due - places_reported), '')
    ) as period_label,
    stat_item,
    unit,
    stat_value,
    places_reported,
    places_due
from counted
order by end_date, nr
