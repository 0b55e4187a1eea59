"""What the pages of the pillars share: the head, and the part with all indicators and one of them by place."""

from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from yunnan.data import queries, targets
from yunnan.data.answer_cache import kept, made_once
from yunnan.data.view import View
from yunnan.drawing.cockpit import cells
from yunnan.drawing.findings import conclusions, sentences
from yunnan.front.address import appearance, choices, navigation
from yunnan.front.kit import cockpit
from yunnan.front.kit.attention_list import attention_list
from yunnan.front.kit.clicks import of_rows
from yunnan.front.kit.conclusion import finding
from yunnan.front.kit.evidence import evidence
from yunnan.front.kit.grids import grid
from yunnan.front.kit.handouts import handouts
from yunnan.front.kit.page_frame import head
from yunnan.front.kit.panels import map_and_ranking, rows_high, table_twin, trend
from yunnan.front.kit.place_parts import missing_returns
from yunnan.front.kit.returns_note import data_note
from yunnan.words import columns, palette, wording

LONG = 10  # letters of a target that stand below its bullet beside 目标
ROOM = 4 << 20  # bytes kept of the tables of indicators; one takes some 40 kB
SCREEN = "pillar"  # key of the head
INDICATORS = "indicator"  # the code of the first part, which shows the indicators
TARGETS = (
    "完成率对本期目标：可加的指标为本期各季之和；期末存量对年末目标；按期发生的比率每期对同一目标；"
    "去重的指标只在自1月算起的报告期评，其中年度目标全在四季度的只评全年，其他报告期“本期不评”。时序进度自年初算起。"
)


def pillar(code: str, view: View) -> None:
    """Title and conclusion of a pillar at the view's place. Reads values/of_place."""
    head(f"{view.pillars[code]}·{view.region.place_name}", view)
    if view.region.level != "province":
        missing_returns(_values(code, view), view, view.region.short_name)
    finding(conclusions.of_pillar(view, code))


def indicators(code: str, view: View) -> None:
    """The pillar's indicators, what needs somebody, and the indicator that the reader chooses.

    Reads values/of_place, values/by_quarter, measures/of_period, measures/by_prefecture.
    """
    values = _values(code, view)
    name = f"{view.pillars[code]}{wording.numeral(len(values))}项指标"
    is_paper = appearance.is_paper()  # a signed link too, on which nothing that it says can be chosen
    chosen = _indicator(values, view, draw=is_paper)
    if is_paper:
        indicators_of_pillar(code, values, view=view, name=name)
    else:
        _screen(code, chosen, values, view=view, name=name)
    attention_list(view, pillar=code)
    data_note(view, list(values.indicator_code))
    if view.region.level != "county":
        handouts("pillar", view, pillar=code)
    if is_paper:
        _one_indicator(code, chosen, values, view)
    evidence(view, chosen)


def aspect(name: str, titles: Mapping[str, str], first: Mapping[str, str]) -> str:
    """The chosen one of a page's aspects, in the URL as ?name=code.

    titles: {code: its title}, that of the indicators first. first: {code: its first part}, which a choice opens.
    """

    def choose(code: str) -> None:
        navigation.keep_all({name: code, "part": first[code]})  # one step of the browser's Back

    return choices.choose(
        name,
        "看哪一方面",
        list(titles),
        INDICATORS,
        label_of=titles.__getitem__,
        on_choice=choose,
        widget=st.segmented_control,
        required=True,
        label_visibility="collapsed",  # as on the pages whose parts are chosen like this
    )


def _indicator(values: pd.DataFrame, view: View, *, draw: bool) -> str:
    """The code of the chosen indicator of the pillar, in the URL as ?indicator=. draw: with a box to choose it."""
    measures = view.snapshot.table("measures/of_period", period=view.period).set_index("measure")
    codes = list(values.indicator_code)
    return choices.choose(
        "indicator",
        "看哪一项",
        codes,
        codes[0],
        label_of=measures.measure_name.__getitem__,
        also_valid=list(measures.index),
        draw=draw,
        width=420,
    )


def _one_indicator(code: str, chosen: str, values: pd.DataFrame, view: View) -> None:
    """One indicator: map, ranking, trend."""
    quarters = view.snapshot.table("values/by_quarter", place=view.place)
    measures = view.snapshot.table("measures/of_period", period=view.period).set_index("measure")
    by_prefecture = view.snapshot.table("measures/by_prefecture", measure=chosen, period=view.period)
    if by_prefecture.empty:
        st.info("本指标只在省级计算，没有州市值。", icon=":material/info:")
    else:
        conclusion = sentences.plain(conclusions.of_pillar(view, code))
        map_and_ranking(by_prefecture, measures.loc[chosen], view=view, finding=conclusion)
    card = values[values.indicator_code == chosen].iloc[0]
    trend(quarters[quarters.indicator_code == chosen], card, view=view)


def _screen(code: str, chosen: str, values: pd.DataFrame, *, view: View, name: str) -> None:
    """One row for each indicator beside map and order of places of the chosen one; a click on a row chooses it."""
    county = cockpit.county(view, "地图与排序是各州市的，亮的是{}")
    data = {
        "choice": {"period": view.period, "measure": chosen, "place": view.place},
        "county": county,
        "place": view.region.short_name if county else "",
        "rows": rows_of(view, code),
    }
    cockpit.draw(view, SCREEN, data, **cockpit.keeping(SCREEN, "indicator", "place"))
    if not appearance.look().is_screen:
        st.caption(TARGETS)
    _table_of_pillar(values, view=view, name=name)


@made_once(ROOM)
def rows_of(view: View, code: str) -> list[dict]:
    """What the head says of each indicator of a pillar at the view's place, in words; lengths in thousandths.

    done: of the period's target, -1 without one. heights, texts: of the quarters, the highest 1000, -1 and '' for none.
    """
    quarters = view.snapshot.table("values/by_quarter", place=view.place)
    series = {one: list(rows.value) for one, rows in quarters.groupby("indicator_code")}
    return [_row(row, series.get(row.indicator_code, []), view) for row in _values(code, view).itertuples()]


def _row(row, series: list[float], view: View) -> dict:
    change, goal = wording.compared(row), targets.of_period(row)
    if len(goal) > LONG:
        goal = goal.removesuffix("（年末）")  # the line above the map says it of the chosen one
    return {
        "code": row.indicator_code,
        "name": row.indicator_name,
        "short": view.say(queries.indicator(row.indicator_code)["short"]),
        "value": wording.headline(row.value, row.unit, row.published, row.status),
        "change": "" if change == wording.NONE else f"同比{change}",
        "goal": "" if goal == wording.NONE else f"目标{goal}",
        "attained": "" if wording.is_none(row.attainment) else f"完成{wording.attained(row.attainment)}",
        "done": cells.thousandths(row.attainment),
        "status": cells.STATUSES.index(row.status),
        "light": wording.light(row.status),
        "progress": "　".join(targets.progress(row)),
        "heights": cells.heights(series),
        "texts": ["" if wording.is_none(value) else wording.measure(value, row.unit) for value in series],
    }


def _values(code: str, view: View) -> pd.DataFrame:
    """The pillar's rows of values/of_place."""
    values = view.snapshot.table("values/of_place", **view.params)
    return values[values.pillar_code == code]


def indicators_of_pillar(code: str, values: pd.DataFrame, *, view: View, name: str) -> None:
    """One row for each indicator: value, change, target, attainment, light, trend; a button chooses the indicator.

    values: the pillar's rows of values/of_place.
    """
    display, codes = _written(view, code), list(values.indicator_code)
    doors = of_rows(codes, partial(navigation.put, "indicator"))
    grid(
        doors.beside(display),
        hide_index=True,
        height=rows_high(len(display)),
        key="nine",
        doors=doors,
        column_config={"各季度": st.column_config.LineChartColumn("各季度", color=palette.BLUE)},
        alt=name,
    )
    st.caption(f"点“打开”，在下面看它的地图、走势与明细。{TARGETS}")
    _table_of_pillar(values, view=view, name=name)


def _table_of_pillar(values: pd.DataFrame, *, view: View, name: str) -> None:
    cited = [view.code(code) for code in values.indicator_code]
    table_twin(values.drop(columns="definition"), name=name, view=view, is_of_place=True, codes=cited)


@kept(ROOM)
def _written(view: View, code: str) -> pd.DataFrame:
    """The pillar's indicators as text, one row each, and their values by quarter for small charts."""
    values, quarters = _values(code, view), view.snapshot.table("values/by_quarter", place=view.place)
    series = quarters.dropna(subset="value").groupby("indicator_code").value.agg(list)  # small charts cannot draw a gap
    is_since_january = "本期" not in set(values.target_basis)
    return pd.DataFrame(
        {
            columns.label("indicator_code"): values.indicator_code,
            columns.label("indicator_name"): values.indicator_name,
            "本期": [wording.headline(r.value, r.unit, r.published, r.status) for r in values.itertuples()],
            "同比": [wording.compared(r) for r in values.itertuples()],
            "本期目标": values.apply(targets.of_period, axis=1),
            "完成率": values.attainment.map(wording.attained),
            "完成年度目标" if is_since_january else "本期完成年度目标": values.apply(targets.of_year, axis=1),
            "时序进度" if is_since_january else "本期应完成": values.apply(targets.schedule, axis=1),
            "状态": values.status.map(wording.light),
            "各季度": values.indicator_code.map(series),
        }
    )
