-- Rows behind P1-04: matters due in the period, one row per organization and matter; those done in step first.
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return item_id VARCHAR
-- return item VARCHAR
-- return detail VARCHAR
-- return place_name VARCHAR
-- return num DOUBLE
-- return den DOUBLE
-- return source_file VARCHAR
-- return source_row INTEGER
with matters as (
    select *, '登记' as matter, '登记 ' || registered_date as happened, sync_registration as is_synced
    from act_orgs(last_day_of($period))
    where registered_date >= first_day($period)
    union all
    select *, '年检', concat_ws(' ', '年检', inspection_year || '年度', inspection_result), sync_inspection
    from act_orgs(last_day_of($period))
    where inspection_result in ('合格', '基本合格', '不合格') and inspected(inspection_year, last_day_of($period))
    union all
    select *, '评估', concat_ws(' ', '评估', rating, rating_date), sync_rating
    from act_orgs(last_day_of($period))
    where rating != '未评估' and rating_date <= last_day_of($period)
)

select
    org_id as item_id,
    org_name as item,
    happened
    || case when is_synced then '，已同步' when is_synced is null then '，未填，不计' else '，未同步' end as detail,
    place_named(prefecture_code, county_code) as place_name,
    coalesce(is_synced, false)::double as num,
    (is_synced is not null)::double as den,
    source_file,
    source_row
from matters
where in_place($place, prefecture_code, county_code)
order by num desc, org_id asc, matter asc
