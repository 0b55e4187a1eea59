"""一个项目：谁在做，在哪里，走到哪一步，钱从哪里来、花了没有，帮了多少人。

Answers:  what is it, who carries it, where and when, does its money hold together, whom has it reached, what is near?
Filters:  as-of (frame); project. Without a project, or with an unknown one: period and place (frame) for the list
Reads:    project/card, project/organizations, project/dates, project/places, project/money, project/conservation,
          project/funds, people/reached_by_project, project/activities, project/policies, project/neighbours;
          projects/of_place
"""

from yunnan.front.address import frame, navigation
from yunnan.front.kit import page_frame, panels, sections
from yunnan.front.places import entity

view = frame.view()
code = navigation.item("project")
this = {"project": code}
card = view.snapshot.table("project/card", **this)
if card.empty:
    page_frame.head("一个项目", view)
    if code:
        entity.unknown_code(view, code, "项目")
    note = f"{view.region.place_name}截至期末已发布的需求与项目，到账多的在前；分摊比例与款物为本地部分。"
    sections.section("选一个项目", "projects/of_place", view.params, note=note, base="累计至期末 到账含物资")
    entity.first_rows(view, "projects/of_place", view.params, name="项目", opens="project_id")
else:
    card = view.snapshot.row("project/card", **this)
    life = entity.over_life(view, code)
    entity.item_head(view, card.project_name, card.region_code, kind="项目", choice="project")
    entity.project_facts(card)
    panels.table_twin(view.snapshot.table("project/card", **this), name="项目登记", view=life)

    note = "获批只与同一来源的到账比：社会捐赠、自筹等不经批准。支出与全部到账比。"
    sections.section("需求、获批、到账、支出", "project/conservation", this, note=note, base="全周期 到账含物资")
    entity.project_money(card, view.snapshot.table("project/conservation", **this), view=life)
    entity.money_pieces(view.snapshot.table("project/money", **this), part="source", name="各环节款物来源", view=life)
    sections.section("逐笔流水", "project/funds", this, note="近的在前；红冲为负。")
    entity.entries(view, "project/funds", this, name="资金与物资流水", opens="org_id")

    sections.section("时间", "project/dates", this, note="资金只列各笔获批与首笔到账、首笔支出。")
    entity.dates(view.snapshot.table("project/dates", **this), name="项目时间线", view=life)
    note = "分摊比例合计为1；款物按每笔流水所写的受益地，未写到县的另列。"
    sections.section("在哪里", "project/places", this, note=note, base="全周期 到账含物资")
    entity.kept_list(view.snapshot.table("project/places", **this), name="实施地", view=life, opens="region_code")
    sections.section("谁在做", "project/organizations", this, note="经手资金：流水中出现的其他组织。", base="全周期")
    table = view.snapshot.table("project/organizations", **this)
    entity.kept_list(table, name="参与组织", view=life, opens="org_id")

    note = "同一对象只计一次，家庭、集体按人口数；各帮扶类型之间不可相加。小于10或可由减法推得的不显示。"
    sections.section("帮了多少人", "people/reached_by_project", this, note=note, base="去重人数 按10取整")
    entity.reached(view.snapshot.table("people/reached_by_project", **this), name="惠及人数", view=life)
    sections.section("活动", "project/activities", this, base="人次")
    entity.kept_list(view.snapshot.table("project/activities", **this), name="项目活动", view=life, opens="org_id")
    note = "项目活动所引用的文件，以及题名中有本项目品牌计划名称的文件（中央、省与实施州市）。"
    sections.section("文件", "project/policies", this, note=note)
    entity.kept_list(view.snapshot.table("project/policies", **this), name="有关文件", view=life)
    sections.section(
        "相邻的项目", "project/neighbours", this, note="同一品牌计划、同一牵头组织或同县。", base="全周期到账"
    )
    entity.kept_list(view.snapshot.table("project/neighbours", **this), name="相邻项目", view=life, opens="project_id")
