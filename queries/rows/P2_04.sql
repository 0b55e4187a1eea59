-- Rows behind P2-04: organizations due for inspection, one row per organization; those that passed first.
select
    org_id as item_id,
    org_name as item,
    concat_ws(' ', inspection_year || '年度', coalesce(inspection_result, '无结论')) as detail,
    place_named(prefecture_code, county_code) as place_name,
    coalesce(inspection_result in ('合格', '基本合格'), false)::double as num,
    1::double as den,
    source_file,
    source_row
from act_orgs(last_day_of($period))
where
    registered_date < date_trunc('year', last_day_of($period))
    and inspected(inspection_year, inspection_result, last_day_of($period))
    and inspection_result is distinct from '不适用'
    and in_place($place, prefecture_code, county_code)
order by num desc, org_id asc
