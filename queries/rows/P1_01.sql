-- Rows behind P1-01: organizations on the books at the end of the period, one row per organization; covered ones first.
select
    org_id as item_id,
    org_name as item,
    if(
        party_cover_date <= last_day_of($period),
        party_cover_mode || ' ' || party_cover_date,
        '未覆盖'
    ) as detail,
    place_named(prefecture_code, county_code) as place_name,
    coalesce(party_cover_date <= last_day_of($period), false)::double as num,
    1::double as den,
    source_file,
    source_row
from act_orgs(last_day_of($period))
where in_place($place, prefecture_code, county_code)
order by num desc, org_id asc
