-- The name that a renamed county has in the edition of codes that snapshots keep, where nobody has sent it
insert into county_names by name
select
    county_code as region_code,
    name_zh,
    short_zh,
    name_en,
    date '2000-01-01' as valid_from,
    '2020-06-30版区划代码' as basis
from counties
where
    county_code in (select n.region_code from county_names as n)
    and (county_code, name_zh) not in (select (n.region_code, n.name_zh) from county_names as n)
