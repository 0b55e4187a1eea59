-- Rows behind P2-09: trainings held in the period, one row per training; largest first.
select
    activity_id as item_id,
    coalesce(title, activity_type) as item,
    format('{} {}，参加 {:,} 人次', activity_date, activity_type, participants) as detail,
    place_named(prefecture_code, county_code) as place_name,
    participants::double as num,
    null::double as den,
    source_file,
    source_row
from activities
where
    meaning('activity_type', activity_type) = '领头雁培训'
    and activity_date between first_day($period) and last_day_of($period)
    and in_place($place, prefecture_code, county_code)
order by num desc, activity_id asc
