"""The parts of the page of one project."""

from collections.abc import Callable

from yunnan.data.view import View
from yunnan.front.kit import sections
from yunnan.front.places import entity
from yunnan.front.places.entity import LifeView


def parts(code: str, life: LifeView) -> dict[str, tuple[str, Callable[[View], None]]]:
    """{?part=: (its title, what draws it)} of the project with this code. life: the view over all its time."""
    this = {"project": code}
    table = life.snapshot.table

    def money(_: View) -> None:
        note = "获批只与同一来源的到账比：社会捐赠、自筹等不经批准。支出与全部到账比。"
        sections.section("需求、获批、到账、支出", "project/conservation", this, note=note, base="全周期 到账含物资")
        card = life.snapshot.row("project/card", **this)
        entity.project_money(card, table("project/conservation", **this), view=life)
        entity.money_pieces(table("project/money", **this), part="source", name="各环节款物来源", view=life)

    def entries(view: View) -> None:
        sections.section("逐笔流水", "project/funds", this, note="近的在前；红冲为负。")
        entity.entries(view, "project/funds", this, name="资金与物资流水", opens="org_id")

    def course(_: View) -> None:
        sections.section("时间", "project/dates", this, note="资金只列各笔获批与首笔到账、首笔支出。")
        entity.dates(table("project/dates", **this), name="项目时间线", view=life)

    def places(_: View) -> None:
        note = "分摊比例合计为1；款物按每笔流水所写的受益地，未写到县的另列。"
        sections.section("在哪里", "project/places", this, note=note, base="全周期 到账含物资")
        entity.kept_list(table("project/places", **this), name="实施地", view=life, opens="region_code")
        note = "经手资金：流水中出现的其他组织。"
        sections.section("谁在做", "project/organizations", this, note=note, base="全周期")
        entity.kept_list(table("project/organizations", **this), name="参与组织", view=life, opens="org_id")

    def people(_: View) -> None:
        note = "同一对象只计一次，家庭、集体按人口数；各帮扶类型之间不可相加。小于10或可由减法推得的不显示。"
        sections.section("帮了多少人", "people/reached_by_project", this, note=note, base="去重人数 按10取整")
        entity.reached(table("people/reached_by_project", **this), name="惠及人数", view=life)
        sections.section("活动", "project/activities", this, base="人次")
        entity.kept_list(table("project/activities", **this), name="项目活动", view=life, opens="org_id")

    def policies(_: View) -> None:
        note = "项目活动所引用的文件，以及题名中有本项目品牌计划名称的文件（中央、省与实施州市）。"
        sections.section("文件", "project/policies", this, note=note)
        entity.kept_list(table("project/policies", **this), name="有关文件", view=life)

    def neighbours(_: View) -> None:
        note = "同一品牌计划、同一牵头组织或同县。"
        sections.section("相邻的项目", "project/neighbours", this, note=note, base="全周期到账")
        entity.kept_list(table("project/neighbours", **this), name="相邻项目", view=life, opens="project_id")

    return {
        "money": ("款物", money),
        "entries": ("逐笔流水", entries),
        "course": ("时间", course),
        "places": ("在哪里、谁在做", places),
        "people": ("人与活动", people),
        "policies": ("文件", policies),
        "neighbours": ("相邻的项目", neighbours),
    }
