-- Rows behind P4-02: needs posted by the end of the period, one row per need; largest received first, a county with its share.
with received as (
    select
        project_id,
        sum(net_yuan(amount_yuan, is_reversal)) as received_yuan
    from funds
    where
        stage = '到账'
        and event_date <= last_day_of($period)
    group by project_id
)

select
    project_id as item_id,
    project_name as item,
    format('需求 {:,.2f} 元，到账 {:,.2f} 元', need_amount_yuan::double, coalesce(received_yuan, 0)::double)
    || if(counted_share < 1, format('，本县分摊 {:.2f}%', counted_share * 100), '') as detail,
    place_named(prefecture_code, county_code) as place_name,
    counted_share * least(coalesce(received_yuan, 0), need_amount_yuan)::double as num,
    counted_share * need_amount_yuan::double as den,
    source_file,
    source_row
from projects_of($place)
left join received using (project_id)
where posted_date <= last_day_of($period)
order by num desc, den desc, project_id asc
