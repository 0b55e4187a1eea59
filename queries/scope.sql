-- What a reader of some prefectures sees of each table. Run instead of showing the tables whole when a snapshot is opened
-- for a scope: the table scope holds its prefecture codes, the schema whole every table as it was published.
-- Own rows, the province's published totals, what is common to all, and the names of organizations in own rows.
-- A table that is not here is not there for such a reader.

create macro is_own(code) as coalesce(code in (select s.prefecture_code from scope as s), false);
create macro is_own_region(code) as is_own(left(code, 4) || '00');

-- Common to all: definitions, codes, periods, the article's figures and programmes.
create view code_lists as from whole.code_lists;
create view stages as from whole.stages;
create view place_traits as from whole.place_traits;
create view county_names as from whole.county_names;
create table indicators as from whole.indicators;
create table periods as from whole.periods;
create view programmes as from whole.programmes;
create view validation_rules as from whole.validation_rules;

-- The province's published totals beside own values. 省本级 is nobody's prefecture.
create table indicator_values as
from whole.indicator_values
where level = 'province' or is_own(prefecture_code);
create table people_counts as
from whole.people_counts
where level = 'province' or is_own(prefecture_code);
create table scores as
from whole.scores
where level = 'province' or is_own(prefecture_code);
create view targets as
from whole.targets
where region_code = '530000' or is_own_region(region_code);
create view county_poverty_annual as
from whole.county_poverty_annual
where region_code = '530000' or is_own_region(region_code);
create table published_figures as
from whole.published_figures
where region_code is null or region_code = '530000' or is_own_region(region_code);
create view pairings as
from whole.pairings
where is_own_region(region_code);
create view indicator_spans as from whole.indicator_spans;
create view office_figures as
from whole.office_figures
where region_code = '530000' or is_own_region(region_code);
create table regions as
from whole.regions
where level = 'province' or is_own(prefecture_code);

-- Own rows.
create view prefectures as from whole.prefectures
where is_own(prefecture_code);
create view counties as from whole.counties
where is_own(prefecture_code);
create view activities as from whole.activities
where is_own(prefecture_code);
create view reported_stats as from whole.reported_stats
where is_own(prefecture_code);
create view collectives as from whole.collectives
where is_own(prefecture_code);
create view project_locations as from whole.project_locations
where is_own(prefecture_code);
-- A list of the whole province tells its prefectures that it came and when, and nothing else of itself.
create view snapshot_manifest as
select
    * replace (
        if(is_own(prefecture_code), source_file, '全省台账') as source_file,
        if(is_own(prefecture_code), source_sha256, null) as source_sha256,
        if(is_own(prefecture_code), rows_in, null) as rows_in,
        if(is_own(prefecture_code), rows_ok, null) as rows_ok,
        if(is_own(prefecture_code), rows_warn, null) as rows_warn,
        if(is_own(prefecture_code), rows_reject, null) as rows_reject,
        if(is_own(prefecture_code), sum_amount_ok, null) as sum_amount_ok,
        if(is_own(prefecture_code), declared_rows, null) as declared_rows,
        if(is_own(prefecture_code), declared_amount, null) as declared_amount
    )
from whole.snapshot_manifest
where is_own(prefecture_code) or covers_province;
create view returns_received as from whole.returns_received
where is_own(prefecture_code);
create view quality_issues as
from whole.quality_issues
where batch_id in (select batch_id from returns_received);
create view policies as
from whole.policies
where prefecture_code = '530000' or is_own(prefecture_code);

-- A project that reaches a prefecture is there for it, with its own counties; its money only where it is mainly.
create view projects as
with o as (select list(left(prefecture_code, 4)) as stems from scope)

select
    p.* replace (
        list_filter(p.county_codes, lambda c: list_contains(o.stems, left(c, 4))) as county_codes,
        if(is_own(p.prefecture_code), p.need_amount_yuan, null) as need_amount_yuan,
        if(is_own(p.prefecture_code), p.approved_yuan, null) as approved_yuan,
        if(is_own(p.prefecture_code), p.source_file, '其他州市的报表') as source_file,
        if(is_own(p.prefecture_code), p.source_row, 0) as source_row
    )
from whole.projects as p
cross join o
where is_own(p.prefecture_code) or p.project_id in (select project_id from project_locations);

-- Money of a project that is mainly in a prefecture counts for it wherever it was received; what was received elsewhere
-- has its amount and nothing that only its own prefecture knows. It belongs to no place of the reader's.
create view funds as
select * from whole.funds
where is_own(prefecture_code)
union all by name
select
    f.* replace (
        nullif(f.donor_type, f.donor_type) as donor_type,
        nullif(f.donor_name, f.donor_name) as donor_name,
        nullif(f.org_id, f.org_id) as org_id,
        nullif(f.county_code, f.county_code) as county_code,
        '其他州市的报表' as source_file,
        0 as source_row
    )
from whole.funds as f
inner join whole.projects as p using (project_id)
where is_own(p.prefecture_code) and not is_own(f.prefecture_code);

-- Persons of a project are not told by place: only of projects that reach nobody else.
create table people_reached as
from whole.people_reached
where
    kind = 'project'
    and code in (select project_id from projects)
    and code not in (
        select project_id from whole.project_locations
        where not is_own(prefecture_code)
    );

-- Of an organization registered elsewhere, what own rows mention: its entry in the public register, not its inner life.
create table organizations_mentioned as
select lead_org_id as org_id from projects
union
select unnest(partner_org_ids) from projects
union
select org_id from funds
union
select org_id from activities
union
select org_id from collectives;

create view organizations as
select * from whole.organizations
where is_own(prefecture_code)
union all by name
select
    * replace (
        nullif(party_member_count, party_member_count) as party_member_count,
        nullif(staff_count, staff_count) as staff_count,
        nullif(inspection_result, inspection_result) as inspection_result,
        nullif(inspection_year, inspection_year) as inspection_year,
        '其他州市的报表' as source_file,
        0 as source_row
    )
from whole.organizations
where not is_own(prefecture_code) and org_id in (select org_id from organizations_mentioned);

create table search_keys as
from whole.search_keys
where code in (
    select org_id from organizations
    union all
    select project_id from projects
    union all
    select policy_id from policies
    union all
    select programme_code from programmes
    union all
    select prefecture_code from prefectures
    union all
    select county_code from counties
);
