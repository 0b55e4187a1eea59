-- One organization as of the snapshot's date, one row; no row for an unknown code.
-- param org  organization code
-- return org_id VARCHAR
-- return uscc VARCHAR
-- return org_name VARCHAR
-- return former_names VARCHAR
-- return org_type VARCHAR
-- return reg_level VARCHAR
-- return authority_name VARCHAR
-- return region_code VARCHAR
-- return place_name VARCHAR
-- return supervising_unit_code VARCHAR
-- return activity_field VARCHAR
-- return registered_date DATE
-- return org_status VARCHAR
-- return deregistered_date DATE
-- return staff_count INTEGER
-- return is_social_work_org BOOLEAN
-- return is_yunnan BOOLEAN
-- return is_seed_named BOOLEAN
-- return party_cover_mode VARCHAR
-- return party_cover_date DATE
-- return party_work_date DATE
-- return branch_standardized_date DATE
-- return party_member_count INTEGER
-- return sync_registration BOOLEAN
-- return sync_inspection BOOLEAN
-- return sync_rating BOOLEAN
-- return inspection_year VARCHAR
-- return inspection_result VARCHAR
-- return rating VARCHAR
-- return rating_date DATE
-- return charity_date DATE
-- return public_fundraising_date DATE
-- return tax_deduction_years VARCHAR
-- return tax_deduction_level VARCHAR
-- return publicity_occasion VARCHAR
-- return publicity_date DATE
-- return source_file VARCHAR
-- return source_row INTEGER
select
    org_id,
    uscc,
    org_name,
    array_to_string(former_names, '、') as former_names,
    org_type::varchar as org_type,
    reg_level::varchar as reg_level,
    case
        when reg_authority_code = '100000' then '民政部'
        when reg_authority_code = '530000' then '云南省'
        when right(reg_authority_code, 2) = '00' then home_named(reg_authority_code, null)
        else home_named(left(reg_authority_code, 4) || '00', reg_authority_code)
    end as authority_name,
    coalesce(county_code, prefecture_code) as region_code,
    home_named(prefecture_code, county_code) as place_name,
    supervising_unit_code,
    activity_field,
    registered_date,
    status::varchar as org_status,
    deregistered_date,
    staff_count,
    is_social_work_org,
    is_yunnan,
    is_seed_named,
    party_cover_mode::varchar as party_cover_mode,
    party_cover_date,
    party_work_date,
    branch_standardized_date,
    party_member_count,
    sync_registration,
    sync_inspection,
    sync_rating,
    inspection_year::varchar as inspection_year,
    inspection_result::varchar as inspection_result,
    rating::varchar as rating,
    rating_date,
    charity_date,
    public_fundraising_date,
    array_to_string(tax_deduction_years, '、') as tax_deduction_years,
    tax_deduction_level::varchar as tax_deduction_level,
    publicity_occasion::varchar as publicity_occasion,
    publicity_date,
    source_file,
    source_row
from organizations
where org_id = $org
order by org_id
