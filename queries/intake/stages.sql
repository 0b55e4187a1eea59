-- The stages that are registered, in their order, one row each, with the quarter for which each was sent.
-- return stage_name VARCHAR
-- return first_quarter VARCHAR
-- return last_quarter VARCHAR
-- return period VARCHAR
select
    s.stage as stage_name,
    s.first_quarter,
    s.last_quarter,
    coalesce(max(m.report_period), '') as period
from stages as s
left join snapshot_manifest as m on m.table_name = 'stages' and s.source_file = m.source_file
group by s.stage, s.first_quarter, s.last_quarter
order by s.first_quarter
