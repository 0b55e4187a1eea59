-- Rows behind P4-07: exchange and matchmaking events held in the period, one row per event; newest first.
select
    activity_id as item_id,
    coalesce(title, activity_type) as item,
    activity_date || ' ' || activity_type as detail,
    place_named(prefecture_code, county_code) as place_name,
    1::double as num,
    null::double as den,
    source_file,
    source_row
from activities
where
    meaning('activity_type', activity_type) in ('推进会', '典型案例交流', '供需对接会', '跨省交流', '协议签署')
    and activity_date between first_day($period) and last_day_of($period)
    and in_place($place, prefecture_code, county_code)
order by activity_date desc, activity_id asc
