-- Rows behind P1-02: organizations on the books at the end of the period, one row per organization; those with party work first.
select
    org_id as item_id,
    org_name as item,
    case
        when party_work_date <= last_day_of($period) then '党的工作覆盖 ' || party_work_date
        when work_known(party_cover_mode, party_cover_date, party_work_date) then '未覆盖'
        else '覆盖不详，不计'
    end as detail,
    place_named(prefecture_code, county_code) as place_name,
    coalesce(party_work_date <= last_day_of($period), false)::double as num,
    work_known(party_cover_mode, party_cover_date, party_work_date)::double as den,
    source_file,
    source_row
from act_orgs(last_day_of($period))
where in_place($place, prefecture_code, county_code)
order by num desc, org_id asc
