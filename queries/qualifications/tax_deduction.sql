-- Organizations on the provincial list for tax deduction of the period's year, one row per organization.
-- facts S041 S042 S043
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return org_type VARCHAR
-- return place_name VARCHAR
-- return tax_deduction_level VARCHAR
-- return tax_deduction_years VARCHAR
-- return source_file VARCHAR
-- return source_row INTEGER
select
    org_id,
    org_name,
    org_type::varchar as org_type,
    place_named(prefecture_code, county_code) as place_name,
    tax_deduction_level::varchar as tax_deduction_level,
    array_to_string(list_sort(tax_deduction_years), '、') as tax_deduction_years,
    source_file,
    source_row
from act_orgs(last_day_of($period))
where
    tax_deduction_level = '省级'
    and list_contains(tax_deduction_years, year(last_day_of($period)))
    and in_place($place, prefecture_code, county_code)
order by org_id
