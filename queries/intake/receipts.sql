-- Returns that stand in the snapshot, one row per file.
-- return batch_id VARCHAR
-- return table_name VARCHAR
-- return prefecture_code VARCHAR
-- return report_period VARCHAR
-- return source_file VARCHAR
-- return source_sha256 VARCHAR
-- return received_text VARCHAR
select
    batch_id,
    table_name,
    prefecture_code,
    report_period,
    source_file,
    source_sha256,
    strftime(received_at, '%Y-%m-%dT%H:%M:%S') as received_text
from snapshot_manifest
order by batch_id
