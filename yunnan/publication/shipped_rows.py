"""The rows that ship with the program, and which of them stand beside what an office sent."""

from yunnan import settings

REFERENCE = (
    *("prefectures", "counties", "county_poverty_annual", "programmes", "code_lists", "targets", "stages"),
    *("place_traits", "county_names", "pairings", "validation_rules"),
)
# Of the office's registers, these rows that ship with the program come beside what was sent: the words of the lists,
# but of those in ingest.forms.COUNTED, where the office has listed its own, only those that a row still cites;
# a programme where something cites it. Targets, documents and poverty figures are never any but the office's.
SHIPPED = {
    "code_lists": """(s.list, s.code) not in (select (c.list, c.code) from code_lists as c) and (
        s.list not in (
            'sector', 'poverty_category', 'help_type', 'fund_source', 'project_status', 'activity_type',
            'org_status', 'policy_status')
        or s.list not in (select c.list from code_lists as c)
        or (s.list, s.code) in (
            select unnest([('sector', sector), ('project_status', status)]) from projects
            union all select ('help_type', unnest(aid_types)) from projects
            union all select distinct ('org_status', status) from organizations
            union all select distinct ('policy_status', status) from policies
            union all select distinct ('fund_source', source) from funds
            union all select distinct ('activity_type', activity_type) from activities
            union all select distinct ('poverty_category', poverty_category) from beneficiaries
            union all select distinct ('help_type', help_type) from beneficiaries
        ))""",
    "place_traits": """not exists (
        from place_traits as t
        where (t.counts_as = s.counts_as or (t.trait = s.trait and t.region_code = s.region_code))
        and t.valid_from <= coalesce(s.valid_to::date, t.valid_from)
        and s.valid_from::date <= coalesce(t.valid_to, s.valid_from::date))""",
    "county_names": "(s.region_code, s.name_zh) not in (select (n.region_code, n.name_zh) from county_names as n)",
    "pairings": """not exists (
        from pairings as p where p.region_code = s.region_code and p.kind = s.kind
        and p.valid_from <= s.valid_to::date and s.valid_from::date <= coalesce(p.valid_to, s.valid_from::date))""",
    "stages": "s.stage not in (select g.stage from stages as g)",
    "programmes": """s.programme_code not in (select g.programme_code from programmes as g) and s.programme_code in (
        select p.programme_code from projects as p union all select f.programme_code from funds as f)""",
}


def source(table: str) -> str:
    """What DuckDB reads a table's file of data/reference by, every value as text."""
    return f"read_csv('{settings.REFERENCE_DIR / table}.csv', all_varchar = true)"
