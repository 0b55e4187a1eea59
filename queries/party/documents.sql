-- Documents on Party building that hold in a place by the end of the period, one row per document; an unknown date counts as issued.
-- facts S020
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return policy_id VARCHAR
-- return title VARCHAR
-- return doc_no VARCHAR
-- return issuer VARCHAR
-- return level VARCHAR
-- return relation VARCHAR
-- return issue_date DATE
-- return status VARCHAR
-- return place_name VARCHAR
-- return provenance VARCHAR
select
    policy_id,
    title,
    doc_no,
    issuer,
    level::varchar as level,
    relation::varchar as relation,
    issue_date,
    status::varchar as status,
    if(prefecture_code = '530000', '全省', place_named(prefecture_code, null)) as place_name,
    provenance
from documents_of($place, last_day_of($period))
where policy_class::varchar = '党建'
order by issue_date desc nulls last, policy_id asc
