-- Identifiers that more than one row has, one row per table and identifier (at most three): table, identifier, lines.
-- return table_name VARCHAR
-- return given VARCHAR
-- return lines VARCHAR
with held as (
    select 'funds' as table_name, fund_id as given, source_file, source_row from funds
    union all
    select 'beneficiaries', record_id, source_file, source_row from beneficiaries
    union all
    select 'activities', activity_id, source_file, source_row from activities
    union all
    select 'organizations', org_id, source_file, source_row from organizations
    union all
    select 'projects', project_id, source_file, source_row from projects
    union all
    select
        'reported_stats', concat_ws(' ', report_period, prefecture_code, item_code), source_file, source_row
    from reported_stats
    union all
    select 'policies', policy_id, source_file, source_row from policies
    union all
    select 'targets', concat_ws(' ', indicator_code, year, region_code), source_file, source_row from targets
    union all
    select 'programmes', programme_code, source_file, source_row from programmes
    union all
    select
        'county_poverty_annual', concat_ws(' ', region_code, year), source_file, source_row
    from county_poverty_annual
    union all
    select 'code_lists', concat_ws(' ', list, code), source_file, source_row from code_lists
    union all
    select 'stages', stage, source_file, source_row from stages
    union all
    select 'place_traits', concat_ws(' ', trait, region_code), source_file, source_row from place_traits
    union all
    select 'county_names', concat_ws(' ', region_code, name_zh), source_file, source_row from county_names
    union all
    select 'pairings', concat_ws(' ', region_code, kind, partner), source_file, source_row from pairings
    union all
    select 'office_figures', figure_code, source_file, source_row from office_figures
    union all
    select 'indicator_spans', indicator_code, source_file, source_row from indicator_spans
)

select
    table_name, given,
    string_agg(source_file || ' 第' || source_row || '行', '、' order by source_file, source_row) as lines
from held
where source_file is not null
group by table_name, given
having count(*) > 1
order by table_name, given
limit 3
