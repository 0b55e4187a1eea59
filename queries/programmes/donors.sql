-- Who gave what a programme received in a place, one row per year up to the end of the period, source and kind of donor.
-- Every pair of source and kind that the programme has in the place stands in every year, zeros included.
-- facts S071 S074
-- param programme_code  programme code, 'PG-TXYM'
-- param period          report period, '2019'
-- param place           region code; 530000 is the province
-- return period_label VARCHAR
-- return source VARCHAR
-- return donor_type VARCHAR
-- return cash_yuan DOUBLE
-- return goods_yuan DOUBLE
-- return received_yuan DOUBLE
with received as (
    select
        event_date,
        source::varchar as source,
        coalesce(donor_type::varchar, '未填') as donor_type,
        form::varchar as form,
        net
    from programme_funds($programme_code, $place, last_day_of($period))
    where stage::varchar = '到账'
),

givers as (
    select
        source,
        donor_type,
        sum(net) as net
    from received
    group by source, donor_type
)

select
    y.label as period_label,
    g.source,
    g.donor_type,
    coalesce(sum(r.net) filter (r.form = '资金'), 0)::double as cash_yuan,
    coalesce(sum(r.net) filter (r.form = '物资'), 0)::double as goods_yuan,
    coalesce(sum(r.net), 0)::double as received_yuan
from years_until(last_day_of($period)) as y
cross join givers as g
left join received as r
    on
        r.event_date between y.start_date and y.last_date
        and g.source = r.source
        and g.donor_type = r.donor_type
group by y.label, y.start_date, g.source, g.donor_type, g.net
order by y.start_date asc, g.net desc, g.source asc, g.donor_type asc
