-- Which places are of the lists that indicators speak of, on the as-of date; when one left the list is known of what ships.
-- param asof  the as-of date
with listed as (
    select region_code, counts_as, source_file is null as is_shipped
    from place_traits
    where counts_as is not null and $asof between valid_from and coalesce(valid_to, $asof)
)

update counties as c
set
    is_poverty_county = m.is_key,
    is_deep_poverty = m.is_hardest,
    is_border = m.is_border,
    is_autonomous_county = m.is_autonomous,
    is_sqsz = m.is_tilted,
    poverty_batch_year = if(m.is_shipped, c.poverty_batch_year, null),
    exit_date = if(m.is_shipped, c.exit_date, null)
from (
    select
        k.county_code,
        coalesce(bool_or(t.counts_as = '重点县'), false) as is_key,
        coalesce(bool_or(t.counts_as = '最困难县'), false) as is_hardest,
        coalesce(bool_or(t.counts_as = '边境县'), false) as is_border,
        coalesce(bool_or(t.counts_as = '自治县'), false) as is_autonomous,
        coalesce(bool_or(t.counts_as = '倾斜州市'), false) as is_tilted,
        coalesce(bool_or(t.counts_as = '重点县' and t.is_shipped), false) as is_shipped
    from counties as k
    left join listed as t on t.region_code in (k.county_code, k.prefecture_code)
    group by k.county_code
) as m
where c.county_code = m.county_code
