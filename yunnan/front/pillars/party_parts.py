"""The parts of the page 党建引领."""

from collections.abc import Callable
from functools import partial

from yunnan.data.view import View
from yunnan.front.kit import place_parts, sections
from yunnan.front.pillars import party, party_headings, pillar_head


def _quality(view: View) -> None:
    params, table = view.params, view.snapshot.table
    party_headings.section("party/quality", view)
    party.party_quality(table("party/quality", **params), view=view)
    sections.listing(
        table("party/irregular", **params), name="活动异常名录", view=view, opens="org_id", hide=("org_id",)
    )


def _sync(view: View) -> None:
    params, table = view.params, view.snapshot.table
    party_headings.section("party/in_step", view)
    party.party_in_step(table("party/in_step", **params), view=view)
    sections.listing(
        table("party/not_in_step", **params), name="未同步名单", view=view, opens="org_id", hide=("org_id",)
    )


def _coverage(view: View) -> None:
    params, table = view.params, view.snapshot.table
    party_headings.section("party/coverage_by_place", view)
    party.party_coverage(table("party/coverage_by_place", **params), view=view)
    party_headings.section("party/rates", view)
    party.party_quarters(table("party/rates", **params), view=view)


def _ways(view: View) -> None:
    params, table, row = view.params, view.snapshot.table, view.snapshot.row
    party_headings.section("party/ways", view)
    party.party_ways(
        table("party/ways", **params),
        row("party/conservation", **params),
        table("party/ways_by_place", **params),
        view=view,
    )


def _plan(view: View) -> None:
    params, table = view.params, view.snapshot.table
    party_headings.section("party/documents", view)
    sections.listing(table("party/documents", **params), name="党建文件", view=view)
    tasks = table("party/tasks", **params)
    sections.listing(tasks.assign(task=tasks.task.map(view.say)), name="要点任务清单", view=view)
    party_headings.section("party/branches_by_place", view)
    party.party_branches(table("party/branches_by_place", **params), view=view)


def _education(view: View) -> None:
    params, table, row = view.params, view.snapshot.table, view.snapshot.row
    party_headings.section("party/education", view)
    party.party_education(row("party/education", **params), table("party/education_by_place", **params), view=view)
    party_headings.section("party/members", view)
    party.party_members(
        row("party/members", **params),
        table("party/members_by_quarter", **params),
        table("party/workers", **params),
        view=view,
    )


def _action(view: View) -> None:
    params, table = view.params, view.snapshot.table
    party_headings.section("party/activities_by_quarter", view)
    party.party_activities(table("party/activities_by_quarter", **params), view=view)
    party_headings.section("party/engaged_by_place", view)
    party.party_engaged(table("party/engaged_by_place", **params), view=view)


def _results(view: View) -> None:
    params, table, row = view.params, view.snapshot.table, view.snapshot.row
    party_headings.section("party/raised", view)
    raised = [
        table(name, **params) for name in ("party/raised_by_source", "party/raised_by_month", "party/raised_by_place")
    ]
    party.party_raised(row("party/raised", **params), row("party/returns", **params), *raised, view=view)
    party_headings.section("people/totals", view)
    place_parts.people_panel(view, params)


# ?part= -> (its title, what draws it)
PARTS: dict[str, tuple[str, Callable[[View], None]]] = {
    pillar_head.INDICATORS: ("指标", partial(pillar_head.indicators, "P1")),
    "quality": ("组织质量", _quality),
    "sync": ("三同步", _sync),
    "coverage": ("两个覆盖", _coverage),
    "ways": ("五个一批", _ways),
    "plan": ("抓规划", _plan),
    "education": ("抓教育", _education),
    "action": ("抓行动", _action),
    "results": ("成效", _results),
}
