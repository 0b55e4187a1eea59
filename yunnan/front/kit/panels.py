"""Charts, each with the table of its numbers below it, and tables with a link to their file."""

import math
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from pandas.io.formats.style import Styler

from yunnan.data.view import View
from yunnan.drawing import table_files
from yunnan.drawing.charts import bar_charts, line_charts, maps, themes
from yunnan.drawing.exports import csv
from yunnan.drawing.findings import rankings
from yunnan.front.address import appearance, entry, navigation
from yunnan.front.kit import code_panel
from yunnan.front.kit.clicks import DOORS
from yunnan.front.kit.grids import grid
from yunnan.front.kit.returns_note import data_note
from yunnan.front.kit.written_tables import once
from yunnan.words import columns, geography, wording

PAGE_SIZE = 100
MOST_ROWS = 30  # rows of a grid that stand below each other: with its page's head they fill three screens at most
SHARE_OF_WALL = 0.54  # the part of a wall screen's height that a figure may take
PLOTLY = {"displayModeBar": False, "scrollZoom": False, "topojsonURL": geography.TOPOJSON_URL}
TABLES = "tables"  # ?tables=true opens all tables of the page
ALL_PERSONS = "全部受益对象，不限建档立卡"  # who is counted in every breakdown of people
SAME_UNIT = ("value", "base_value", "target_to_date", "target_value", "province_value", "peers_median", "lack",
             "target_registered", "target_proposed", "target_gap", "split_base")  # fmt: skip


def show(figure: go.Figure, *, name: str, alt: str, on_click: bool = False) -> None:
    """Draw the figure in the reader's theme and size; alt: its text for screen readers. on_click: a click on a place,
    project or organization opens its page.
    """
    st.plotly_chart(
        _suited(figure),
        key=name,
        config=PLOTLY,
        alt=alt,
        theme=None,
        on_select=_clicked(name) if on_click else "ignore",
        selection_mode="points",
    )


def _suited(figure: go.Figure) -> go.Figure:
    look = appearance.look()
    if not look.is_screen:
        return themes.suited(figure, is_dark=look.is_dark, is_narrow=look.is_narrow, grown=look.rem / 16)
    return themes.suited(figure, is_dark=look.is_dark, times=look.times, tallest=round(look.height * SHARE_OF_WALL))


def map_and_ranking(table: pd.DataFrame, card, *, view: View, prefecture: str | None = None, finding: str = "") -> None:
    """A measure by place: map, bars from high to low, the note on its returns, its table and file.

    card: a row of measures/of_period (measure_name, unit, breaks) whose index is the measure's code. prefecture: map of
    its counties instead of the prefectures. finding: the page's conclusion, read out before the map's own text.
    """
    # A reader of some prefectures gets no ranking of prefectures, but one of the counties of a prefecture.
    with_bars = (view.sees_all or prefecture) and st.toggle(
        "显示排序", value=True, key="bars", bind="query-params",
        on_change=navigation.drop, args=(f"{navigation.REPLACED}bars",),
    )  # fmt: skip
    left, right = st.columns([3, 2], gap="medium") if with_bars else (st.container(), None)
    with left:
        area_map(table, card, view=view, prefecture=prefecture, finding=finding)
    if right:
        with right:
            area_ranking(table, card, view=view, prefecture=prefecture)
    area_table(table, card, view=view, prefecture=prefecture)


def area_table(table: pd.DataFrame, card, *, view: View, prefecture: str | None = None) -> None:
    """The note on the returns of a measure by place, its table and file."""
    here = view.at(prefecture or navigation.PROVINCE)
    if prefecture or view.sees_all:
        data_note(here, [card.name])
    codes = code_panel.codes_by_place(here, str(card.name), table.region_code)
    table_twin(
        table, name=card.measure_name, view=view, unit=card.unit, is_of_place=prefecture is not None, codes=codes
    )  # fmt: skip


def area_map(table: pd.DataFrame, card, *, view: View, prefecture: str | None = None, finding: str = "") -> None:
    """The map of a measure by prefecture, or by the counties of one; finding comes before the map's own text."""
    title = f"{card.measure_name}（{view.span.label}）"
    places = table[table.region_code != prefecture] if prefecture else table
    figure = maps.choropleth(
        places,
        unit=card.unit,
        breaks=card.breaks,
        title=title,
        footnote=view.footnote,
        prefecture=prefecture,
        chosen=_chosen(view, prefecture),
    )
    show(figure, name="map", alt=finding + _alt(title, places, card.unit), on_click=True)
    st.caption(geography.SOURCE_LINE)
    if prefecture == geography.DIQING_CODE:
        st.caption(geography.DEQIN_WEIXI_NOTE)


def area_ranking(table: pd.DataFrame, card, *, view: View, prefecture: str | None = None) -> None:
    """The places of area_map() as bars from high to low."""
    title = f"{card.measure_name}（{view.span.label}）"
    high_first = table.sort_values("value", ascending=False, na_position="last", kind="stable")
    bars = bar_charts.ranking(
        high_first,
        unit=card.unit,
        title=f"{title}：由高到低",
        footnote=view.footnote,
        chosen=_chosen(view, prefecture),
    )
    show(bars, name="ranking", alt=f"{title}排序", on_click=True)


def _chosen(view: View, prefecture: str | None) -> str | None:
    return view.place if view.region.level == ("county" if prefecture else "prefecture") else None


@entry.fragment  # opening or closing it reruns only this panel; closed, nothing of it is made or sent
def table_twin(
    table: pd.DataFrame, *, name: str, view: View, unit: str = "", is_open: bool = False, is_of_place: bool = False,
    codes: Sequence[str] = (),
) -> None:  # fmt: skip
    """A panel with the numbers behind a chart, and a link to them as a file.

    unit: of all values, else each row has its own. is_of_place: the file is named after the place. codes: figure codes
    (数字凭证) of the rows, for the file.
    """
    opens = is_open or navigation.flag(TABLES)
    box = st.expander(f"数据表：{name}", expanded=opens, key=f"twin_{name}", on_change="rerun")
    if box.open:
        with box:
            grid(styled(table, unit, view), hide_index=True, key=f"table_{name}", alt=name)
            table_file(table, name=name, view=view, is_of_place=is_of_place, codes=codes)


def people_table(table: pd.DataFrame, *, column: str, name: str, view: View) -> None:
    """Persons by group, whether registered as poor or not: bars and table. A hidden count is a text, not a bar."""
    status = table.is_hidden.map({True: "已隐去", False: "观察"})
    drawn = table.rename(columns={column: "region_name", "persons": "value"}).assign(
        status=status, region_code=table[column]
    )
    drawn["value"] = drawn.value.astype("float64")
    bars = bar_charts.ranking(
        drawn,
        unit="人",
        title=f"{name}（{view.span.year}年，{view.say(ALL_PERSONS)}）",
        footnote=view.footnote,
        height=420,
    )
    show(bars, name=f"bars_{column}", alt=f"{name}（{view.say(ALL_PERSONS)}）")
    table_twin(table, name=name, view=view, is_of_place=True)


def rows_high(rows: int) -> int:
    """Height in pixels of a grid with so many rows at the reader's font size; more than MOST_ROWS scroll within it.

    On a wall it ends above the bar.
    """
    look = appearance.look()
    row, lines = round(35 * look.rem / 16), min(rows, MOST_ROWS) + 1
    if look.is_screen:  # whole rows
        lines = min(lines, max(2, round(look.height * SHARE_OF_WALL) // row))
    return row * lines + 3


def sql(text: str) -> None:
    """A panel with the SQL that ran."""
    with st.expander("计算所用的 SQL"):
        st.code(text, language="sql", wrap_lines=True)


def styled(table: pd.DataFrame, unit: str = "", view: View | None = None) -> Styler:
    """The table with Chinese headers and formatted values; sorting still goes by the values.

    unit: of the columns SAME_UNIT; without it, each row's column unit. view: whose stage words the headers.
    """
    stage = view.snapshot.stage if view else None
    return once(("styled", table, unit, str(stage)), lambda: _styled(table, unit, stage.say if stage else str))


def _styled(table: pd.DataFrame, unit: str, say: Callable[[str], str]) -> Styler:
    def label(column: str) -> str:
        return say(columns.label(column))

    yes_no = {c: table[c].map(csv.neutral) for c in table.columns if pd.api.types.is_bool_dtype(table[c])}
    table = table.assign(**yes_no)  # else a grid draws a check box
    written_columns = [c for c in table.columns if c != DOORS]
    formats = {
        label(c): (lambda v: wording.measure(v, unit)) if unit and c in SAME_UNIT else _writer(c)
        for c in written_columns
    }
    written = table.rename(columns={c: label(c) for c in written_columns}).style.format(formats)
    if not unit and "unit" in table:  # each row has its own
        own = [label(c) for c in SAME_UNIT if c in table]
        for row_unit, rows in table.groupby("unit"):
            written.format(partial(_measured, unit=row_unit), subset=(rows.index, own))
    return written


def _measured(value, unit: str) -> str:
    return wording.measure(value, unit)


def _writer(column: str):
    return lambda value: columns.written(column, value)


def table_file(
    table: pd.DataFrame, *, name: str, view: View, is_of_place: bool = False, codes: Sequence[str] = ()
) -> None:
    """A link to the table as a CSV file, for readers who may download it; columns as named on screen."""
    if not view.may_take("tables"):
        return
    snapshot, place = view.snapshot, view.region.short_name if is_of_place else ""
    named = table.rename(columns=lambda column: view.say(columns.label(column)))
    named = named.assign(数字凭证=codes) if codes else named
    key = table_files.keep(
        csv.file_name(name, place, view.period, asof=snapshot.asof, revision=snapshot.revision),
        named, asof=snapshot.asof, nature=snapshot.nature,
        filters={"place": view.place, "period": view.period}, rows=len(table), snapshot=snapshot.id,
    )  # fmt: skip
    query = urlencode(entry.signed(f"table/{key}", {}))
    address = escape(f"./export/table/{key}.csv{'?' if query else ''}{query}")
    st.html(f'<div class="files"><a class="file" href="{address}">下载 CSV（{len(table):,} 行）</a></div>')


def _clicked(name: str):
    """A callback that opens the page of the place, project or organization clicked in the chart of this key."""

    def open_place() -> None:
        points = st.session_state[name]["selection"]["points"]
        values = [p.get("location") or p.get("customdata") for p in points]
        codes = [code[0] if isinstance(code, list) else code for code in values]
        if codes and codes[0] and codes[0] != navigation.PROVINCE:
            navigation.open_item(codes[0])

    return open_place


def _alt(title: str, table: pd.DataFrame, unit: str) -> str:
    table = rankings.places_only(table)
    filled = table.dropna(subset="value")
    if filled.empty:
        return f"{title}：没有数据"
    top, low = filled.loc[filled.value.idxmax()], filled.loc[filled.value.idxmin()]
    return (
        f"{title}：最高{top.region_name}{wording.measure(top.value, unit)}，"
        f"最低{low.region_name}{wording.measure(low.value, unit)}，{len(table) - len(filled)}个地区无数据"
    )


def trend(quarters: pd.DataFrame, card, *, view: View) -> None:
    """A curve of one indicator over the quarters. quarters: values/by_quarter; card: has indicator_name, unit."""
    title = f"{card.indicator_name}：各季度"
    show(line_charts.trend(quarters, unit=card.unit, title=title, footnote=view.footnote), name="trend", alt=title)


@entry.fragment
def fund_rows(view: View, params: dict) -> None:
    """The fund rows behind a figure, a page at a time, with the file and line of each; their total is the figure.

    params: of funds/rows and funds/totals.
    """
    if not view.sees_all:
        st.caption(f"本数由全省的资金流水构成；您的可见范围为{view.visible_names}，不逐笔显示。")
        return
    totals = view.snapshot.row("funds/totals", **params)
    pages = max(1, math.ceil(totals.fund_rows / PAGE_SIZE))
    st.markdown(
        f"共 **{totals.fund_rows:,}** 笔流水，涉及 {totals.projects:,} 个项目，"
        f"合计 **{wording.fixed(totals.amount_yuan, 2)} 元**。"
    )
    page = int(st.number_input(f"第几页（共{pages}页）", 1, pages, 1, key="fund_page")) if pages > 1 else 1
    rows = view.snapshot.table("funds/rows", page_size=PAGE_SIZE, page_start=(page - 1) * PAGE_SIZE, **params)
    grid(styled(rows), hide_index=True, key="fund_rows", placeholder=wording.NONE, alt="构成该数的资金流水")
