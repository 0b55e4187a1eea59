-- Documents one project rests on, one row per document: named by its activities, or bearing its programme's name.
-- Of documents that bear the programme's name: those of the centre and the province, and those of the project's prefectures.
-- param project  project code
-- return policy_id VARCHAR
-- return title VARCHAR
-- return linked_by VARCHAR
-- return issuer VARCHAR
-- return doc_no VARCHAR
-- return level VARCHAR
-- return issue_date DATE
-- return status VARCHAR
-- return source_file VARCHAR
-- return source_row INTEGER
with here as (
    select prefecture_code
    from project_locations
    where project_id = $project
    union
    select '530000'
),

linked as (
    select policy_id, '活动引用' as linked_by
    from activities
    where project_id = $project and policy_id is not null
    union
    select d.policy_id, '品牌计划' as linked_by
    from projects as p
    inner join programmes as g using (programme_code)
    inner join policies as d on contains(d.title, g.name_zh)
    inner join here on d.prefecture_code = here.prefecture_code
    where p.project_id = $project
),

told as (
    select policy_id, string_agg(linked_by, '、' order by linked_by desc) as linked_by
    from linked
    group by policy_id
)

select
    d.policy_id,
    d.title,
    t.linked_by,
    d.issuer,
    d.doc_no,
    d.level::varchar as level,
    d.issue_date,
    d.status::varchar as status,
    d.source_file,
    d.source_row
from told as t
inner join policies as d using (policy_id)
order by list_position(['中央', '国家部委', '省级', '州市级', '县级'], d.level::varchar), d.policy_id
