-- Money and goods raised (received) for a place in the period, reversals taken off; always one row.
-- The status is that of indicator P1-08, 未报送 leaves all null; published is the article's wording where this very sum is the article's, else null.
-- facts S027
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return received_yuan DOUBLE
-- return cash_yuan DOUBLE
-- return goods_yuan DOUBLE
-- return fund_rows BIGINT
-- return status VARCHAR
-- return published VARCHAR
with entries as (
    select
        form::varchar as form,
        net_yuan(amount_yuan, is_reversal) as yuan
    from funds
    where
        stage::varchar = '到账'
        and event_date between first_day($period) and last_day_of($period)
        and in_place($place, prefecture_code, county_code)
),

received as (
    select
        coalesce(sum(yuan), 0)::double as received_yuan,
        coalesce(sum(yuan) filter (form = '资金'), 0)::double as cash_yuan,
        coalesce(sum(yuan) filter (form = '物资'), 0)::double as goods_yuan,
        count(*) as fund_rows,
        $place in (
            select region_code
            from unreported($period, 'funds')
            where not is_rest
        ) as is_unknown
    from entries
)

select
    if(r.is_unknown, null, r.received_yuan) as received_yuan,
    if(r.is_unknown, null, r.cash_yuan) as cash_yuan,
    if(r.is_unknown, null, r.goods_yuan) as goods_yuan,
    if(r.is_unknown, null, r.fund_rows) as fund_rows,
    if(r.is_unknown, unsent_status($place), coalesce(v.status, '不适用')) as status,
    f.published
from received as r
left join indicator_values as v
    on
        v.indicator_code = 'P1-08' and v.period = $period and v.region_code = $place
        and v.level::varchar in ('province', 'prefecture', 'county')
left join published_figures as f
    on f.figure_code = 'CAL-01' and f.holds and r.received_yuan = f.actual and v.level::varchar = 'province'
order by all
