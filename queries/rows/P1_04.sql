-- Rows behind P1-04: matters due in the period, one row per organization and matter; those done in step first.
select
    org_id as item_id,
    org_name as item,
    happened
    || case when is_in_step then '，已同步' when is_in_step is null then '，未填，不计' else '，未同步' end as detail,
    place_named(prefecture_code, county_code) as place_name,
    coalesce(is_in_step, false)::double as num,
    (is_in_step is not null)::double as den,
    source_file,
    source_row
from sync_matters(first_day($period), last_day_of($period))
where in_place($place, prefecture_code, county_code)
order by num desc, org_id asc, matter asc
