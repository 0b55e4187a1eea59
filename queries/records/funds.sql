-- Fund entries, one row per entry of money or goods; a reversal is negative.
-- title 资金
-- facets prefecture:prefecture_code county:county_code year quarter stage source form sector programme:programme_code donor_type organization:org_name
-- sums amount_yuan
-- report fund_id event_date stage source form amount_yuan org_name project_name place_name
-- order -event_date
-- plain fund_id year quarter stage form valuation_basis donor_type org_id project_id programme_code programme_name prefecture_code county_code place_name report_period
-- search 流水号、项目、组织、州市县的名称、代码或拼音首字母
-- param place        region code; 530000 is the province
-- param search       words that a name, code or pinyin initials of the row contain; '' for all
-- param prefecture   varchar[], prefecture codes; empty for all
-- param county       varchar[], county codes; empty for all
-- param year         varchar[]; empty for all
-- param quarter      varchar[]; empty for all
-- param stage        varchar[]; empty for all
-- param source       varchar[]; empty for all
-- param form         varchar[]; empty for all
-- param sector       varchar[]; empty for all
-- param programme    varchar[], programme codes; empty for all
-- param donor_type   varchar[]; empty for all
-- param organization varchar[], names; empty for all
-- return fund_id VARCHAR
-- return event_date DATE
-- return year VARCHAR
-- return quarter VARCHAR
-- return stage VARCHAR
-- return source VARCHAR
-- return form VARCHAR
-- return amount_yuan DECIMAL(18,2)
-- return is_reversal BOOLEAN
-- return valuation_basis VARCHAR
-- return donor_type VARCHAR
-- return org_id VARCHAR
-- return org_name VARCHAR
-- return uscc VARCHAR
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return sector VARCHAR
-- return programme_code VARCHAR
-- return programme_name VARCHAR
-- return prefecture_code VARCHAR
-- return county_code VARCHAR
-- return place_name VARCHAR
-- return report_period VARCHAR
-- return source_file VARCHAR
-- return source_row INTEGER
with found as (
    select code from search_keys
    where has_words(words, $search)
),

entries as (
    select
        f.fund_id,
        f.event_date,
        year(f.event_date)::varchar as year,
        year(f.event_date) || 'Q' || quarter(f.event_date) as quarter,
        f.stage::varchar as stage,
        f.source::varchar as source,
        f.form::varchar as form,
        net_yuan(f.amount_yuan, f.is_reversal)::decimal(18, 2) as amount_yuan,
        f.is_reversal,
        f.valuation_basis::varchar as valuation_basis,
        f.donor_type::varchar as donor_type,
        f.org_id,
        o.org_name,
        o.uscc,
        f.project_id,
        p.project_name,
        p.sector::varchar as sector,
        f.programme_code,
        g.name_zh as programme_name,
        f.prefecture_code,
        f.county_code,
        n.place_name,
        f.report_period,
        f.source_file,
        f.source_row
    from funds as f
    left join organizations as o using (org_id)
    left join projects as p using (project_id)
    left join programmes as g on f.programme_code = g.programme_code
    left join place_names as n on n.region_code = coalesce(f.county_code, f.prefecture_code)
)

select *
from entries
where
    in_place($place, prefecture_code, county_code)
    and chosen($prefecture::varchar[], prefecture_code)
    and chosen($county::varchar[], county_code)
    and chosen($year::varchar[], year)
    and chosen($quarter::varchar[], quarter)
    and chosen($stage::varchar[], stage)
    and chosen($source::varchar[], source)
    and chosen($form::varchar[], form)
    and chosen($sector::varchar[], sector)
    and chosen($programme::varchar[], programme_code)
    and chosen($donor_type::varchar[], donor_type)
    and chosen($organization::varchar[], org_name)
    and (
        $search = ''
        or fund_id = upper($search)
        or project_id in (select code from found)
        or org_id in (select code from found)
        or prefecture_code in (select code from found)
        or county_code in (select code from found)
    )
order by event_date desc, fund_id asc
