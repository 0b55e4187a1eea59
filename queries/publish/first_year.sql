-- The first year of which anything was sent in, one row: of any table of events, and not of money alone.
-- param asof_year integer, the year of the as-of date, where nothing was sent
-- return first_year BIGINT
with sent as (
    select year(event_date) as year from funds
    union all
    select year(service_date) from beneficiaries
    union all
    select year(activity_date) from activities
    union all
    select left(report_period, 4)::bigint from reported_stats
    union all
    select left(report_period, 4)::bigint from quarterly_returns
)

select least(min(year), $asof_year)::bigint as first_year
from sent
