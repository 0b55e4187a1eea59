-- 行业领域、对象类别、帮扶方式（类型）不在代码表里（请再报代码表，写上这些词）
with cited as (
    select distinct '行业领域' as title, 'sector' as list, sector as word from projects
    union all
    select distinct '对象类别', 'poverty_category', poverty_category from beneficiaries
    union all
    select distinct '帮扶方式', 'help_type', help_type from beneficiaries
    union all
    select distinct '帮扶类型', 'help_type', unnest(aid_types) from projects
)

select title, word
from cited
where (list, word) not in (select (list, code) from code_lists)
order by all
