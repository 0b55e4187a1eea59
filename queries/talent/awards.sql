-- Social workers who won the 兴滇人才奖 as reported up to the end of the period, one row per half-year and prefecture; none while nobody reports.
-- facts S045
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return report_period VARCHAR
-- return award_winners BIGINT
-- return source_file VARCHAR
-- return source_row INTEGER
select
    r.prefecture_code as region_code,
    r.short_zh as region_name,
    s.report_period,
    s.value::bigint as award_winners,
    s.source_file,
    s.source_row
from reported_stats as s
inner join prefectures as r using (prefecture_code)
where
    s.item_code = 'AWARD'
    and s.report_period <= year(last_day_of($period)) || 'Q' || quarter(last_day_of($period))
    and in_place($place, s.prefecture_code, null)
order by s.report_period desc, r.order_prov asc
