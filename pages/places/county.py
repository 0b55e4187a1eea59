"""一个县：它是谁，它的数字与所属州市、全省比，它的项目、款物、人、组织与报送。

Answers:  who is it, how does it stand beside its prefecture and the province, what happens here, what is late?
Filters:  as-of, period, place (frame); measure; evidence
Reads:    places/county, places/county_indicators, places/organizations, places/returns, places/traits,
          places/pairings, values/of_place,
          values/by_quarter, values/by_county, measures/of_period, projects/of_place, funds/by_source;
          people/by_help_type, people/totals (people_panel)
"""

import streamlit as st

from yunnan.drawing.findings import conclusions
from yunnan.front.address import frame, navigation
from yunnan.front.kit import conclusion, page_frame, parts, place_parts
from yunnan.front.places import counties, county_parts, entity, place, place_head

view = frame.view()
if view.region.level == "province":
    page_frame.head("一个县", view)
    place.place_links(view, page=navigation.COUNTY_PAGE)
elif view.region.level == "prefecture":
    page_frame.head(f"一个县·{view.region.short_name}", view)
    entity.trail(view, place.place_steps(view))
    st.info("请选择一个县（市、区）：点击下面的名称，或在页面上方的“地区”中选择。", icon=":material/info:")
    counties.county_links(view)
else:
    params = view.params
    county = view.snapshot.row("places/county", **params)
    values = view.snapshot.table("values/of_place", **params)

    page_frame.head(county.place_name, view)
    entity.trail(view, place.place_steps(view))
    counties.county_profile(county, view)
    place_parts.missing_returns(values, view, f"{county.place_name}随{county.prefecture_name}报送，该州市")
    conclusion.finding(conclusions.of_place(view))
    place_head.county(view)
    parts.draw(county_parts.PARTS, view)
