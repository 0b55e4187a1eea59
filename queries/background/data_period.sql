-- Which quarters the snapshot has returns for, and how many returns; one row, with nulls when there are none.
-- facts S001 S006
-- return first_period VARCHAR
-- return last_period VARCHAR
-- return quarters_reported BIGINT
-- return files BIGINT
-- return received_date DATE
select
    min(report_period) as first_period,
    max(report_period) as last_period,
    count(distinct report_period) as quarters_reported,
    count(*) as files,
    max(received_at)::date as received_date
from quarterly_returns
order by all
