-- Money received and spent before a return, one row per project, prefecture and quarter; no project: null.
-- return project_id VARCHAR
-- return prefecture_code VARCHAR
-- return report_period VARCHAR
-- return received_yuan DOUBLE
-- return spent_yuan DOUBLE
select
    project_id,
    prefecture_code,
    report_period,
    coalesce(
        sum(if(is_reversal, -amount_yuan, amount_yuan)) filter (stage = '到账'), 0
    )::double as received_yuan,
    coalesce(
        sum(if(is_reversal, -amount_yuan, amount_yuan)) filter (stage = '支出'), 0
    )::double as spent_yuan
from funds
group by project_id, prefecture_code, report_period
order by project_id, prefecture_code, report_period
