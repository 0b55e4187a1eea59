-- Rows behind P4-05: public project money approved in the period, one row per entry; what went to the favoured prefectures first.
select
    f.item_id,
    f.item,
    f.detail || if(d.is_sqsz, '，投向三区三州', '') as detail,
    f.place_name,
    if(d.is_sqsz, f.counted_yuan, 0)::double as num,
    f.counted_yuan as den,
    f.source_file,
    f.source_row
from funds_of($place) as f
left join prefectures as d using (prefecture_code)
where
    f.stage = '获批'
    and meaning('fund_source', f.source) in ('中央财政', '福彩公益金')
    and f.event_date between first_day($period) and last_day_of($period)
    and has_tilted()
order by coalesce(d.is_sqsz, false) desc, f.counted_yuan desc, f.fund_id asc
