-- Names of codes a filter can hold, one row per code: places, programmes, report periods.
-- return code VARCHAR
-- return name VARCHAR
select
    region_code as code,
    place_name as name
from place_names
union all
select
    programme_code,
    name_zh
from programmes
union all
select
    period,
    label
from periods
union all
select distinct
    prefecture_code,
    if(prefecture_code = '100000', '全国', '省外（' || prefecture_code || '）')
from organizations
where not starts_with(prefecture_code, '53')
order by code
