"""The note below figures: which of the returns behind them are missing, late or wrong."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from yunnan.data import queries
from yunnan.data.answer_cache import made_once
from yunnan.data.view import View
from yunnan.front.address import navigation
from yunnan.words import wording

RETURNED = ("organizations", "projects", "funds", "beneficiaries", "activities", "reported_stats")
MEASURES = {"SCORE": "", "PER_POOR": "P1-08"}  # measures that are no indicators -> the indicator behind; '' for all
ROOM = 1 << 20  # bytes of notes that are kept
NAMED = 2  # of the missing returns so many are named; the rest is a number


def data_note(view: View, codes: Iterable[str]) -> None:
    """One line if returns behind these indicators are missing, late or inconsistent, with a link; else nothing.

    Only tables that the indicators read, quarters of the period, returns of the place. Reads returns/notes.
    """
    tables = tuple(tables_of(codes))
    if tables and (text := _note(view, tables)):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"△ 报送提示：{text}。", width="content")
            link_params = navigation.params() | {"place": view.place, "period": view.period}
            st.page_link(navigation.QUALITY_PAGE, label="数据质量", query_params=link_params, width="content")


@made_once(ROOM)
def _note(view: View, tables: tuple[str, ...]) -> str:
    params = {"tables": list(tables), "published_at": view.snapshot.manifest["published_at"]}
    return note(view.snapshot.table("returns/notes", **view.params, **params), len(tables))


def tables_of(codes: Iterable[str]) -> list[str]:
    """The tables of RETURNED that these indicators or measures read, in its order; a score reads all."""
    read: set[str] = set()
    for code in codes:
        indicator = MEASURES.get(code, code)
        read |= queries.sources(queries.indicator(indicator).name) if indicator else set(RETURNED)
    return [table for table in RETURNED if table in read]


def note(table: pd.DataFrame, tables: int) -> str:
    """'德宏州2020年二季度未报送；迟报3处'; '' without defects. Except 未报送, several of a kind are a number.

    table: returns/notes; tables: how many tables were asked for.
    """
    parts = []
    for defect, rows in table.groupby("defect", sort=False):
        named = "、".join(_defect_text(row, tables) for row in rows.head(NAMED).itertuples())
        if defect == "未报送":
            parts.append(named + (f"等{len(rows)}处" if len(rows) > NAMED else ""))
        else:
            parts.append(named if len(rows) == 1 else f"{defect}{len(rows)}处")
    return "；".join(parts)


def _defect_text(row, tables: int) -> str:
    quarter = f"{row.prefecture_name}{row.period_label}"
    if row.defect == "未报送":
        return f"{quarter}未报送" + ("" if tables == len(RETURNED) else row.return_names)
    if row.defect == "缺表":
        return f"{quarter}缺{row.return_names}表"
    if row.defect == "迟报":
        return f"{quarter}迟报（{row.return_names}，{wording.fixed(row.days_late)}天）"
    if row.defect == "控制总数不符":
        return f"{quarter}控制总数不符（{row.return_names}）"
    return f"{quarter}有待处理的错误（{row.return_names}）"
