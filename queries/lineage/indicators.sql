-- The indicators as the way of a row ends in them, one row per indicator, with the published figure that it also serves.
-- return indicator_code VARCHAR
-- return indicator_name VARCHAR
-- return counts_people BOOLEAN
-- return check_id VARCHAR
select
    indicator_code,
    name_zh as indicator_name,
    counts_people,
    check_id
from indicators
order by sort_order
