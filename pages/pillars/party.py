"""党建引领：组织质量、三同步、两个覆盖、五个一批，一抓规划、二抓教育、三抓行动，以及它们带来的款物与人。

Answers:  how far does the Party's coverage reach, in which of the five ways, what is not in step, and what came of it?
Filters:  as-of, period, place (frame); indicator
Reads:    party/quality, party/irregular, party/in_step, party/not_in_step, party/coverage_by_place, measures/of_period,
          party/rates, party/conservation, party/ways, party/ways_by_place, party/documents, party/tasks,
          party/branches_by_place, party/education, party/education_by_place, party/members, party/members_by_quarter,
          party/workers, party/activities_by_quarter, party/engaged_by_place, party/returns, party/raised,
          party/raised_by_source, party/raised_by_month, party/raised_by_place, people/totals
"""

from yunnan.front.address import frame
from yunnan.front.kit import place_parts, sections
from yunnan.front.pillars import party, party_headings, pillar_head

view = frame.view()
where, table, row = view.where, view.snapshot.table, view.snapshot.row
pillar_head.pillar("P1", view)
party_headings.section("party/quality", where)
party.party_quality(table("party/quality", **where), view=view)
sections.listing(table("party/irregular", **where), name="活动异常名录", view=view, opens="org_id", hide=("org_id",))
party_headings.section("party/in_step", where)
party.party_in_step(table("party/in_step", **where), view=view)
sections.listing(table("party/not_in_step", **where), name="未同步名单", view=view, opens="org_id", hide=("org_id",))
party_headings.section("party/coverage_by_place", where)
party.party_coverage(table("party/coverage_by_place", **where), view=view)
party_headings.section("party/rates", where)
party.party_quarters(table("party/rates", **where), view=view)
party_headings.section("party/ways", where)
party.party_ways(
    table("party/ways", **where), row("party/conservation", **where), table("party/ways_by_place", **where), view=view
)
party_headings.section("party/documents", where)
sections.listing(table("party/documents", **where), name="党建文件", view=view)
sections.listing(table("party/tasks", **where), name="要点任务清单", view=view)
party_headings.section("party/branches_by_place", where)
party.party_branches(table("party/branches_by_place", **where), view=view)
party_headings.section("party/education", where)
party.party_education(row("party/education", **where), table("party/education_by_place", **where), view=view)
party_headings.section("party/members", where)
party.party_members(
    row("party/members", **where),
    table("party/members_by_quarter", **where),
    table("party/workers", **where),
    view=view,
)
party_headings.section("party/activities_by_quarter", where)
party.party_activities(table("party/activities_by_quarter", **where), view=view)
party_headings.section("party/engaged_by_place", where)
party.party_engaged(table("party/engaged_by_place", **where), view=view)
party_headings.section("party/raised", where)
raised = [table(name, **where) for name in ("party/raised_by_source", "party/raised_by_month", "party/raised_by_place")]
party.party_raised(row("party/raised", **where), row("party/returns", **where), *raised, view=view)
party_headings.section("people/totals", where)
place_parts.people_panel(view, where)
