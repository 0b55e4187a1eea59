-- The return of a batch if a feedback workbook goes with it, at most one row.
-- param batch varchar, batch id
-- return batch_id VARCHAR
-- return source_file VARCHAR
-- return report_period VARCHAR
select batch_id, source_file, report_period
from returns_received
where batch_id = $batch and has_feedback
order by batch_id
