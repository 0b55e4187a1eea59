-- Rows behind P1-01: organizations on the books at the end of the period, one row per organization; covered ones first.
select
    org_id as item_id,
    org_name as item,
    case
        when party_cover_date <= last_day_of($period) then party_cover_mode || ' ' || party_cover_date
        when coverage_known(party_cover_mode, party_cover_date) then '未覆盖'
        else concat_ws('，', party_cover_mode, '覆盖不详，不计')
    end as detail,
    place_named(prefecture_code, county_code) as place_name,
    coalesce(party_cover_date <= last_day_of($period), false)::double as num,
    coverage_known(party_cover_mode, party_cover_date)::double as den,
    source_file,
    source_row
from act_orgs(last_day_of($period))
where in_place($place, prefecture_code, county_code)
order by num desc, org_id asc
