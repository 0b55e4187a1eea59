-- The stages that are registered, in their order, one row each.
-- return stage_name VARCHAR
-- return first_quarter VARCHAR
-- return last_quarter VARCHAR
select
    stage as stage_name,
    first_quarter,
    last_quarter
from stages
order by first_quarter
