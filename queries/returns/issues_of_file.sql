-- Issues of one file, one row per issue, as its feedback workbook numbers them. What the sender wrote stays in the workbook.
-- param batch  batch of the file
-- return issue_id VARCHAR
-- return rule_id VARCHAR
-- return severity VARCHAR
-- return sheet VARCHAR
-- return row_no INTEGER
-- return column_name VARCHAR
-- return message_zh VARCHAR
-- return status VARCHAR
select
    issue_id,
    rule_id,
    severity,
    sheet,
    row_no,
    column_name,
    message_zh,
    status
from all_issues
where batch_id = $batch
order by issue_id
