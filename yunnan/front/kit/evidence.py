"""The evidence of a figure: its definition, the SQL that ran, the rows behind it with their source, and their sum."""

import math
from html import escape

import streamlit as st

from yunnan.data import queries
from yunnan.data.view import View
from yunnan.front.address import choices, navigation
from yunnan.front.kit.clicks import of_rows
from yunnan.front.kit.code_panel import code_line
from yunnan.front.kit.grids import grid
from yunnan.front.kit.indicator_cards import definition_card
from yunnan.front.kit.panels import rows_high, styled
from yunnan.front.kit.returns_note import data_note
from yunnan.front.kit.sections import as_ran
from yunnan.words import wording

PAGE_SIZE = 50
ROWS_SHOWN = 8  # rows that are visible without scrolling
_SAME, _FAULT = "✓ 相等", "✗ 不相等，请通知维护人员"
_ELSEWHERE = "其余明细在其他州市，不在您的可见范围内。"


def evidence(view: View, code: str) -> None:
    """A panel with the evidence of one indicator at the view's place and period; open if the URL has ?evidence=true."""
    params = view.params
    card = view.snapshot.row("definitions/card", indicator_code=code)
    figure = view.snapshot.row("values/figure", indicator_code=code, **params)
    value = wording.measured(figure.value, card.unit, figure.status)
    title = f"这个数怎么来的：{view.region.place_name} {view.span.label} {card.indicator_name} {value}"
    # Not bound to the URL by Streamlit itself, which would drop the parameter when the reader comes from another page.
    st.session_state["evidence_box"] = navigation.flag("evidence")
    box = st.expander(title, icon=":material/fact_check:", key="evidence_box", on_change=_toggled)
    if not box.open:
        return
    with box:
        code_line(view, code)
        data_note(view, [code])
        definition, sql, rows = st.tabs(["口径", "SQL", "明细行"], default="明细行", key="evidence_tab")
        with definition:
            definition_card(card, queries.indicator(code).name)
        with sql:
            st.caption("指标公式（发布时对每个报告期运行一次）")
            st.code(queries.indicator(code).sql, language="sql", wrap_lines=True)
            st.caption("取明细行的查询（本页刚刚运行）")
            st.code(as_ran(queries.rows(code), params), language="sql", wrap_lines=True)
        with rows:
            _rows(view, code, card, figure)


def _toggled() -> None:
    navigation.put_flag("evidence", on=st.session_state["evidence_box"])


def _rows(view: View, code: str, card, figure) -> None:
    name = queries.rows(code)
    total = view.snapshot.total(name, **view.params)
    balance = _balance(card, figure, total, _ELSEWHERE if not view.sees_all else _FAULT)
    st.html(f'<div class="facts">{escape(balance)}</div>')
    pages = max(1, math.ceil(total.rows / PAGE_SIZE))
    page = choices.page_number("page", pages, width=180)
    table = view.snapshot.page(name, size=PAGE_SIZE, start=(page - 1) * PAGE_SIZE, **view.params)
    if card.counts_people:
        st.caption("涉及人员：只列到已作小数保护的分组，从不列到人。")
    visible = table if card.is_ratio else table.drop(columns="den")
    key = "evidence_rows"
    doors = of_rows(list(table.item_id))
    grid(
        styled(doors.beside(visible), card.unit if not card.is_ratio else ""),
        hide_index=True,
        height=rows_high(min(len(table), ROWS_SHOWN)),
        key=key,
        doors=doors,
        alt=f"{card.indicator_name}的明细行",
    )
    st.caption("点“打开”看该行的项目或组织；“来源文件”“来源行”即报送该行的报表与行号。")


def _balance(card, figure, total, otherwise: str) -> str:
    """'明细 8,791 行，合计 440,000,000 元；指标值 440,000,000 元。✓ 相等'."""
    if wording.is_none(figure.value):
        return f"明细 {total.rows:,} 行。本期本地区不出值（{figure.status}），故不与明细合计核对。"
    rows = f"明细 {total.rows:,} 行"
    if card.counts_people:
        return (
            f"{rows}（分组）；指标值 {wording.fixed(figure.value)}{card.unit}。已隐去的分组不列数，故合计可小于指标值。"
        )
    if not card.is_ratio:
        verdict = _SAME if abs((total.num or 0) - figure.num) < 0.005 else otherwise
        return (
            f"{rows}，合计 {wording.fixed(total.num, 2 if card.unit == '元' else 0)}{card.unit}；"
            f"指标值 {wording.fixed(figure.num, 2 if card.unit == '元' else 0)}{card.unit}。{verdict}"
        )
    same = abs((total.num or 0) - figure.num) < 0.005 and abs((total.den or 0) - figure.den) < 0.005
    verdict = _SAME if same else otherwise
    return (
        f"{rows}，分子合计 {wording.fixed(total.num, 2)} ÷ 分母合计 {wording.fixed(total.den, 2)}"
        f" ＝ {wording.measure(total.num / total.den, card.unit)}；"
        f"指标值 {wording.measure(figure.value, card.unit)}。{verdict}"
    )
