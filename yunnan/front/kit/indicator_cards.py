"""Indicators and pillars on cards, all indicators of a place in a table, the definition of one."""

from html import escape

import pandas as pd
import streamlit as st

from yunnan.data import targets
from yunnan.data.view import View
from yunnan.front.address.navigation import params
from yunnan.front.kit.grids import grid
from yunnan.front.kit.panels import rows_high, table_twin
from yunnan.front.kit.returns_note import data_note
from yunnan.words import columns, wording

TONE = {"达标": "ok", "接近": "near", "滞后": "late"}
DEFINITIONS = "pages/trust/definitions.py"
PILLAR_PAGES = {
    "P1": "pages/pillars/party.py",
    "P2": "pages/pillars/mechanism.py",
    "P3": "pages/pillars/guidance.py",
    "P4": "pages/pillars/platform.py",
}


def kpi_cards(values: pd.DataFrame, *, view: View, quarters: pd.DataFrame) -> None:
    """One card for each headline indicator, side by side, then the note on returns.

    values: values/of_place; quarters: values/by_quarter.
    """
    rows = values.set_index("indicator_code")
    headlines = view.headlines
    for slot, code in zip(st.columns(len(headlines), gap="small"), headlines, strict=True):
        with slot.container(border=True, height="stretch"):
            kpi_card(code, rows.loc[code], view, quarters[quarters.indicator_code == code])
    data_note(view, headlines)


def kpi_card(code: str, row: pd.Series, view: View, quarters: pd.DataFrame) -> None:
    """One indicator of a place: value, change on the year, light, target, curve of quarters, link to its evidence.

    row: of values/of_place; quarters: its rows of values/by_quarter.
    """
    changed = wording.compared(row)
    st.metric(
        view.headlines.get(code, row.indicator_name),
        wording.headline(row.value, row.unit, row.published, row.status),
        delta=None if changed == wording.NONE else f"同比{changed}",
        delta_color="blue" if wording.rises(row.value, row.base_value) else "orange",
        delta_arrow=wording.arrow(row.value, row.base_value),
        help=wording.exactly(row.value, row.unit, row.published, view.span.base_label),
        chart_data=list(quarters.value.dropna()) or None,
        chart_type="line",
    )
    lines = [_light(row.status), *(map(escape, targets.progress(row)) if row.status != "无目标" else ())]
    st.html(f'<div class="facts">{"<br>".join(lines)}</div>')
    if not view.sees_all and view.region.level == "province":
        return  # the province's figure is public, but this reader may not see its rows
    link_params = {"place": view.place, "indicator": code, "evidence": "true"}
    st.page_link(DEFINITIONS, label="口径与明细", query_params=params() | link_params)


def pillar_cards(scores: pd.DataFrame, *, view: View, place: str = "") -> None:
    """A card for each pillar: score, tier, best and weakest indicator, a link to its page (of place, if given).

    scores: scores/of_place.
    """
    rows = list(scores[scores.pillar_code != "ALL"].itertuples())
    link_params = params() | ({"place": place} if place else {})
    for slot, row in zip(st.columns(len(rows), gap="small"), rows, strict=True):
        with slot.container(border=True, height="stretch"):
            name = view.pillars[row.pillar_code]
            _pillar_card(row, name)
            st.page_link(PILLAR_PAGES[row.pillar_code], label=f"打开{name}", query_params=link_params)


def _pillar_card(row, name: str) -> None:
    changed = wording.fixed(row.score_change, 1)
    st.metric(
        f"{row.pillar_code} {name}",
        row.tier if wording.is_none(row.score) else wording.measure(row.score, "分"),
        delta=None
        if changed == wording.NONE
        else f"较上年同期{wording.signed(changed)}分（两期都计分的{row.indicators_compared:.0f}项）",
        delta_color="blue" if wording.rises(row.score_change, 0) else "orange",
        delta_arrow=wording.arrow(row.score_change, 0),
    )
    best, weakest = (escape(str(name or wording.NONE)) for name in (row.best_indicator, row.weakest_indicator))
    st.html(
        f'<div class="facts"><b>{escape(row.tier)}</b>　{row.indicators_available}/{row.indicators_scored}项有值<br>'
        f"完成率最高：{best} {wording.attained(row.best_attainment)}<br>"
        f"完成率最低：{weakest} {wording.attained(row.weakest_attainment)}</div>"
    )


def indicator_table(values: pd.DataFrame, *, view: View, name: str) -> None:
    """All indicators of a place, one row each, beside target, province and the median of its peers; file below.

    values: values/of_place with the column peers_median.
    """
    display = pd.DataFrame(
        {
            columns.label("indicator_code"): values.indicator_code,
            columns.label("indicator_name"): values.indicator_name,
            "本期": [wording.headline(r.value, r.unit, None, r.status) for r in values.itertuples()],
            "同比": [wording.compared(r) for r in values.itertuples()],
            "本期目标": values.apply(targets.of_period, axis=1),
            "完成率": values.attainment.map(wording.attained),
            "状态": values.status.map(wording.light),
            "全省": _measured(values, "province_value"),
            "同类中位数": _measured(values, "peers_median"),
            "名次": [wording.place(*row) for row in zip(values.place_rank, values.places_ranked, strict=True)],
        }
    )
    if not view.sees_all:
        display = display.drop(columns=["同类中位数", "名次"])
    grid(display, hide_index=True, height=rows_high(len(display)), key=f"indicators_{name}", alt=name)
    codes = [view.code(code) for code in values.indicator_code]
    table_twin(values.drop(columns="definition"), name=name, view=view, is_of_place=True, codes=codes)


def definition_card(card, sql_name: str) -> None:
    """The definition of one indicator. card: a row of definitions/cards; sql_name: of its file in queries/."""
    facts = {
        "口径": card.definition,
        "单位": card.unit,
        "类型": card.kind,
        "频率": card.frequency,
        "是否计分": "计分" if card.is_scored else "观察指标，不计分",
        "目标": card.target_logic,
        "汇总规则": card.aggregation,
        "对应机制": card.mechanism,
        **({"起止": _span(card)} if isinstance(card.valid_basis, str) else {}),
        "英文名": card.name_en,
        "公式": f"queries/{sql_name}.sql",
    }
    lines = "<br>".join(f"<b>{escape(k)}</b>　{escape(str(v))}" for k, v in facts.items())
    st.html(f'<div class="facts">{lines}</div>')


def _span(card) -> str:
    first, last = (None if wording.is_none(day) else wording.day(day) for day in (card.valid_from, card.valid_to))
    span = f"{first or '最早的报告期'}起" + (f"，至{last}止" if last else "")
    return f"{span}；全部在此以外的报告期不适用，跨过起止的按全期计（{card.valid_basis}）"


def _light(status: str) -> str:
    return f'<span class="light {TONE.get(status, "none")}">{escape(wording.light(status))}</span>'


def _measured(values: pd.DataFrame, column: str) -> list[str]:
    return [wording.measure(v, unit) for v, unit in zip(values[column], values.unit, strict=True)]
