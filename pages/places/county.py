"""一个县：它是谁，它的数字与所属州市、全省比，它的项目、款物、人、组织与报送。

Answers:  who is it, how does it stand beside its prefecture and the province, what happens here, what is late?
Filters:  as-of, period, place (frame); measure; evidence
Reads:    places/county, places/county_indicators, places/organizations, places/returns, values/of_place,
          values/by_quarter, projects/of_place, funds/by_source; measures/of_period, values/by_county (county_map);
          people/by_help_type, people/totals (people_panel)
"""

import streamlit as st

from yunnan.drawing.findings import page_findings, sentences
from yunnan.front.address import frame, navigation
from yunnan.front.kit import conclusion, indicator_cards, page_frame, place_parts, sections
from yunnan.front.places import counties, entity, place
from yunnan.words import wording

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
    quarters = view.snapshot.table("values/by_quarter", place=view.place)
    indicators = view.snapshot.table("places/county_indicators", **params)

    page_frame.head(county.place_name, view)
    entity.trail(view, place.place_steps(view))
    counties.county_profile(county, view)
    place_parts.missing_returns(values, f"{county.place_name}随{county.prefecture_name}报送，该州市")
    finding = page_findings.of_county(indicators, view.span, view.place, county.place_name)
    conclusion.finding(finding)
    indicator_cards.kpi_cards(values, view=view, quarters=quarters)

    st.subheader(f"在{county.prefecture_name}的位置", anchor=False)
    counties.county_map(view, finding=sentences.plain(finding))

    every = f"{wording.numeral(len(indicators))}项指标"
    sections.section(every, "places/county_indicators", params, note="目标只下达到州市，县级不评价、不计分。")
    counties.county_table(indicators, view=view, name=f"{county.place_name}{every}")
    st.subheader("钱从哪里来，帮了哪些人", anchor=False)
    place.place_money(view.snapshot.table("funds/by_source", **params), view=view)
    place_parts.people_panel(view, params)

    note = "实施地有一处在本县的都列出；分摊比例与款物为本县部分，未分解到县的款物不计。"
    sections.section("在这里的项目", "projects/of_place", params, note=note, base="累计至期末 到账含物资")
    sections.listing(view.snapshot.table("projects/of_place", **params), name="项目", view=view, opens="project_id")
    note = "登记地为本县且期末在册；项目含牵头与合作，到账为该组织在各地接收的累计数。"
    sections.section("登记在这里的社会组织", "places/organizations", params, note=note, base="截至期末")
    sections.listing(view.snapshot.table("places/organizations", **params), name="社会组织", view=view, opens="org_id")
    sections.section("所属州市的报送", "places/returns", params, base="截至期末")
    place.place_returns(view.snapshot.table("places/returns", **params), view=view, name="报送情况")
