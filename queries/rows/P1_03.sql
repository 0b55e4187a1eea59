-- Rows behind P1-03: organizations newly covered in the period and still on the books, one row per organization.
select
    org_id as item_id,
    org_name as item,
    party_cover_mode || ' ' || party_cover_date as detail,
    place_named(prefecture_code, county_code) as place_name,
    1::double as num,
    null::double as den,
    source_file,
    source_row
from act_orgs(last_day_of($period))
where
    party_cover_date between first_day($period) and last_day_of($period)
    and in_place($place, prefecture_code, county_code)
order by num desc, org_id asc
