-- What a return may call a renamed county, one row per name or other code, with its first day: those that a register of the office has brought.
-- return alias VARCHAR
-- return region_code VARCHAR
-- return valid_from DATE
select name_zh as alias, region_code, valid_from
from county_names
where source_file is not null
union
select other_code, region_code, valid_from
from county_names
where source_file is not null and other_code is not null
order by alias, region_code, valid_from
