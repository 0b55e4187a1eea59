-- Social organizations, one row per organization as of the snapshot's date, those struck off included.
-- title 组织
-- facets prefecture:prefecture_code county:county_code org_type reg_level status party_cover_mode rating inspection_result activity_field supervising_unit:supervising_unit_code year is_social_work_org
-- sums received_yuan spent_yuan
-- report org_name uscc org_type place_name status party_cover_mode rating projects_led received_yuan
-- order org_id
-- search 名称、曾用名、统一社会信用代码、州市县的名称、代码或拼音首字母
-- param place              region code; 530000 is the province
-- param search             words that a name, code or pinyin initials of the row contain; '' for all
-- param prefecture         varchar[], prefecture codes; empty for all
-- param county             varchar[], county codes; empty for all
-- param org_type           varchar[]; empty for all
-- param reg_level          varchar[]; empty for all
-- param status             varchar[]; empty for all
-- param party_cover_mode   varchar[]; empty for all
-- param rating             varchar[]; empty for all
-- param inspection_result  varchar[]; empty for all
-- param activity_field     varchar[]; empty for all
-- param supervising_unit   varchar[]; empty for all
-- param year               varchar[], year of registration; empty for all
-- param is_social_work_org varchar[], true or false; empty for all
-- return org_id VARCHAR
-- return uscc VARCHAR
-- return org_name VARCHAR
-- return former_names VARCHAR
-- return org_type VARCHAR
-- return reg_level VARCHAR
-- return place_name VARCHAR
-- return prefecture_code VARCHAR
-- return county_code VARCHAR
-- return supervising_unit_code VARCHAR
-- return activity_field VARCHAR
-- return year VARCHAR
-- return registered_date DATE
-- return status VARCHAR
-- return deregistered_date DATE
-- return party_cover_mode VARCHAR
-- return party_cover_date DATE
-- return party_work_date DATE
-- return inspection_year VARCHAR
-- return inspection_result VARCHAR
-- return rating VARCHAR
-- return rating_date DATE
-- return charity_date DATE
-- return public_fundraising_date DATE
-- return tax_deduction_years VARCHAR
-- return tax_deduction_level VARCHAR
-- return is_social_work_org BOOLEAN
-- return projects_led BIGINT
-- return received_yuan DECIMAL(18,2)
-- return spent_yuan DECIMAL(18,2)
-- return source_file VARCHAR
-- return source_row INTEGER
with found as (
    select code from search_keys
    where has_words(words, $search)
),

money as (
    select
        org_id,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '到账') as received_yuan,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '支出') as spent_yuan
    from funds
    where org_id is not null
    group by org_id
),

led as (
    select
        lead_org_id as org_id,
        count(*) as projects_led
    from projects
    where lead_org_id is not null
    group by lead_org_id
)

select
    o.org_id,
    o.uscc,
    o.org_name,
    array_to_string(o.former_names, '、') as former_names,
    o.org_type::varchar as org_type,
    o.reg_level::varchar as reg_level,
    coalesce(n.place_name, if(o.prefecture_code = '100000', '全国', '省外')) as place_name,
    o.prefecture_code,
    o.county_code,
    o.supervising_unit_code,
    o.activity_field,
    year(o.registered_date)::varchar as year,
    o.registered_date,
    o.status::varchar as status,
    o.deregistered_date,
    o.party_cover_mode::varchar as party_cover_mode,
    o.party_cover_date,
    o.party_work_date,
    o.inspection_year::varchar as inspection_year,
    o.inspection_result::varchar as inspection_result,
    o.rating::varchar as rating,
    o.rating_date,
    o.charity_date,
    o.public_fundraising_date,
    array_to_string(o.tax_deduction_years, '；') as tax_deduction_years,
    o.tax_deduction_level::varchar as tax_deduction_level,
    o.is_social_work_org,
    coalesce(led.projects_led, 0) as projects_led,
    coalesce(money.received_yuan, 0)::decimal(18, 2) as received_yuan,
    coalesce(money.spent_yuan, 0)::decimal(18, 2) as spent_yuan,
    o.source_file,
    o.source_row
from organizations as o
left join place_names as n on n.region_code = coalesce(o.county_code, o.prefecture_code)
left join money on o.org_id = money.org_id
left join led on o.org_id = led.org_id
where
    in_place($place, o.prefecture_code, o.county_code)
    and chosen($prefecture::varchar[], o.prefecture_code)
    and chosen($county::varchar[], o.county_code)
    and chosen($org_type::varchar[], o.org_type)
    and chosen($reg_level::varchar[], o.reg_level)
    and chosen($status::varchar[], o.status)
    and chosen($party_cover_mode::varchar[], o.party_cover_mode)
    and chosen($rating::varchar[], o.rating)
    and chosen($inspection_result::varchar[], o.inspection_result)
    and chosen($activity_field::varchar[], o.activity_field)
    and chosen($supervising_unit::varchar[], o.supervising_unit_code)
    and chosen($year::varchar[], year(o.registered_date))
    and chosen($is_social_work_org::varchar[], o.is_social_work_org)
    and (
        $search = ''
        or o.org_id in (select code from found)
        or o.prefecture_code in (select code from found)
        or o.county_code in (select code from found)
    )
order by o.org_id
