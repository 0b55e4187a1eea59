"""The head of a pillar's page: its nine indicators, and the chosen one on the map, over time and in its rows."""

import pandas as pd
import streamlit as st

from yunnan import columns, filters, findings, words
from yunnan.blocks.citing import code_of
from yunnan.blocks.conclusion import finding
from yunnan.blocks.evidence import evidence
from yunnan.blocks.figures import map_and_ranking, rows_high, table_twin, trend
from yunnan.blocks.furniture import head
from yunnan.blocks.grids import grid
from yunnan.blocks.handout import handouts
from yunnan.blocks.places import missing_returns
from yunnan.blocks.reported import data_note
from yunnan.filters import View


def pillar(code: str, view: View) -> None:
    """Title, score, nine indicators of the view's place; map, ranking, trend and evidence of the chosen one.

    Reads values/of_place, values/by_quarter, scores/of_place, measures/of_period, measures/by_prefecture.
    """
    values = view.snapshot.table("values/of_place", **view.where)
    values = values[values.pillar_code == code]
    quarters = view.snapshot.table("values/by_quarter", place=view.place)
    scores = view.snapshot.table("scores/of_place", **view.where)
    measures = view.snapshot.table("measures/of_period", period=view.period).set_index("measure")

    head(f"{words.PILLARS[code]}·{view.region.place_name}", view)
    if view.region.level != "province":
        missing_returns(values, view.region.short_name)
    said = findings.of_pillar(code, values, scores, view.span, view.place, view.region.short_name)
    finding(said)
    if view.region.level != "county":
        handouts("pillar", view, pillar=code)
    nine_indicators(values, quarters, view=view, name=f"{words.PILLARS[code]}九项指标")
    known = list(values.indicator_code)
    data_note(view, known)
    chosen = filters.choose(
        "indicator",
        "看哪一项",
        known,
        known[0],
        said=measures.measure_name.__getitem__,
        known=list(measures.index),
        width=420,
    )
    by_prefecture = view.snapshot.table("measures/by_prefecture", measure=chosen, period=view.period)
    if by_prefecture.empty:
        st.info("本指标只在省级计算，没有州市值。", icon=":material/info:")
    else:
        map_and_ranking(by_prefecture, measures.loc[chosen], view=view, told=findings.plain(said))
    card = values[values.indicator_code == chosen].iloc[0]
    trend(quarters[quarters.indicator_code == chosen], card, view=view)
    evidence(view, chosen)


def nine_indicators(values: pd.DataFrame, quarters: pd.DataFrame, *, view: View, name: str) -> None:
    """One row an indicator: value, change, target to date, attainment, schedule, light, trend; a row chooses it."""
    series = quarters.dropna(subset="value").groupby("indicator_code").value.agg(list)  # a line knows no gap
    shown = pd.DataFrame(
        {
            columns.label("indicator_code"): values.indicator_code,
            columns.label("indicator_name"): values.indicator_name,
            "本期": [words.headline(r.value, r.unit, r.published, r.status) for r in values.itertuples()],
            "同比": [words.compared(r) for r in values.itertuples()],
            "截至本期目标": [words.measure(r.target_to_date, r.unit) for r in values.itertuples()],
            "完成率": values.attainment.map(words.attained),
            "完成年度目标": [words.attained(of_year(r)) for r in values.itertuples()],
            "时序进度": [words.percent(r.target_to_date / r.target_value, 0) for r in values.itertuples()],
            "状态": values.status.map(words.light),
            "各季度": values.indicator_code.map(series),
        }
    )
    codes = list(values.indicator_code)
    grid(
        shown,
        hide_index=True,
        height=rows_high(len(shown)),
        key="nine",
        on_select=_chosen("nine", codes),
        selection_mode="single-cell",
        column_config={"各季度": st.column_config.LineChartColumn("各季度", color="#1F4E79")},
        alt=name,
    )
    st.caption("点击一行，下面的地图、走势与明细换成该项。完成率对截至本期目标；时序进度为本期末应完成年度目标的比例。")
    cited = [code_of(view, code) for code in codes]
    table_twin(values.drop(columns="definition"), name=name, view=view, is_of_place=True, codes=cited)


def of_year(row) -> float | None:
    """Share of the year's target that is reached; null without value or target."""
    if words.is_none(row.value) or words.is_none(row.target_value):
        return None
    return row.value / row.target_value


def _chosen(key: str, codes: list[str]):
    def choose() -> None:
        for row, _ in st.session_state[key]["selection"]["cells"][:1]:
            filters.put("indicator", codes[row])

    return choose
