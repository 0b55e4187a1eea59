"""一个社会组织：登记、党建、资格，做了哪些项目，经手多少款物，办了哪些活动。

Answers:  who is it, how does the Party cover it, what may it do, what does it lead, what went through its hands?
Filters:  as-of (frame); org, part. Without an organization, or with an unknown one: period, place (frame), for lists
Reads:    organization/card, organization/projects, organization/money, organization/funds,
          organization/activities_by_year, organization/activities, organization/neighbours;
          organization/leading, organization/named
"""

from yunnan.front.address import frame, navigation
from yunnan.front.kit import page_frame, panels, parts
from yunnan.front.places import entity, organization_parts

view = frame.view()
code = navigation.item("org")
this = {"org": code}
card = view.snapshot.table("organization/card", **this)
if card.empty:
    page_frame.head("一个社会组织", view)
    if code:
        entity.unknown_code(view, code, "社会组织")
    parts.draw(organization_parts.LISTS, view)
else:
    card = view.snapshot.row("organization/card", **this)
    life = entity.over_life(view, code)
    entity.item_head(view, card.org_name, card.region_code, kind="组织", choice="org")
    entity.organization_facts(card, view)
    panels.table_twin(view.snapshot.table("organization/card", **this), name="登记、党建与资格", view=life)
    parts.draw(organization_parts.parts(code, life), view)
