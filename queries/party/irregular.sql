-- Organizations on the books whose status means 活动异常 or 严重违法失信 on the snapshot's date, one row per organization; the graver first.
-- facts S010
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return place_name VARCHAR
-- return org_type VARCHAR
-- return org_status VARCHAR
-- return inspection_year SMALLINT
-- return inspection_result VARCHAR
-- return rating VARCHAR
-- return party_cover_mode VARCHAR
select
    org_id,
    org_name,
    place_named(prefecture_code, county_code) as place_name,
    org_type::varchar as org_type,
    status::varchar as org_status,
    inspection_year,
    inspection_result::varchar as inspection_result,
    rating::varchar as rating,
    party_cover_mode::varchar as party_cover_mode
from act_orgs(last_day_of($period))
where
    meaning('org_status', status) in ('活动异常', '严重违法失信')
    and in_place($place, prefecture_code, county_code)
order by list_position(['严重违法失信', '活动异常'], meaning('org_status', status)), prefecture_code, org_id
