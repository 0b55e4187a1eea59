"""一个项目：谁在做，在哪里，走到哪一步，钱从哪里来、花了没有，帮了多少人。

Answers:  what is it, who carries it, where and when, does its money hold together, whom has it reached, what is near?
Filters:  as-of (frame); project, part. Without a project, or with an unknown one: period and place (frame) for the list
Reads:    project/card, project/organizations, project/dates, project/places, project/money, project/conservation,
          project/funds, people/reached_by_project, project/activities, project/policies, project/neighbours;
          projects/of_place
"""

from yunnan.front.address import frame, navigation
from yunnan.front.kit import page_frame, panels, parts, sections
from yunnan.front.places import entity, project_parts

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
    parts.draw(project_parts.parts(code, life), view)
