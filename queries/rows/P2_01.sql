-- Rows behind P2-01: policies in force at the end of the period, one row per document; newest first, those of unknown date last.
select
    policy_id as item_id,
    title as item,
    concat_ws(
        ' ', level, policy_class, relation, doc_no,
        coalesce(issue_date::varchar, '发文日期不详，按' || known_date || '起计')
    ) as detail,
    place_named(prefecture_code, null) as place_name,
    1::double as num,
    null::double as den,
    source_file,
    source_row
from policies
where
    meaning('policy_status', status) = '现行'
    and known_date <= last_day_of($period)
    and in_place($place, prefecture_code, null)
order by issue_date desc nulls last, policy_id asc
