"""The note beside a figure: what is amiss with the returns it is made of, and the way to their quality."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from yunnan.data import queries
from yunnan.front.address import navigation
from yunnan.front.address.frame import View
from yunnan.words import wording

RETURNED = ("organizations", "projects", "funds", "beneficiaries", "activities", "reported_stats")
MEASURES = {"SCORE": "", "PER_POOR": "P1-08"}  # what a map can show besides indicators, and the one it is made of
NAMED = 2  # so many that sent nothing are named; the others are counted


def data_note(view: View, codes: Iterable[str]) -> None:
    """One line where returns behind these indicators are missing, late or not consistent; nothing where all is well.

    Only tables that the indicators are made of, only quarters of the period, only the place's own returns.
    """
    tables = tables_of(codes)
    if not tables:
        return
    where = {"tables": tables, "published_at": view.snapshot.manifest["published_at"]}
    if said := note(view.snapshot.table("returns/notes", **view.params, **where), len(tables)):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"△ 报送提示：{said}。", width="content")
            asked = navigation.params() | {"place": view.place, "period": view.period}
            st.page_link(navigation.QUALITY_PAGE, label="数据质量", query_params=asked, width="content")


def tables_of(codes: Iterable[str]) -> list[str]:
    """The kinds of return that these indicators are made of; a score counts on all."""
    read: set[str] = set()
    for code in codes:
        indicator = MEASURES.get(code, code)
        read |= queries.sources(queries.indicator(indicator).name) if indicator else set(RETURNED)
    return [table for table in RETURNED if table in read]


def note(table: pd.DataFrame, tables: int) -> str:
    """'德宏州2020年二季度未报送；迟报3处'; empty where all is well. Of lesser defects only a single one is named."""
    said = []
    for defect, rows in table.groupby("defect", sort=False):
        named = "、".join(_told(row, tables) for row in rows.head(NAMED).itertuples())
        if defect == "未报送":
            said.append(named + (f"等{len(rows)}处" if len(rows) > NAMED else ""))
        else:
            said.append(named if len(rows) == 1 else f"{defect}{len(rows)}处")
    return "；".join(said)


def _told(row, tables: int) -> str:
    where = f"{row.prefecture_name}{row.period_label}"
    if row.defect == "未报送":
        return f"{where}未报送" + ("" if tables == len(RETURNED) else row.return_names)
    if row.defect == "缺表":
        return f"{where}缺{row.return_names}表"
    if row.defect == "迟报":
        return f"{where}迟报（{row.return_names}，{wording.fixed(row.days_late)}天）"
    if row.defect == "控制总数不符":
        return f"{where}控制总数不符（{row.return_names}）"
    return f"{where}有待处理的错误（{row.return_names}）"
