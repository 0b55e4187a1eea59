"""一个州市：它的数字，与全省、与同类比；它的县、项目与报送。

Answers:  who is it, where does it stand, alone and among its peers; which counties, projects, money, people, returns?
Filters:  as-of, period, place (frame); measure, peers; evidence
Reads:    places/profile, places/peer_groups, places/standing, places/returns, places/traits, places/pairings,
          values/of_place, values/by_quarter,
          scores/of_place, projects/of_place, funds/by_source; measures/of_period, values/by_county;
          people/by_help_type, people/by_category, people/totals (people_panel)
"""

from yunnan.drawing.findings import conclusions
from yunnan.front.address import frame
from yunnan.front.kit import conclusion, page_frame, parts, place_parts
from yunnan.front.places import entity, place, place_head, prefecture_parts

view = frame.view()
if view.region.level == "province":
    page_frame.head("一个州市", view)
    place.place_links(view)
else:
    here = place_parts.prefecture_of(view)
    name = here.region.short_name
    profile = view.snapshot.row("places/profile", place=here.place)
    values = view.snapshot.table("values/of_place", **here.params)
    page_frame.head(profile.prefecture_name, here)
    entity.trail(here, place.place_steps(here))
    place.place_profile(profile, here)
    place_parts.missing_returns(values, here, name)
    conclusion.finding(conclusions.of_place(here))
    place_head.prefecture(view, here)
    parts.draw(prefecture_parts.PARTS, here)
