"""The files of returns that were received, and one of them with its issues."""

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.front.address import choices, entry, navigation
from yunnan.front.kit.clicks import of_rows
from yunnan.front.kit.grids import grid
from yunnan.front.kit.panels import rows_high, styled, table_twin
from yunnan.front.trust.quality import SEVERITIES, TALLEST
from yunnan.words import columns, wording

STATUSES = {"全部接收": "● 全部接收", "部分接收": "▲ 部分接收", "整份拒收": "■ 整份拒收"}
LISTED = [
    *("source_file", "place_name", "return_name", "period", "status", "rows_in", "rows_accepted", "rows_refused"),
    *("rows_dropped", "issues_open", "received_at", "source_sha256"),
]
WIDTHS = {
    "source_file": 190,
    "status": 95,
    "rows_in": 75,
    "rows_accepted": 135,
    "rows_refused": 75,
    "rows_dropped": 75,
    "place_name": 90,
    "return_name": 55,
    "period": 75,
    "issues_open": 85,
    "received_at": 145,
}
FEW = "受益报表不足10行，行数已隐去"


def return_files(table: pd.DataFrame, *, view: View) -> str | None:
    """Draws the list of received files; returns the batch of the chosen one, None if there are none."""
    if table.empty:
        st.caption("截至期末、本地区没有收到报表。")
        return None
    refused = int((table.status == "整份拒收").sum())
    st.markdown(f"收到 **{len(table):,}** 份，其中整份拒收 **{refused}** 份（不入库，等于未报送）。")
    display = table.assign(status=table.status.map(STATUSES), source_sha256=table.source_sha256.str[:12])
    doors = of_rows(list(table.batch_id), partial(navigation.put, "batch"))
    grid(
        styled(doors.beside(display[LISTED])), hide_index=True, height=rows_high(min(len(display), TALLEST)),
        column_config={columns.label(c): st.column_config.Column(width=w) for c, w in WIDTHS.items()},
        key="return_files", doors=doors, alt="收到的报表",
    )  # fmt: skip
    st.caption("点“打开”，下面列出该份的问题与反馈工作簿。文件指纹只列前12位，全长见数据表。")
    table_twin(table, name="收到的报表（全部列）", view=view)
    named = dict(zip(table.batch_id, table.source_file + "　" + table.status, strict=True))
    troubled = table[(table.issues_open > 0) | (table.status != "全部接收")]
    first = (troubled if len(troubled) else table).batch_id.iloc[0]
    every = view.snapshot.table("returns/files", period=view.periods.period.iloc[0], place=navigation.PROVINCE)
    return choices.choose(
        "batch", "看哪一份报表", list(named), first, label_of=named.__getitem__,
        also_valid=list(every.batch_id), writes_default=False, width=520,
    )  # fmt: skip


def return_issues(row, issues: pd.DataFrame, *, view: View) -> None:
    """One file: numbers of its rows accepted, refused and dropped, its issues, a link to its feedback workbook."""
    came, accepted, refused = map(wording.fixed, (row.rows_in, row.rows_accepted, row.rows_refused))
    fared = f"收到{came}行＝接收{accepted}＋拒收{refused}＋剔除{wording.fixed(row.rows_dropped)}"
    fared = FEW if wording.is_none(row.rows_in) else fared
    st.markdown(f"**{wording.literal(row.source_file)}**　{STATUSES[row.status]}　{fared}")
    st.caption(f"文件指纹 sha256　{row.source_sha256}")
    if row.has_feedback and view.may_take("rows"):
        address = escape(entry.feedback_address(row.batch_id, view.snapshot.id))
        st.html(f'<div class="files"><a class="file" href="{address}">下载反馈工作簿</a></div>')
    if issues.empty:
        st.caption("本份没有发现问题。")
        return
    grid(
        styled(issues.assign(severity=issues.severity.map(SEVERITIES))),
        hide_index=True, height=rows_high(min(len(issues), TALLEST)), key="return_issues", placeholder=wording.NONE,
        column_config={columns.label("message_zh"): st.column_config.Column(width=420)}, alt="本份报表的问题",
    )  # fmt: skip
    st.caption("报送单位填写的原值不在此列出，见反馈工作簿。")
