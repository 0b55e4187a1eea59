-- One indicator of one place in one period, one row: value with its numerator, denominator and status.
-- param indicator_code  'P1-08'
-- param period          report period, '2019'
-- param place           region code; 530000 is the province
-- return value DOUBLE
-- return num DOUBLE
-- return den DOUBLE
-- return status VARCHAR
select
    v.value,
    v.num::double as num,
    v.den::double as den,
    coalesce(v.status, '不适用') as status
from indicators as i
left join indicator_values as v
    on
        i.indicator_code = v.indicator_code and v.period = $period and v.region_code = $place
        and v.level::varchar in ('province', 'prefecture', 'county')
where i.indicator_code = $indicator_code
order by all
