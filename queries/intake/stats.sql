-- Reported numbers before a return, one row per prefecture, quarter and item.
-- return prefecture_code VARCHAR
-- return report_period VARCHAR
-- return stat_item VARCHAR
-- return stat_value DOUBLE
select
    prefecture_code,
    report_period,
    item_code::varchar as stat_item,
    value::double as stat_value
from reported_stats
order by prefecture_code, report_period, item_code
