-- Matters of the 三同步 due in the period and not done in step, one row per organization and matter; by place.
-- facts S011
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return place_name VARCHAR
-- return matter VARCHAR
-- return detail VARCHAR
-- return party_cover_mode VARCHAR
select
    org_id,
    org_name,
    place_named(prefecture_code, county_code) as place_name,
    matter,
    happened as detail,
    party_cover_mode::varchar as party_cover_mode
from sync_matters(first_day($period), last_day_of($period))
where not is_in_step and in_place($place, prefecture_code, county_code)
order by prefecture_code, county_code nulls first, org_id, matter
