-- The policy library, one row per document.
-- title 文件
-- facets prefecture:prefecture_code year level policy_class relation status issuer
-- report title doc_no issuer co_issuers level policy_class relation issue_date status
-- order policy_id
-- search 标题、发文机关、州市的名称、代码或拼音首字母
-- param place         region code; 530000 is the province
-- param search        words that a name, code or pinyin initials of the row contain; '' for all
-- param prefecture    varchar[], prefecture codes; empty for all
-- param year          varchar[], year of issue; empty for all
-- param level         varchar[]; empty for all
-- param policy_class  varchar[]; empty for all
-- param relation      varchar[]; empty for all
-- param status        varchar[]; empty for all
-- param issuer        varchar[]; empty for all
-- return policy_id VARCHAR
-- return title VARCHAR
-- return doc_no VARCHAR
-- return issuer VARCHAR
-- return co_issuers VARCHAR
-- return level VARCHAR
-- return policy_class VARCHAR
-- return relation VARCHAR
-- return parent_title VARCHAR
-- return prefecture_code VARCHAR
-- return place_name VARCHAR
-- return year VARCHAR
-- return issue_date DATE
-- return status VARCHAR
-- return provenance VARCHAR
-- return source_file VARCHAR
-- return source_row INTEGER
with found as (
    select code from search_keys
    where has_words(words, $search)
)

select
    p.policy_id,
    p.title,
    p.doc_no,
    p.issuer,
    array_to_string(p.co_issuers, '；') as co_issuers,
    p.level::varchar as level,
    p.policy_class::varchar as policy_class,
    p.relation::varchar as relation,
    q.title as parent_title,
    p.prefecture_code,
    coalesce(if(p.prefecture_code = '530000', '全省', n.place_name), p.prefecture_code) as place_name,
    year(p.issue_date)::varchar as year,
    p.issue_date,
    p.status::varchar as status,
    p.provenance,
    p.source_file,
    p.source_row
from policies as p
left join policies as q on p.parent_policy_id = q.policy_id
left join place_names as n on p.prefecture_code = n.region_code
where
    -- a document of the whole province holds in every place
    ($place = '530000' or p.prefecture_code in ('530000', $place, left($place, 4) || '00'))
    and chosen($prefecture::varchar[], p.prefecture_code)
    and chosen($year::varchar[], year(p.issue_date))
    and chosen($level::varchar[], p.level)
    and chosen($policy_class::varchar[], p.policy_class)
    and chosen($relation::varchar[], p.relation)
    and chosen($status::varchar[], p.status)
    and chosen($issuer::varchar[], p.issuer)
    and (
        $search = ''
        or contains(p.issuer, $search)
        or p.policy_id in (select code from found)
        or p.prefecture_code in (select code from found)
    )
order by p.policy_id
