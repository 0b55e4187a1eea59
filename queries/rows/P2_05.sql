-- Rows behind P2-05: charitable organizations at the end of the period, one row per organization.
select
    org_id as item_id,
    org_name as item,
    '慈善组织认定 ' || charity_date as detail,
    place_named(prefecture_code, county_code) as place_name,
    1::double as num,
    null::double as den,
    source_file,
    source_row
from act_orgs(last_day_of($period))
where
    charity_date <= last_day_of($period)
    and in_place($place, prefecture_code, county_code)
order by num desc, org_id asc
