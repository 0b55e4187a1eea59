-- Rows behind P2-07: organizations on the list for tax deduction of the year, one row per organization.
select
    org_id as item_id,
    org_name as item,
    tax_deduction_level || '税前扣除资格 ' || year(last_day_of($period)) || '年度' as detail,
    place_named(prefecture_code, county_code) as place_name,
    1::double as num,
    null::double as den,
    source_file,
    source_row
from act_orgs(last_day_of($period))
where
    tax_deduction_level = '省级'
    and list_contains(tax_deduction_years, year(last_day_of($period)))
    and in_place($place, prefecture_code, county_code)
order by num desc, org_id asc
