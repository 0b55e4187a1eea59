-- Money and goods received in the period, one row per source (all of the list) and form; yuan, reversals taken off.
-- facts S027
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return source VARCHAR
-- return form VARCHAR
-- return received_yuan DOUBLE
with sources as (
    select
        code as source,
        row_number() over (order by sort_order, code) as nr
    from code_lists
    where list = 'fund_source'
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
