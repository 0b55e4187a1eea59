-- The documents a place works by at the end of the period, in force or not, one row per document; from the centre down.
-- What is unknown of a document stays null: number, date of issue. topic is 税收 where the title has 税 in it.
-- facts S030 S031 S033 S034 S035 S036 S038 S042 S044 S045
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return policy_id VARCHAR
-- return level VARCHAR
-- return title VARCHAR
-- return doc_no VARCHAR
-- return issuer VARCHAR
-- return co_issuers VARCHAR
-- return relation VARCHAR
-- return policy_class VARCHAR
-- return status VARCHAR
-- return issue_date DATE
-- return topic VARCHAR
-- return parent_title VARCHAR
-- return place_name VARCHAR
-- return provenance VARCHAR
-- return source_file VARCHAR
-- return source_row INTEGER
select
    f.policy_id,
    f.level::varchar as level,
    f.title,
    f.doc_no,
    f.issuer,
    array_to_string(f.co_issuers, '、') as co_issuers,
    f.relation::varchar as relation,
    f.policy_class::varchar as policy_class,
    f.status::varchar as status,
    f.issue_date,
    if(contains(f.title, '税'), '税收', null) as topic,
    p.title as parent_title,
    if(f.prefecture_code = '530000', '全省', place_named(f.prefecture_code, null)) as place_name,
    f.provenance,
    f.source_file,
    f.source_row
from documents_of($place, last_day_of($period)) as f
left join policies as p on f.parent_policy_id = p.policy_id
order by
    list_position(['中央', '国家部委', '省级', '州市级', '县级'], f.level::varchar),
    f.prefecture_code,
    f.policy_id
