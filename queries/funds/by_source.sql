-- Money and goods of one place and period, one row per source that occurs; yuan by stage.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return source VARCHAR
-- return approved_yuan DOUBLE
-- return received_yuan DOUBLE
-- return received_goods_yuan DOUBLE
-- return spent_yuan DOUBLE
select
    f.source::varchar as source,
    coalesce(sum(net_yuan(f.amount_yuan, f.is_reversal)) filter (f.stage = '获批'), 0)::double as approved_yuan,
    coalesce(sum(net_yuan(f.amount_yuan, f.is_reversal)) filter (f.stage = '到账'), 0)::double as received_yuan,
    coalesce(
        sum(net_yuan(f.amount_yuan, f.is_reversal)) filter (f.stage = '到账' and f.form = '物资'), 0
    )::double as received_goods_yuan,
    coalesce(sum(net_yuan(f.amount_yuan, f.is_reversal)) filter (f.stage = '支出'), 0)::double as spent_yuan
from funds as f
inner join periods as p on f.event_date between p.start_date and p.last_date
where p.period = $period and $place in ('530000', f.prefecture_code, f.county_code)
group by f.source
order by received_yuan desc, source asc
