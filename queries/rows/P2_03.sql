-- Rows behind P2-03: organizations on the books at the end of the period, one row per organization; those reached first.
select
    org_id as item_id,
    org_name as item,
    if(
        publicity_date <= last_day_of($period),
        concat_ws(' ', publicity_occasion, publicity_date),
        if(f.has_publicity, '未宣传', '未填宣传日期，不计')
    ) as detail,
    place_named(prefecture_code, county_code) as place_name,
    coalesce(publicity_date <= last_day_of($period), false)::double as num,
    f.has_publicity::double as den,
    source_file,
    source_row
from act_orgs(last_day_of($period))
inner join columns_filled as f using (prefecture_code)
where in_place($place, prefecture_code, county_code)
order by num desc, org_id asc
