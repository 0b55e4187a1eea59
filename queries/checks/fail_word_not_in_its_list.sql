-- 行业领域、对象类别、帮扶方式不在代码表里
with cited as (
    select distinct 'sector' as list, sector as word from projects
    union all
    select distinct 'poverty_category', poverty_category from beneficiaries
    union all
    select distinct 'help_type', help_type from beneficiaries
)

select list, word
from cited
where (list, word) not in (select (list, code) from code_lists)
order by all
