-- Money and goods received in the period, one row per source (all seven) and form; yuan, reversals taken off.
-- facts S027
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return source VARCHAR
-- return form VARCHAR
-- return received_yuan DOUBLE
with sources as (
    select
        unnest([
            '社会捐赠', '港澳台侨捐赠', '自筹', '东西部协作', '中央财政', '福彩公益金', '其他财政'
        ]) as source,
        unnest([1, 2, 3, 4, 5, 6, 7]) as nr
),

forms as (select unnest(['资金', '物资']) as form, unnest([1, 2]) as nr),

received as (
    select
        source::varchar as source,
        form::varchar as form,
        sum(net_yuan(amount_yuan, is_reversal)) as yuan
    from funds
    where
        stage::varchar = '到账'
        and event_date between first_day($period) and last_day_of($period)
        and in_place($place, prefecture_code, county_code)
    group by all
)

select
    s.source,
    f.form,
    coalesce(r.yuan, 0)::double as received_yuan
from sources as s
cross join forms as f
left join received as r on s.source = r.source and f.form = r.form
order by f.nr, s.nr
