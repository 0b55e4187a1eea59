-- Microcredit in a place up to the end of the period, in one row: counties tried, households reached, programme money.
-- Households are registered poor ones, each once; null is hidden.
-- facts S124 S125
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return counties BIGINT
-- return households BIGINT
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
with tried as (
    select distinct county_code
    from projects_by_county
    where
        programme_code = 'PG-GRAMEEN'
        and start_date <= last_day_of($period)
        and in_place($place, prefecture_code, county_code)
),

money as (
    select
        sum(net) filter (stage = '到账') as received_yuan,
        sum(net) filter (stage = '支出') as spent_yuan
    from programme_funds('PG-GRAMEEN', $place, last_day_of($period))
)

select
    (select count(*) from tried) as counties,
    (
        select n.value
        from people_counts as n
        where
            n.dimension = 'microcredit' and n.measure = 'households'
            and n.period = $period and n.region_code = $place
    ) as households,
    coalesce(m.received_yuan, 0)::double as received_yuan,
    coalesce(m.spent_yuan, 0)::double as spent_yuan
from money as m
order by all
