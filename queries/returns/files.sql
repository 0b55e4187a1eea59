-- Files received up to the period, one row per file, refused ones included; newest first.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province, a county has the returns of its prefecture
-- return batch_id VARCHAR
-- return source_file VARCHAR
-- return place_name VARCHAR
-- return return_name VARCHAR
-- return period VARCHAR
-- return received_at TIMESTAMP
-- return status VARCHAR
-- return rows_in INTEGER
-- return rows_accepted INTEGER
-- return rows_refused INTEGER
-- return rows_dropped INTEGER
-- return issues_open BIGINT
-- return has_feedback BOOLEAN
-- return source_sha256 VARCHAR
with open_issues as (
    select batch_id, count(*) as issues_open
    from all_issues
    where is_open
    group by batch_id
)

select
    r.batch_id,
    r.source_file,
    if(r.prefecture_code is null, '认不出', place_named(r.prefecture_code, null)) as place_name,
    coalesce(k.return_name, '认不出') as return_name,
    r.report_period as period,
    r.received_at,
    r.status::varchar as status,
    if(tells_of_few(r.table_name, r.rows_accepted), null, r.rows_in) as rows_in,
    if(tells_of_few(r.table_name, r.rows_accepted), null, r.rows_accepted) as rows_accepted,
    if(tells_of_few(r.table_name, r.rows_accepted), null, r.rows_refused) as rows_refused,
    if(tells_of_few(r.table_name, r.rows_accepted), null, r.rows_dropped) as rows_dropped,
    coalesce(o.issues_open, 0) as issues_open,
    r.has_feedback,
    r.source_sha256
from returns_received as r
inner join periods as q on r.report_period = q.period
left join kinds_of_file() as k using (table_name)
left join open_issues as o using (batch_id)
where q.last_date <= last_day_of($period) and of_prefecture($place, r.prefecture_code)
order by r.received_at desc, r.batch_id asc
