-- A county is called as it was on the as-of date; the rest of its name says which kind it is
-- param asof  the as-of date
update counties as c
set
    name_zh = n.name_zh,
    short_zh = coalesce(n.short_zh, n.name_zh),
    name_en = coalesce(n.name_en, c.name_en),
    kind = (
        case
            when ends_with(n.name_zh, '自治县') then '自治县'
            when ends_with(n.name_zh, '县') then '县'
            when ends_with(n.name_zh, '市') then '县级市'
            when ends_with(n.name_zh, '区') then '市辖区'
            else c.kind::varchar
        end
    )::county_kind
from (
    select distinct on (region_code) * from county_names
    where valid_from <= $asof
    order by region_code asc, valid_from desc, name_zh asc
) as n
where c.county_code = n.region_code
