-- The days of which indicators speak, as an office registered them, one row per indicator that has any.
-- return indicator_code VARCHAR
-- return valid_from DATE
-- return valid_to DATE
select
    indicator_code,
    valid_from,
    valid_to
from indicator_spans
order by indicator_code
