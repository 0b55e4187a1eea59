-- Rows behind P4-04: welfare-lottery project money approved in the period, one row per entry; largest first, a reversal is negative.
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
    stage = '获批'
    and meaning('fund_source', source) = '福彩公益金'
    and event_date between first_day($period) and last_day_of($period)
order by num desc, fund_id asc
