-- Documents from the centre down to the province at the end of the period, one row per chain of what carries out what.
-- A chain ends where none of these levels is beneath it; no document is left out. Each is told with number and issuers.
-- relation and status are those of the last. places_followed: prefectures that follow it up; null where none is asked to.
-- facts S031 S034 S035 S036 S044
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return policy_id VARCHAR
-- return central_document VARCHAR
-- return ministry_document VARCHAR
-- return provincial_document VARCHAR
-- return relation VARCHAR
-- return status VARCHAR
-- return places_followed BIGINT
-- return places_due BIGINT
with recursive documents as (
    select
        policy_id,
        parent_policy_id,
        level::varchar as level,
        relation::varchar as relation,
        status::varchar as status,
        concat_ws('　', title, doc_no, concat_ws('、', issuer, array_to_string(co_issuers, '、'))) as told
    from documents_of($place, last_day_of($period))
    where level in ('中央', '国家部委', '省级')
),

chains as (
    select
        e.policy_id as last_id,
        e.*
    from documents as e
    anti join documents as c on e.policy_id = c.parent_policy_id
    union
    select
        s.last_id,
        p.*
    from chains as s
    inner join documents as p on s.parent_policy_id = p.policy_id
),

places as (
    select prefecture_code
    from prefectures
    where of_prefecture($place, prefecture_code)
),

followed as (
    select
        k.policy_id,
        count(f.policy_id) as places_followed,
        count(*) as places_due
    from key_documents() as k
    cross join places as r
    left join follow_ups(last_day_of($period)) as f
        on k.policy_id = f.policy_id and r.prefecture_code = f.prefecture_code
    group by k.policy_id
)

select
    c.last_id as policy_id,
    string_agg(c.told, '；' order by c.policy_id) filter (c.level = '中央') as central_document,
    string_agg(c.told, '；' order by c.policy_id) filter (c.level = '国家部委') as ministry_document,
    string_agg(c.told, '；' order by c.policy_id) filter (c.level = '省级') as provincial_document,
    max(c.relation) filter (c.policy_id = c.last_id) as relation,
    max(c.status) filter (c.policy_id = c.last_id) as status,
    f.places_followed,
    f.places_due
from chains as c
left join followed as f on c.last_id = f.policy_id
group by c.last_id, f.places_followed, f.places_due
order by count(*) desc, c.last_id asc
