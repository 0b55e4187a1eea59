-- Words that a return may use for a code, one row per list and code; the programmes are the list 'programme'.
-- return code_list VARCHAR
-- return code VARCHAR
-- return label VARCHAR
-- return counts_as VARCHAR
select list as code_list, code, label, coalesce(counts_as, '') as counts_as
from code_lists
union all
select 'programme', programme_code, name_zh, ''
from programmes
order by code_list, code
