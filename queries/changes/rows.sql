-- Rows that changed in one table at one place, one row per row, and per column that a correction or update touched; by number.
-- Old and new content as text; a row that is new or withdrawn has its main columns. Donors' names are left out.
-- param table   'funds', 'activities', 'reported_stats', 'projects' or 'organizations'
-- param place   region code; 530000 is the province
-- param causes  varchar[], 新发生 新报季度 补报 更正 更新 撤回; empty for all
-- param most    how many rows at most
-- return item_id VARCHAR
-- return cause VARCHAR
-- return column_name VARCHAR
-- return old_content VARCHAR
-- return new_content VARCHAR
-- return old_file VARCHAR
-- return old_row INTEGER
-- return new_file VARCHAR
-- return new_row INTEGER
with asked as (
    select * from changed
    where
        table_name = $table
        and chosen($causes::varchar[], cause)
        and (in_place($place, new_prefecture, new_county) or in_place($place, old_prefecture, old_county))
),

touched as (
    select a.*, unnest(json_keys(a.new_cells)) as column_name
    from asked as a
    where a.was_then and a.is_now
),

told as (
    select
        item_id,
        cause,
        column_name,
        old_cells ->> column_name as old_content,
        new_cells ->> column_name as new_content,
        old_file,
        old_row,
        new_file,
        new_row
    from touched
    where column_name not in ('donor_name', 'source_file', 'source_row')
    union all
    select item_id, cause, null, old_told, new_told, old_file, old_row, new_file, new_row
    from asked
    where not was_then or not is_now
)

select *
from told
where old_content is distinct from new_content
order by item_id, column_name
limit $most
