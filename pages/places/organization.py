"""一个社会组织：登记、党建、资格，做了哪些项目，经手多少款物，办了哪些活动。

Answers:  who is it, how does the Party cover it, what may it do, what does it lead, what went through its hands?
Filters:  as-of (frame); org. Without an organization, or with an unknown one: period and place (frame) for the lists
Reads:    organization/card, organization/projects, organization/money, organization/funds,
          organization/activities_by_year, organization/activities, organization/neighbours;
          organization/leading, organization/named
"""

from yunnan.front.address import frame, navigation
from yunnan.front.kit import page_frame, panels, sections
from yunnan.front.places import entity

view = frame.view()
code = navigation.item("org")
this = {"org": code}
card = view.snapshot.table("organization/card", **this)
if card.empty:
    page_frame.head("一个社会组织", view)
    if code:
        entity.unknown_code(view, code, "社会组织")
    note = f"登记地为{view.region.place_name}、牵头项目期末前已开工的组织；到账、支出为该组织在各地的累计数，多的在前。"
    sections.section("牵头项目的组织", "organization/leading", view.params, note=note, base="累计至期末 到账含物资")
    entity.first_rows(view, "organization/leading", view.params, name="牵头项目的组织", opens="org_id")
    note = f"文献点名的组织全部列出，不论登记地；牵头项目与到账为{view.region.place_name}部分。"
    sections.section("文献点名的组织", "organization/named", view.params, note=note, base="累计至期末 到账含物资")
    named = view.snapshot.table("organization/named", **view.params)
    entity.kept_list(named, name="文献点名的组织", view=view, opens="org_id")
else:
    card = view.snapshot.row("organization/card", **this)
    life = entity.over_life(view, code)
    entity.item_head(view, card.org_name, card.region_code, kind="组织", choice="org")
    entity.organization_facts(card, view)
    panels.table_twin(view.snapshot.table("organization/card", **this), name="登记、党建与资格", view=life)

    note = "角色：牵头、合作，或仅在资金流水中出现（经手资金）；款物为本组织为该项目收支的部分。"
    sections.section("项目", "organization/projects", this, note=note, base="全周期 到账含物资")
    table = view.snapshot.table("organization/projects", **this)
    entity.kept_list(table, name="参与的项目", view=life, opens="project_id")

    sections.section(
        "款物", "organization/money", this, note="按发生年度；获批、到账、支出不可相加。", base="全周期 含物资"
    )
    entity.money_pieces(view.snapshot.table("organization/money", **this), part="year", name="各年度款物", view=life)
    sections.section("逐笔流水", "organization/funds", this, note="近的在前；红冲为负。")
    entity.entries(view, "organization/funds", this, name="资金与物资流水", opens="project_id")

    sections.section("活动", "organization/activities_by_year", this, note="主办的活动，按类型与年度。", base="人次")
    by_year = view.snapshot.table("organization/activities_by_year", **this)
    entity.activity_matrix(by_year, name="各类活动", view=life)
    table = view.snapshot.table("organization/activities", **this)
    entity.kept_list(table, name="主办的活动", view=life, opens="project_id")

    note = "登记地与业务领域都相同的组织，到账多的在前；没有登记业务领域的不列。"
    sections.section("相邻的组织", "organization/neighbours", this, note=note, base="登记现状")
    table = view.snapshot.table("organization/neighbours", **this)
    entity.kept_list(table, name="相邻组织", view=life, opens="org_id")
