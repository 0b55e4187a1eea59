-- What a word or two may mean, one row per place, brand programme, project, organization or document that has them all; nearest first.
-- param search     words that a name, code or pinyin initials contain
-- param most_rows  no more rows than this
-- return code VARCHAR
-- return name VARCHAR
-- return kind VARCHAR
select
    k.code,
    coalesce(
        p.place_name, g.name_zh, o.org_name || coalesce('，曾用名' || array_to_string(o.former_names, '、'), ''),
        j.project_name, d.title
    ) as name,
    case
        when p.region_code is not null then '地区'
        when g.programme_code is not null then '品牌计划'
        when o.org_id is not null then '社会组织'
        when j.project_id is not null then '项目'
        else '文件'
    end as kind
from search_keys as k
left join place_names as p on k.code = p.region_code
left join programmes as g on k.code = g.programme_code
left join organizations as o on k.code = o.org_id
left join projects as j on k.code = j.project_id
left join policies as d on k.code = d.policy_id
where has_words(k.words, $search)
order by
    lower(k.code) != lower(trim($search)),
    not list_contains(string_split(k.words, ' '), lower(trim($search))),
    case kind when '地区' then 0 when '品牌计划' then 1 when '社会组织' then 2 when '项目' then 3 else 4 end,
    k.code
limit $most_rows
