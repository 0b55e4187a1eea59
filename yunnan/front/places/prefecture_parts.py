"""The parts of the page of a prefecture."""

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.findings import conclusions, sentences
from yunnan.front.kit import attention_list, indicator_cards, place_parts, sections
from yunnan.front.places import counties, peers, place, place_head
from yunnan.words import wording

MOST_MATTERS = 100  # that are listed: one prefecture's fewer than the province's, and all of them


def _matters(view: View) -> None:
    attention_list.attention_list(view, most=MOST_MATTERS)


def _pillars(view: View) -> None:
    st.subheader("四个突出", anchor=False)
    indicator_cards.pillar_cards(view.snapshot.table("scores/of_place", **view.params), view=view)


def _counties(view: View) -> None:
    counties.measure_by_county(view, "县（市、区）", finding=sentences.plain(conclusions.of_place(view)))


def _peers(view: View) -> None:
    st.subheader("与同类比", anchor=False)
    name = view.region.short_name
    groups = _groups(view)
    group = peers.chosen_group(groups, view=view, draw=view.sees_all)
    peers.peer_rules(groups, group, name, view=view)
    peers.standing(view.snapshot.table("places/standing", peers=group, **view.params), view=view, name=name)


def _indicators(view: View) -> None:
    st.subheader("全部指标", anchor=False)
    values = view.snapshot.table("values/of_place", **view.params)
    groups = _groups(view)
    group = peers.chosen_group(groups, view=view, draw=False)
    if view.sees_all:
        st.caption(f"同类为“{groups.group_name[group]}”，在“与同类比”中选择。")
    standing = view.snapshot.table("places/standing", peers=group, **view.params)
    short_name = view.snapshot.row("places/profile", place=view.place).short_name
    peers.peers_table(values, standing, view=view, name=f"{short_name}{wording.numeral(len(values))}项指标")


def _groups(view: View) -> pd.DataFrame:
    return view.snapshot.table("places/peer_groups", place=view.place).set_index("peer_group", drop=False)


def _money(view: View) -> None:
    st.subheader("钱从哪里来，帮了哪些人", anchor=False)
    place.place_money(view.snapshot.table("funds/by_source", **view.params), view=view)
    place_parts.people_panel(view, view.params)


def _projects(view: View) -> None:
    note = "实施地有一处在本州市的都列出；款物为落在本州市的部分。“在实施项目”指标按主实施地计，不重复。"
    sections.section("在这里的项目", "projects/of_place", view.params, note=note, base="累计至期末 到账含物资")
    projects = view.snapshot.table("projects/of_place", **view.params)
    sections.listing(projects, name="项目", view=view, opens="project_id")


def _returns(view: View) -> None:
    sections.section("报送", "places/returns", view.params, base="截至期末")
    place.place_returns(view.snapshot.table("places/returns", **view.params), view=view, name="报送情况")


# ?part= -> (its title, what draws it)
PARTS = {
    "counties": ("县（市、区）", _counties),
    "pillars": ("四个突出", _pillars),
    place_head.MATTERS: ("需要关注", _matters),
    "peers": ("与同类比", _peers),
    "indicators": ("全部指标", _indicators),
    "money": ("款物与受益", _money),
    "projects": ("项目", _projects),
    "returns": ("报送", _returns),
}
