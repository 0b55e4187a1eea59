-- Rows behind P2-02: the four key provincial documents each prefecture should follow, one row per pair; followed ones first.
with expected as (
    select
        prefecture_code,
        unnest(['L002', 'L003', 'L004', 'L005']) as policy_id
    from prefectures
),

issued as (
    select
        prefecture_code,
        parent_policy_id,
        count(*) as documents,
        arg_min(
            {title: title, issue_date: issue_date, source_file: source_file, source_row: source_row},
            (known_date, policy_id)
        ) as earliest
    from policies
    where
        relation = '配套'
        and level = '州市级'
        and meaning('policy_status', status) = '现行'
        and known_date <= last_day_of($period)
    group by prefecture_code, parent_policy_id
)

select
    e.policy_id as item_id,
    coalesce(p.title, e.policy_id) as item,
    if(
        i.documents > 0,
        format(
            '配套文件 {} 件，最早《{}》{}', i.documents, i.earliest.title,
            coalesce(i.earliest.issue_date::varchar, '发文日期不详')
        ),
        if(has_documents(), '未配套', '文件库里没有任何文件，不计')
    ) as detail,
    place_named(e.prefecture_code, null) as place_name,
    (i.documents is not null)::double as num,
    has_documents()::double as den,
    coalesce(i.earliest.source_file, p.source_file) as source_file,
    coalesce(i.earliest.source_row, p.source_row) as source_row
from expected as e
left join issued as i
    on e.prefecture_code = i.prefecture_code and e.policy_id = i.parent_policy_id
left join policies as p
    on e.policy_id = p.policy_id
where in_place($place, e.prefecture_code, null)
order by num desc, e.prefecture_code asc, e.policy_id asc
