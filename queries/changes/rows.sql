-- Rows that changed in one table at one place, one row per row, and per column that a correction or update touched; by number.
-- Old and new content as text; a row that is new or withdrawn has its main columns. Donors' names are left out.
-- param table   a table of records or a register, as in between.sql; beneficiaries are none
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
)

select
    a.item_id,
    a.cause,
    t.column_name,
    if(a.was_then and a.is_now, t.old_content, a.old_told) as old_content,
    if(a.was_then and a.is_now, t.new_content, a.new_told) as new_content,
    a.old_file,
    a.old_row,
    a.new_file,
    a.new_row
from asked as a
left join touched as t on a.table_name = t.table_name and a.item_id = t.item_id
where t.column_name is not null or not a.was_then or not a.is_now
order by a.item_id, t.column_name
limit $most
