"""一个州市：它的数字，与全省、与同类比；它的县、项目与报送。

Answers:  who is it, where does it stand, alone and among its peers; which counties, projects, money, people, returns?
Filters:  as-of, period, place (frame); measure, peers; evidence
Reads:    places/profile, places/peer_groups, places/standing, places/returns, places/traits, places/pairings,
          values/of_place, values/by_quarter,
          scores/of_place, projects/of_place, funds/by_source; measures/of_period, values/by_county (county_map);
          people/by_help_type, people/by_category, people/totals (people_panel)
"""

from yunnan.drawing.findings import conclusions
from yunnan.front.address import frame
from yunnan.front.kit import attention_list, conclusion, handouts, indicator_cards, page_frame, parts, place_parts
from yunnan.front.places import entity, place, prefecture_parts

view = frame.view()
if view.region.level == "province":
    page_frame.head("一个州市", view)
    place.place_links(view)
else:
    here = place_parts.prefecture_of(view)
    name, params = here.region.short_name, here.params
    profile = view.snapshot.row("places/profile", place=here.place)
    values = view.snapshot.table("values/of_place", **params)
    quarters = view.snapshot.table("values/by_quarter", place=here.place)
    page_frame.head(profile.prefecture_name, here)
    entity.trail(here, place.place_steps(here))
    place.county_is_chosen(view)
    place.place_profile(profile, view)
    place_parts.missing_returns(values, view, name)
    conclusion.finding(conclusions.of_place(here))
    indicator_cards.kpi_cards(values, view=here, quarters=quarters)
    attention_list.attention_list(here)
    handouts.handouts("prefecture", here)
    parts.draw(prefecture_parts.PARTS, here)
