"""一个州市：它的数字，与全省、与同类比；它的县、项目与报送。

Answers:  who is it, where does it stand, alone and among its peers; which counties, projects, money, people, returns?
Filters:  as-of, period, place (frame); measure, peers; evidence
Reads:    places/profile, places/peer_groups, places/standing, places/returns, values/of_place, values/by_quarter,
          scores/of_place, projects/of_place, funds/by_source; measures/of_period, values/by_county (county_map);
          people/by_help_type, people/by_category, people/totals (people_panel)
"""

import streamlit as st

from yunnan.drawing.findings import page_findings, sentences
from yunnan.front.address import frame
from yunnan.front.kit import conclusion, handouts, indicator_cards, page_frame, place_parts, sections
from yunnan.front.places import counties, entity, peers, place
from yunnan.words import wording

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
    scores = view.snapshot.table("scores/of_place", **params)
    groups = view.snapshot.table("places/peer_groups", place=here.place).set_index("peer_group", drop=False)
    page_frame.head(profile.prefecture_name, here)
    entity.trail(here, place.place_steps(here))
    place.county_is_chosen(view)
    place.place_profile(profile)
    place_parts.missing_returns(values, name)
    money = view.snapshot.table("values/by_county", indicator_code="P1-08", **params)
    finding = page_findings.of_place(values, scores, money, view.span, here.place, name)
    conclusion.finding(finding)
    handouts.handouts("prefecture", here)
    indicator_cards.kpi_cards(values, view=here, quarters=quarters)
    st.subheader("四个突出", anchor=False)
    indicator_cards.pillar_cards(scores)

    st.subheader("县（市、区）", anchor=False)
    counties.county_map(here, finding=sentences.plain(finding))

    st.subheader("与同类比", anchor=False)
    group = peers.chosen_group(groups, view)
    standing = view.snapshot.table("places/standing", peers=group, **params)
    peers.peer_rules(groups, group, name)
    peers.standing(standing, view=here, name=name)
    peers.peers_table(values, standing, view=here, name=f"{profile.short_name}{wording.numeral(len(values))}项指标")

    st.subheader("钱从哪里来，帮了哪些人", anchor=False)
    place.place_money(view.snapshot.table("funds/by_source", **params), view=here)
    place_parts.people_panel(here, params)
    note = "实施地有一处在本州市的都列出；款物为落在本州市的部分。“在实施项目”指标按主实施地计，不重复。"
    sections.section("在这里的项目", "projects/of_place", params, note=note, base="累计至期末 到账含物资")
    sections.listing(view.snapshot.table("projects/of_place", **params), name="项目", view=here, opens="project_id")
    sections.section("报送", "places/returns", params, base="截至期末")
    place.place_returns(view.snapshot.table("places/returns", **params), view=here, name="报送情况")
