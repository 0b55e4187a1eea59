-- Which counties are of the lists that indicators speak of, on the as-of date; when one left the list is known of what ships.
-- param asof  the as-of date
update counties as c
set
    is_poverty_county = m.is_key,
    is_deep_poverty = m.is_hardest,
    is_border = m.is_border,
    poverty_batch_year = if(m.is_shipped, c.poverty_batch_year, null),
    exit_date = if(m.is_shipped, c.exit_date, null)
from (
    select
        k.county_code,
        coalesce(bool_or(t.counts_as = '重点县'), false) as is_key,
        coalesce(bool_or(t.counts_as = '最困难县'), false) as is_hardest,
        coalesce(bool_or(t.counts_as = '边境县'), false) as is_border,
        coalesce(bool_or(t.counts_as = '重点县' and t.source_file is null), false) as is_shipped
    from counties as k
    left join place_traits as t
        on
            k.county_code = t.region_code
            and $asof between t.valid_from and coalesce(t.valid_to, $asof)
    group by k.county_code
) as m
where c.county_code = m.county_code
