-- 报表清单或问题清单中的批次不在收到的报表之中
with told as (
    select 'snapshot_manifest' as table_name, batch_id, source_file from snapshot_manifest
    union all
    select distinct 'quality_issues', batch_id, null from quality_issues
)

select t.table_name, t.batch_id, t.source_file
from told as t
anti join returns_received as r on t.batch_id = r.batch_id
order by all
limit 100
