-- Rows behind P1-05: organizations with a party body of their own, joint or functional, one row per organization; standardized first.
select
    org_id as item_id,
    org_name as item,
    if(
        branch_standardized_date <= last_day_of($period),
        party_cover_mode || '，达标 ' || branch_standardized_date,
        party_cover_mode || if(f.has_standardized, '，未达标', '，未填达标日期，不计')
    ) as detail,
    place_named(prefecture_code, county_code) as place_name,
    coalesce(branch_standardized_date <= last_day_of($period), false)::double as num,
    f.has_standardized::double as den,
    source_file,
    source_row
from act_orgs(last_day_of($period))
inner join columns_filled as f using (prefecture_code)
where
    party_cover_mode in ('单独成立', '联合成立', '功能型党组织')
    and party_cover_date <= last_day_of($period)
    and in_place($place, prefecture_code, county_code)
order by num desc, org_id asc
