-- Which key provincial document each prefecture has followed up by the end of the period, one row per prefecture and document; usual order.
-- A county has its prefecture's row. is_followed is null without a register of documents. first_date is null for a document not followed up, and where no date is known.
-- facts S036
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return region_code VARCHAR
-- return region_name VARCHAR
-- return policy_id VARCHAR
-- return title VARCHAR
-- return policy_class VARCHAR
-- return relation VARCHAR
-- return is_followed BOOLEAN
-- return first_date DATE
-- return documents BIGINT
select
    r.prefecture_code as region_code,
    r.short_zh as region_name,
    k.policy_id,
    coalesce(d.title, k.policy_id) as title,
    d.policy_class::varchar as policy_class,
    d.relation::varchar as relation,
    if(has_documents(), f.policy_id is not null, null) as is_followed,
    f.issue_date as first_date,
    coalesce(f.documents, 0) as documents
from prefectures as r
cross join key_documents() as k
left join policies as d on k.policy_id = d.policy_id
left join follow_ups(last_day_of($period)) as f
    on r.prefecture_code = f.prefecture_code and k.policy_id = f.policy_id
where of_prefecture($place, r.prefecture_code)
order by r.order_prov, k.policy_id
