"""A programme in one section: its unit, its reach, and tabs with places, projects, organizations and money."""

import re

import streamlit as st

from yunnan.data.view import View
from yunnan.front.kit.sections import bars, listing, matrix, section
from yunnan.words import wording

TABS = ["涉及地区", "项目清单", "社会组织", "逐年款物"]


def programme(view: View, code: str, *, note: str = "") -> None:
    """The section of the programme with this code, for the view's place at the end of the period.

    Reads programmes/card, programmes/places, programmes/projects, programmes/organizations, programmes/money.
    """
    params = view.params | {"programme_code": code}
    card = view.snapshot.row("programmes/card", **params)
    name = short(card.programme_name)
    section(
        card.programme_name,
        "programmes/card",
        params,
        note=f"业务主管单位：{card.supervising_unit_code}。行业领域：{card.sector}。{note}",
        base="截至期末 款物含物资",
    )
    for slot, (label, value) in zip(st.columns([2, 2, 2, 2, 2, 3, 3]), reach(card).items(), strict=True):
        slot.metric(label, value, border=True)
    places, projects, organizations, money = st.tabs(TABS, key=f"tabs_{code}")
    with places:
        table = view.snapshot.table("programmes/places", **params)
        bars(
            table, key="region_code", label="region_name", value="projects", unit="个",
            name=f"{name}：各地项目", view=view, height=110 + 22 * len(table),
        )  # fmt: skip
        st.caption("已开工项目在所到的每个地区各计一次，跨地区项目不可相加；数据表并列累计到账、支出。")
    with projects:
        table = view.snapshot.table("programmes/projects", **params)
        listing(table, name=f"{name}：项目", view=view, opens="project_id", hide=("project_id",))
    with organizations:
        table = view.snapshot.table("programmes/organizations", **params)
        listing(table, name=f"{name}：社会组织", view=view, opens="org_id", hide=("org_id",))
    with money:
        table = view.snapshot.table("programmes/money", **params)
        matrix(
            table, rows="stage", over="period_label", value="amount_yuan", unit="元",
            name=f"{name}：逐年款物", view=view,
        )  # fmt: skip
        st.caption("按流水所标的品牌计划，红冲已冲减；获批、到账、支出是同一笔钱的三个环节，不可相加。")


def reach(card) -> dict[str, str]:
    """{label: value in words} of how far a programme reaches. card: a row of programmes/card."""
    return {
        "已开工项目": wording.measure(card.projects, "个"),
        "期末在实施": wording.measure(card.running_projects, "个"),
        "社会组织": wording.measure(card.organizations, "个"),
        "州市": wording.measure(card.prefectures, "个"),
        "县（市、区）": wording.measure(card.counties, "个"),
        "累计到账": wording.amount(card.received_yuan),
        "累计支出": wording.amount(card.spent_yuan),
    }


def short(programme_name: str) -> str:
    """The programme's name without brackets and quotation marks, for titles of charts and names of files."""
    return re.sub(r"（.*?）|[“”《》]", "", programme_name)
