-- Rows of funds of a return that stand in another return in the same words, one row per row: the line and the other's.
-- param batch varchar, the return
-- return source_row INTEGER
-- return other_file VARCHAR
-- return other_row INTEGER
with told as (
    select
        source_file, source_row,
        {
            'project': project_id, 'org': org_id, 'day': event_date, 'stage': stage,
            'source': source, 'form': form, 'yuan': amount_yuan, 'donor': donor_name,
            'place': prefecture_code, 'county': county_code, 'is_reversal': is_reversal
        } as words
    from funds
),

own as (
    select source_file
    from snapshot_manifest
    where batch_id = $batch
)

select
    n.source_row::integer as source_row,
    o.source_file as other_file,
    o.source_row::integer as other_row
from told as n
inner join told as o on n.words = o.words and n.source_file != o.source_file
where n.source_file in (select source_file from own)
qualify row_number() over (partition by n.source_row order by o.source_file, o.source_row) = 1
order by n.source_row
