-- Rows behind P3-06: money and goods received and spent since 2018, one row per entry; spent ones first, a reversal is negative.
select
    item_id,
    item,
    detail,
    place_name,
    if(stage = '支出', counted_yuan, 0)::double as num,
    if(stage = '到账', counted_yuan, 0)::double as den,
    source_file,
    source_row
from funds_of($place)
where
    stage in ('支出', '到账')
    and event_date between date '2018-01-01' and last_day_of($period)
order by stage = '支出' desc, counted_yuan desc, fund_id asc
