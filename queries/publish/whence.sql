-- Where rows came from, one row per file and line (at most three) that holds the first known of some ids.
-- param ids varchar[], identifiers of rows, projects, organizations or batches, the one that matters first
-- return source_file VARCHAR
-- return source_row INTEGER
with held as (
    select fund_id as id, source_file, source_row from funds
    union all
    select record_id, source_file, source_row from beneficiaries
    union all
    select activity_id, source_file, source_row from activities
    union all
    select project_id, source_file, source_row from projects
    union all
    select org_id, source_file, source_row from organizations
    union all
    select policy_id, source_file, source_row from policies
    union all
    select programme_code, source_file, source_row from programmes
    where source_file is not null
    union all
    select figure_code, source_file, source_row from office_figures
    union all
    select batch_id, source_file, null from snapshot_manifest
)

select distinct source_file, source_row
from held
where list_contains($ids, id)
qualify list_position($ids, id) = min(list_position($ids, id)) over ()
order by source_file, source_row
limit 3
