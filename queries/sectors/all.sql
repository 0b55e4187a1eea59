-- The sectors of the snapshot's list in its order, one row each.
-- return sector VARCHAR
select code as sector
from code_lists
where list = 'sector'
order by sort_order, code
