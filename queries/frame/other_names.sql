-- Names and codes of places that an address may give, one row each: what a renamed county is or was called, and its other code.
-- return alias VARCHAR
-- return place VARCHAR
select name_zh as alias, region_code as place
from county_names
union
select other_code, region_code
from county_names
where other_code is not null
order by alias, place
