"""The parts of a page's sections: heading with its SQL, bars, stacked bars, curves, lists, matrices."""

import re

import pandas as pd
import streamlit as st

from yunnan.data import queries
from yunnan.data.view import View
from yunnan.drawing.charts import bar_charts, compositions
from yunnan.front.kit.clicks import of_rows
from yunnan.front.kit.grids import column_width, grid
from yunnan.front.kit.panels import rows_high, show, styled, table_twin
from yunnan.front.kit.written_tables import once
from yunnan.words import columns, palette, wording

TALLEST = 12  # rows of a list that are visible without scrolling


def section(title: str, query: str, params: dict, *, note: str = "", base: str = "") -> None:
    """Heading of a section: title, badges, a button that shows the SQL with its parameters, a note.

    base: what the figures count ('截至期末 含物资'), one badge for each word.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(title, anchor=False, width="content")
        for text in base.split():
            st.badge(text, color="gray")
        with st.popover("查询", icon=":material/code:", type="tertiary", key=f"sql_{query}_{title}"):
            st.code(as_ran(query, params), language="sql", wrap_lines=True)
    if note:
        st.caption(note)


def rules(query: str) -> None:
    """A list of the rules by which a query judges, from the header of its file."""
    st.markdown("\n".join(f"- {rule}" for rule in queries.load(query)["rule"].split("|")))


def as_ran(query: str, params: dict) -> str:
    """The text of a query's SQL file below the values of its parameters, without the rules that rules() shows."""
    given = "\n".join(f"-- ${name} = {value!r}" for name, value in params.items())
    sql = re.sub(r"^-- rule .*\n", "", queries.load(query).sql, flags=re.MULTILINE)
    return f"-- queries/{query}.sql\n{given}\n\n{sql}"


def bars(
    table: pd.DataFrame, *, key: str, label: str, value: str, unit: str, name: str, view: View, height: int = 0
) -> None:
    """One bar for each row, table and file below; a click opens the page of the code in column key."""
    if _is_empty(table, name):
        return
    drawn = table[[key, label, value]].set_axis(["region_code", "region_name", "value"], axis=1).assign(status="无数据")
    drawn["value"] = drawn.value.astype("float64")
    title = f"{name}（{view.span.label}）"
    bar = bar_charts.ranking(
        drawn,
        unit=unit,
        title=title,
        footnote=view.footnote,
        chosen=view.place if view.region.level == "county" else None,
        height=height or 110 + 30 * len(drawn),
    )
    show(bar, name=f"bars_{name}", alt=bars_text(drawn, title, unit), on_click=True)
    _twin(table, name, view)


def pieces(
    table: pd.DataFrame, *, key: str, label: str, part: str, value: str, unit: str, name: str, view: View,
    is_share: bool = False,
) -> None:  # fmt: skip
    """One stacked bar for each value of column label, table and file below; a click opens the page of the code in key.

    part: the column whose values are the parts of a bar. is_share: bars of equal length, parts in per cent.
    """
    if _is_empty(table, name):
        return
    title = f"{name}（{view.span.label}）"
    figure = compositions.stacked(
        table, unit=unit, title=title, footnote=view.footnote, keys=key, label=label, part=part, value=value,
        is_share=is_share, height=160 + 26 * table[label].nunique(),
    )  # fmt: skip
    whole = table.groupby(part, sort=False)[value].sum()
    values_text = "、".join(f"{k}{wording.measure(v, unit)}" for k, v in whole.items())
    show(figure, name=f"pieces_{name}", alt=f"{title}：{values_text}", on_click=True)
    _twin(table, name, view)


def curves(table: pd.DataFrame, *, at: str, series: str, value: str, unit: str, name: str, view: View) -> None:
    """One curve for each value of column series over the column at; table and file below."""
    if _is_empty(table, name):
        return
    figure = compositions.curves(
        table, unit=unit, title=name, footnote=view.footnote, at=at, series=series, value=value
    )
    show(figure, name=f"curves_{name}", alt=f"{name}：{table[at].iloc[0]}至{table[at].iloc[-1]}")
    _twin(table, name, view)


def steps(table: pd.DataFrame, *, label: str, value: str, unit: str, name: str, view: View) -> None:
    """A funnel: one bar for each step, from the first to what is left at the last; table and file below."""
    title = f"{name}（{view.span.label}）"
    figure = compositions.steps(table, unit=unit, title=title, footnote=view.footnote, label=label, value=value)
    values_text = "、".join(f"{k}{wording.measure(v, unit)}" for k, v in zip(table[label], table[value], strict=True))
    show(figure, name=f"steps_{name}", alt=f"{title}：{values_text}")
    _twin(table, name, view)


def timeline(table: pd.DataFrame, *, when: str, what: str, lane: str, name: str, view: View) -> None:
    """Events on a time line, one lane for each value of column lane; table and file below.

    when, what: the columns of date and text.
    """
    if _is_empty(table, name):
        return
    lanes = table[lane].nunique()
    figure = compositions.timeline(
        table, title=name, footnote=view.footnote, when=when, what=what, lane=lane, height=180 + 60 * lanes
    )
    values_text = "；".join(
        f"{wording.day(d)}{t}" for d, t in zip(table[when].head(8), table[what].head(8), strict=True)
    )
    show(figure, name=f"timeline_{name}", alt=f"{name}：{values_text}")
    _twin(table, name, view)


def listing(table: pd.DataFrame, *, name: str, view: View, opens: str = "", hide: tuple[str, ...] = ()) -> None:
    """A list without the columns in hide; a button in each row opens the page of the code in column opens."""
    if _is_empty(table, name):
        return
    key = f"list_{name}"
    doors = of_rows(list(table[opens])) if opens else None
    display = table.drop(columns=list(hide))
    grid(
        styled(doors.beside(display) if doors else display, view=view),
        hide_index=True,
        height=rows_high(min(len(table), TALLEST)),
        key=key,
        doors=doors,
        placeholder=wording.NONE,
        alt=name,
    )
    st.caption(f"{name}：共{len(table):,}行。" + ("点“打开”看该项。" if opens else ""))
    _twin(table, f"{name}（全部列）", view)


def _twin(table: pd.DataFrame, name: str, view: View) -> None:
    """The table below a figure; its file is named after the place unless that is the province."""
    table_twin(table, name=name, view=view, is_of_place=view.region.level != "province")


def in_order(names: list, leading: list) -> list:
    """The names sorted by their position in leading, names that are not in it last."""
    return sorted(names, key=lambda name: leading.index(name) if name in leading else len(leading))


def matrix(
    table: pd.DataFrame, *, rows: str, over: str, value: str, name: str, view: View, unit: str = "个", opens: str = ""
) -> None:
    """A table of the values of column rows by those of column over, darker for larger values; table and file below.

    unit '%': one value for a cell, a missing one is '—'; else values are added up and nothing is an empty cell. opens:
    the column of codes whose page the name of a row opens. Names in both directions have the same order in both.
    """
    if _is_empty(table, name):
        return
    is_rate = unit == "%"  # then 0 and a missing value must look different
    added, none = ("first", wording.NONE) if is_rate else ("sum", "")
    wide = table.pivot_table(index=rows, columns=over, values=value, aggfunc=added, sort=False, observed=True)
    row_names, column_names = (list(dict.fromkeys(table[names])) for names in (rows, over))
    wide = wide.reindex(index=row_names, columns=in_order(column_names, row_names))
    top = wide.max().max() or 1
    shades = wide.map(lambda v: "" if pd.isna(v) or not v else palette.cell(_shade(v / top)))
    doors = of_rows(list(dict.fromkeys(table[opens])), is_index=True) if opens else None
    styler = once(
        ("matrix", wide, unit),
        lambda: wide.style.apply(lambda _: shades, axis=None).format(
            lambda v: wording.measure(v, unit) if v or is_rate else "", na_rep=none
        ),
    )
    key = f"matrix_{name}"
    grid(
        styler,
        height=rows_high(len(wide)),
        key=key,
        doors=doors,
        column_config={
            "_index": st.column_config.Column(
                columns.label(rows), pinned=True, width=column_width([columns.label(rows), *wide.index])
            )
        },
        placeholder=none,
        alt=name,
    )
    _twin(table, name, view)


def figures_line(facts: dict[str, str]) -> None:
    """Figures side by side. facts: {label: value in words}."""
    for slot, (label, value) in zip(st.columns(len(facts)), facts.items(), strict=True):
        slot.metric(label, value, border=True)


def bars_text(drawn: pd.DataFrame, title: str, unit: str) -> str:
    """Title and the first five bars as text for screen readers. drawn: region_name, value."""
    values_text = "、".join(
        f"{row.region_name}{wording.measure(row.value, unit)}" for row in drawn.head(5).itertuples()
    )
    return f"{title}：{values_text}"


def _is_empty(table: pd.DataFrame, name: str) -> bool:
    if table.empty:
        st.caption(f"{name}：本报告期、本地区没有记录。")
    return table.empty


def _shade(share: float) -> str:
    return palette.SHADES[min(3, int(share * 4))]
