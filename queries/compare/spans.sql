-- The days a report period counts, one row per period; newest year first, within a year the whole year first.
-- A running period counts to the as-of date: two periods are comparable when they count the same months.
-- facts S007
-- return period VARCHAR
-- return label VARCHAR
-- return kind VARCHAR
-- return year SMALLINT
-- return begin_date DATE
-- return end_date DATE
-- return is_complete BOOLEAN
-- return base_period VARCHAR
select
    period,
    label,
    kind::varchar as kind,
    year,
    start_date as begin_date,
    last_date as end_date,
    is_complete,
    base_period
from periods
order by year desc, start_date asc, end_date desc
