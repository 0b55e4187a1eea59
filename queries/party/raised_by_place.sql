-- Money and goods received in the period by the place they are for, one level down, one row per place and form; all places and 省本级, usual order.
-- Null where the place has not reported.
-- facts S027
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return form VARCHAR
-- return received_yuan DOUBLE
with forms as (select unnest(['资金', '物资']) as form, unnest([1, 2]) as nr),

received as (
    select
        part_code($place, prefecture_code, county_code) as region_code,
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
    r.region_code,
    r.region_name,
    f.form,
    if(u.region_code is null, coalesce(d.yuan, 0), null)::double as received_yuan
from parts_of($place) as r
cross join forms as f
left join received as d on r.region_code = d.region_code and f.form = d.form
left join unreported($period, 'funds') as u on r.region_code = u.region_code and r.is_rest = u.is_rest
where not r.is_rest or r.region_code = '530000' or r.region_code in (select region_code from received)
order by f.nr, r.sort_order
