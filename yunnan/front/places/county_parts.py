"""The parts of the page of a county."""

import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.findings import conclusions, sentences
from yunnan.front.kit import place_parts, sections
from yunnan.front.places import counties, place
from yunnan.words import wording


def _neighbours(view: View) -> None:
    county = view.snapshot.row("places/county", **view.params)
    finding = sentences.plain(conclusions.of_place(view))
    counties.measure_by_county(view, f"在{county.prefecture_name}的位置", finding=finding)


def _indicators(view: View) -> None:
    name = view.snapshot.row("places/county", **view.params).place_name
    indicators = view.snapshot.table("places/county_indicators", **view.params)
    every = f"{wording.numeral(len(indicators))}项指标"
    note = "目标只下达到州市，县级不评价、不计分。"
    sections.section(every, "places/county_indicators", view.params, note=note)
    counties.county_table(indicators, view=view, name=f"{name}{every}")


def _money(view: View) -> None:
    st.subheader("钱从哪里来，帮了哪些人", anchor=False)
    place.place_money(view.snapshot.table("funds/by_source", **view.params), view=view)
    place_parts.people_panel(view, view.params)


def _projects(view: View) -> None:
    note = "实施地有一处在本县的都列出；分摊比例与款物为本县部分，未分解到县的款物不计。"
    sections.section("在这里的项目", "projects/of_place", view.params, note=note, base="累计至期末 到账含物资")
    projects = view.snapshot.table("projects/of_place", **view.params)
    sections.listing(projects, name="项目", view=view, opens="project_id")


def _organizations(view: View) -> None:
    note = "登记地为本县且期末在册；项目含牵头与合作，到账为该组织在各地接收的累计数。"
    sections.section("登记在这里的社会组织", "places/organizations", view.params, note=note, base="截至期末")
    organizations = view.snapshot.table("places/organizations", **view.params)
    sections.listing(organizations, name="社会组织", view=view, opens="org_id")


def _returns(view: View) -> None:
    sections.section("所属州市的报送", "places/returns", view.params, base="截至期末")
    place.place_returns(view.snapshot.table("places/returns", **view.params), view=view, name="报送情况")


# ?part= -> (its title, what draws it)
PARTS = {
    "neighbours": ("在州市的位置", _neighbours),
    "indicators": ("全部指标", _indicators),
    "money": ("款物与受益", _money),
    "projects": ("项目", _projects),
    "organizations": ("社会组织", _organizations),
    "returns": ("报送", _returns),
}
