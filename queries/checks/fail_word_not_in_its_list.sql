-- 行业领域、对象类别、帮扶方式（类型）、资金来源、项目状态、组织状态、文件效力、活动小类不在代码表里（请再报代码表，写上这些词）
with cited as (
    select '行业领域' as title, 'sector' as list, sector as word, source_file, source_row from projects
    union all
    select '对象类别', 'poverty_category', poverty_category, source_file, source_row from beneficiaries
    union all
    select '帮扶方式', 'help_type', help_type, source_file, source_row from beneficiaries
    union all
    select '资金来源', 'fund_source', source, source_file, source_row from funds
    union all
    select '项目状态', 'project_status', status, source_file, source_row from projects
    union all
    select '组织状态', 'org_status', status, source_file, source_row from organizations
    union all
    select '文件效力', 'policy_status', status, source_file, source_row from policies
    union all
    select '活动小类', 'activity_type', activity_type, source_file, source_row from activities
    union all
    select '帮扶类型', 'help_type', unnest(aid_types), source_file, source_row from projects
)

select
    title, word,
    min_by(source_file || ' 第' || source_row || '行', (source_file, source_row)) as first_line
from cited
where (list, word) not in (select (list, code) from code_lists)
group by title, word
order by title, word
