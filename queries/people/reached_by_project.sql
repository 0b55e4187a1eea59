-- Persons one project has reached up to the as-of date, one row per kind of help and one for 全部; rounded to 10, null is hidden.
-- The kinds do not add up to 全部: a person may be helped in several ways.
-- param project  project code
-- return help_type VARCHAR
-- return persons BIGINT
-- return is_hidden BOOLEAN
select
    help_type,
    persons,
    is_hidden
from people_reached
where kind = 'project' and code = $project
order by help_type = '全部' desc, persons desc nulls last, help_type asc
