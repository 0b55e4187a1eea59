-- Needs and projects, one row per project as of the snapshot's date; money over the project's life.
-- title 项目
-- facets prefecture:prefecture_code county:county_codes[] year status sector programme:programme_code supervising_unit:supervising_unit_code cross_province is_model_case organization:org_name
-- sums need_amount_yuan approved_yuan received_yuan spent_yuan
-- report project_id project_name status sector org_name prefecture_name county_names need_amount_yuan received_yuan spent_yuan
-- order project_id
-- search 项目、牵头组织、州市县的名称、代码或拼音首字母
-- param place            region code; 530000 is the province
-- param search           words that a name, code or pinyin initials of the row contain; '' for all
-- param prefecture       varchar[], main prefecture's code; empty for all
-- param county           varchar[], codes of counties; empty for all
-- param year             varchar[], year the need was posted; empty for all
-- param status           varchar[]; empty for all
-- param sector           varchar[]; empty for all
-- param programme        varchar[], programme codes; empty for all
-- param supervising_unit varchar[]; empty for all
-- param cross_province   varchar[]; empty for all
-- param is_model_case    varchar[], true or false; empty for all
-- param organization     varchar[], names; empty for all
-- return project_id VARCHAR
-- return project_name VARCHAR
-- return status VARCHAR
-- return sector VARCHAR
-- return programme_code VARCHAR
-- return programme_name VARCHAR
-- return supervising_unit_code VARCHAR
-- return lead_org_id VARCHAR
-- return org_name VARCHAR
-- return uscc VARCHAR
-- return partner_orgs VARCHAR
-- return aid_types VARCHAR
-- return resource_types VARCHAR
-- return year VARCHAR
-- return posted_date DATE
-- return matched_date DATE
-- return start_date DATE
-- return planned_end_date DATE
-- return actual_end_date DATE
-- return need_amount_yuan DECIMAL(18,2)
-- return approved_yuan DECIMAL(18,2)
-- return received_yuan DECIMAL(18,2)
-- return spent_yuan DECIMAL(18,2)
-- return prefecture_code VARCHAR
-- return prefecture_name VARCHAR
-- return county_codes VARCHAR[]
-- return county_names VARCHAR
-- return cross_province VARCHAR
-- return is_model_case BOOLEAN
-- return source_file VARCHAR
-- return source_row INTEGER
with found as (
    select code from search_keys
    where has_words(words, $search)
),

money as (
    select
        project_id,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '到账') as received_yuan,
        sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '支出') as spent_yuan
    from funds
    where project_id is not null
    group by project_id
),

partners as (
    select
        u.project_id,
        string_agg(coalesce(o.org_name, u.org_id), '；' order by u.nr) as partner_orgs
    from (
        select
            project_id,
            unnest(partner_org_ids) as org_id,
            generate_subscripts(partner_org_ids, 1) as nr
        from projects
    ) as u
    left join organizations as o using (org_id)
    group by u.project_id
),

places as (
    select
        l.project_id,
        string_agg(n.place_name, '；' order by l.is_primary desc, l.county_code asc) as county_names
    from project_locations as l
    left join place_names as n on l.county_code = n.region_code
    group by l.project_id
)

select
    p.project_id,
    p.project_name,
    p.status::varchar as status,
    p.sector::varchar as sector,
    p.programme_code,
    g.name_zh as programme_name,
    p.supervising_unit_code,
    p.lead_org_id,
    o.org_name,
    o.uscc,
    partners.partner_orgs,
    array_to_string(p.aid_types, '；') as aid_types,
    array_to_string(p.resource_types, '；') as resource_types,
    year(p.posted_date)::varchar as year,
    p.posted_date,
    p.matched_date,
    p.start_date,
    p.planned_end_date,
    p.actual_end_date,
    p.need_amount_yuan::decimal(18, 2) as need_amount_yuan,
    p.approved_yuan::decimal(18, 2) as approved_yuan,
    coalesce(money.received_yuan, 0)::decimal(18, 2) as received_yuan,
    coalesce(money.spent_yuan, 0)::decimal(18, 2) as spent_yuan,
    p.prefecture_code,
    n.place_name as prefecture_name,
    p.county_codes,
    places.county_names,
    p.cross_province::varchar as cross_province,
    p.is_model_case,
    p.source_file,
    p.source_row
from projects as p
left join programmes as g on p.programme_code = g.programme_code
left join organizations as o on p.lead_org_id = o.org_id
left join money on p.project_id = money.project_id
left join partners on p.project_id = partners.project_id
left join places on p.project_id = places.project_id
left join place_names as n on p.prefecture_code = n.region_code
where
    lies_in($place, p.prefecture_code, p.county_codes)
    and chosen($prefecture::varchar[], p.prefecture_code)
    and (len($county::varchar[]) = 0 or list_has_any(p.county_codes, $county::varchar[]))
    and chosen($year::varchar[], year(p.posted_date)::varchar)
    and chosen($status::varchar[], p.status)
    and chosen($sector::varchar[], p.sector)
    and chosen($programme::varchar[], p.programme_code)
    and chosen($supervising_unit::varchar[], p.supervising_unit_code)
    and chosen($cross_province::varchar[], p.cross_province)
    and chosen($is_model_case::varchar[], p.is_model_case)
    and chosen($organization::varchar[], o.org_name)
    and (
        $search = ''
        or p.project_id in (select code from found)
        or p.lead_org_id in (select code from found)
        or p.programme_code in (select code from found)
        or p.prefecture_code in (select code from found)
        or list_has_any(p.county_codes, (select list(code) from found))
    )
order by p.project_id
