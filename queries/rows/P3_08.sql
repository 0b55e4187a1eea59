-- Rows behind P3-08: donations from HK, Macao, Taiwan and overseas received in the period, one row per entry; a reversal is negative.
select
    item_id,
    item,
    detail,
    place_name,
    counted_yuan as num,
    null::double as den,
    source_file,
    source_row
from funds_of($place)
where
    stage = '到账'
    and meaning('fund_source', source) = '港澳台侨捐赠'
    and event_date between first_day($period) and last_day_of($period)
order by num desc, fund_id asc
