-- 行业领域、对象类别、帮扶方式（类型）、资金来源、项目状态、组织状态、文件效力、活动小类不在代码表里（请再报代码表，写上这些词）
with cited as (
    select distinct '行业领域' as title, 'sector' as list, sector as word from projects
    union all
    select distinct '对象类别', 'poverty_category', poverty_category from beneficiaries
    union all
    select distinct '帮扶方式', 'help_type', help_type from beneficiaries
    union all
    select distinct '资金来源', 'fund_source', source from funds
    union all
    select distinct '项目状态', 'project_status', status from projects
    union all
    select distinct '组织状态', 'org_status', status from organizations
    union all
    select distinct '文件效力', 'policy_status', status from policies
    union all
    select distinct '活动小类', 'activity_type', activity_type from activities
    union all
    select distinct '帮扶类型', 'help_type', unnest(aid_types) from projects
)

select title, word
from cited
where (list, word) not in (select (list, code) from code_lists)
order by all
