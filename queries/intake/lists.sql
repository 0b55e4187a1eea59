-- Words that a return may use for a code, one row per list and code; the programmes are the list 'programme'.
-- return code_list VARCHAR
-- return code VARCHAR
-- return label VARCHAR
-- return counts_as VARCHAR
select list as code_list, code, label, coalesce(counts_as, '') as counts_as
from (
    select list, code, label, counts_as, sort_order
    from code_lists
    union all
    select 'programme', programme_code, name_zh, null, 0
    from programmes
) as words
order by code_list, sort_order, code
