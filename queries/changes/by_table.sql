-- How many rows changed from the older snapshot to the newer, one row per table; beneficiaries by their returns alone.
-- A state that the newer date has another content for is updated; only between two of the same date is it a correction.
-- return return_name VARCHAR
-- return rows_then BIGINT
-- return rows_now BIGINT
-- return rows_new BIGINT
-- return rows_withdrawn BIGINT
-- return rows_revised BIGINT
-- return rows_updated BIGINT
-- return returns_new BIGINT
-- return returns_replaced BIGINT
-- return returns_withdrawn BIGINT
with held as (
    from sizes_of('funds')
    union all
    from sizes_of('activities')
    union all
    from sizes_of('reported_stats')
    union all
    from sizes_of('projects')
    union all
    from sizes_of('organizations')
    union all
    from sizes_of('policies')
    union all
    from sizes_of('targets')
    union all
    from sizes_of('programmes')
    union all
    from sizes_of('county_poverty_annual')
    union all
    from sizes_of('code_lists')
    union all
    from sizes_of('stages')
    union all
    from sizes_of('place_traits')
    union all
    from sizes_of('county_names')
    union all
    from sizes_of('pairings')
    union all
    from sizes_of('office_figures')
    union all
    from sizes_of('indicator_spans')
),

counted as (
    select
        table_name,
        count(*) filter (not was_then) as rows_new,
        count(*) filter (not is_now) as rows_withdrawn,
        count(*) filter (cause = '更正') as rows_revised,
        count(*) filter (cause = '更新' and was_then) as rows_updated
    from changed
    group by table_name
),

-- What one sender sent of one table for one quarter is one return, in one part or several.
parts_now as (
    select table_name, prefecture_code, report_period, list(source_sha256 order by source_sha256) as parts
    from snapshot_manifest
    group by all
),

parts_then as (
    select table_name, prefecture_code, report_period, list(source_sha256 order by source_sha256) as parts
    from older.snapshot_manifest
    group by all
),

sent as (
    select
        table_name,
        count(*) filter (o.parts is null) as returns_new,
        count(*) filter (n.parts != o.parts) as returns_replaced,
        count(*) filter (n.parts is null) as returns_withdrawn
    from parts_now as n
    full outer join parts_then as o using (table_name, prefecture_code, report_period)
    group by table_name
)

select
    k.return_name,
    h.rows_then,
    h.rows_now,
    if(h.table_name is null, null, coalesce(c.rows_new, 0)) as rows_new,
    if(h.table_name is null, null, coalesce(c.rows_withdrawn, 0)) as rows_withdrawn,
    if(h.table_name is null, null, coalesce(c.rows_revised, 0)) as rows_revised,
    if(h.table_name is null, null, coalesce(c.rows_updated, 0)) as rows_updated,
    coalesce(s.returns_new, 0) as returns_new,
    coalesce(s.returns_replaced, 0) as returns_replaced,
    coalesce(s.returns_withdrawn, 0) as returns_withdrawn
from kinds_of_file() as k
left join held as h using (table_name)
left join counted as c using (table_name)
left join sent as s using (table_name)
order by k.nr
