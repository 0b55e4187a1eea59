"""The parts of the page of one organization, and of that page while no organization is chosen."""

from collections.abc import Callable

from yunnan.data.view import View
from yunnan.front.kit import sections
from yunnan.front.places import entity
from yunnan.front.places.entity import LifeView


def parts(code: str, life: LifeView) -> dict[str, tuple[str, Callable[[View], None]]]:
    """{?part=: (its title, what draws it)} of the organization with this code. life: the view over all its time."""
    this = {"org": code}
    table = life.snapshot.table

    def projects(_: View) -> None:
        note = "角色：牵头、合作，或仅在资金流水中出现（经手资金）；款物为本组织为该项目收支的部分。"
        sections.section("项目", "organization/projects", this, note=note, base="全周期 到账含物资")
        entity.kept_list(table("organization/projects", **this), name="参与的项目", view=life, opens="project_id")

    def money(_: View) -> None:
        note = "按发生年度；获批、到账、支出不可相加。"
        sections.section("款物", "organization/money", this, note=note, base="全周期 含物资")
        entity.money_pieces(table("organization/money", **this), part="year", name="各年度款物", view=life)

    def entries(view: View) -> None:
        sections.section("逐笔流水", "organization/funds", this, note="近的在前；红冲为负。")
        entity.entries(view, "organization/funds", this, name="资金与物资流水", opens="project_id")

    def activities(_: View) -> None:
        note = "主办的活动，按类型与年度。"
        sections.section("活动", "organization/activities_by_year", this, note=note, base="人次")
        entity.activity_matrix(table("organization/activities_by_year", **this), name="各类活动", view=life)
        entity.kept_list(table("organization/activities", **this), name="主办的活动", view=life, opens="project_id")

    def neighbours(_: View) -> None:
        note = "登记地与业务领域都相同的组织，到账多的在前；没有登记业务领域的不列。"
        sections.section("相邻的组织", "organization/neighbours", this, note=note, base="登记现状")
        entity.kept_list(table("organization/neighbours", **this), name="相邻组织", view=life, opens="org_id")

    return {
        "projects": ("项目", projects),
        "money": ("款物", money),
        "entries": ("逐笔流水", entries),
        "activities": ("活动", activities),
        "neighbours": ("相邻的组织", neighbours),
    }


def _leading(view: View) -> None:
    note = f"登记地为{view.region.place_name}、牵头项目期末前已开工的组织；到账、支出为该组织在各地的累计数，多的在前。"
    sections.section("牵头项目的组织", "organization/leading", view.params, note=note, base="累计至期末 到账含物资")
    entity.first_rows(view, "organization/leading", view.params, name="牵头项目的组织", opens="org_id")


def _named(view: View) -> None:
    note = f"文献点名的组织全部列出，不论登记地；牵头项目与到账为{view.region.place_name}部分。"
    sections.section("文献点名的组织", "organization/named", view.params, note=note, base="累计至期末 到账含物资")
    named = view.snapshot.table("organization/named", **view.params)
    entity.kept_list(named, name="文献点名的组织", view=view, opens="org_id")


# ?part= -> (its title, what draws it) while no organization is chosen
LISTS = {
    "leading": ("牵头项目的组织", _leading),
    "named": ("文献点名的组织", _named),
}
