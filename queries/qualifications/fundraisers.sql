-- Organizations that may raise funds in public at the end of the period, one row per organization; the latest first.
-- facts S040
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return org_type VARCHAR
-- return place_name VARCHAR
-- return charity_date DATE
-- return public_fundraising_date DATE
-- return is_new BOOLEAN
-- return source_file VARCHAR
-- return source_row INTEGER
select
    org_id,
    org_name,
    org_type::varchar as org_type,
    place_named(prefecture_code, county_code) as place_name,
    charity_date,
    public_fundraising_date,
    public_fundraising_date >= first_day($period) as is_new,
    source_file,
    source_row
from act_orgs(last_day_of($period))
where public_fundraising_date <= last_day_of($period) and in_place($place, prefecture_code, county_code)
order by public_fundraising_date desc, org_id asc
