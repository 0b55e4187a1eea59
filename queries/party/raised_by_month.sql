-- Money and goods received in each month of the period, one row per month and form; months without any too; yuan, reversals taken off.
-- facts S027
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return month_label VARCHAR
-- return form VARCHAR
-- return received_yuan DOUBLE
with months as (
    select unnest(
        generate_series(first_day($period), last_day_of($period), interval 1 month)
    )::date as start_date
),

forms as (select unnest(['资金', '物资']) as form, unnest([1, 2]) as nr),

received as (
    select
        date_trunc('month', event_date)::date as start_date,
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
    month(m.start_date) || '月' as month_label,
    f.form,
    coalesce(r.yuan, 0)::double as received_yuan
from months as m
cross join forms as f
left join received as r on m.start_date = r.start_date and f.form = r.form
order by m.start_date, f.nr
