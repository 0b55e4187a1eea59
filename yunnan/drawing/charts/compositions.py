"""Stacked bars, a funnel of steps, a timeline of events, and several lines in one chart."""

import math

import pandas as pd
import plotly.graph_objects as go

from yunnan.drawing.charts import style
from yunnan.words import palette, wording

# These can be distinguished without seeing colour: dark and light, warm and cold stand next to each other.


@style.cached
def stacked(
    table: pd.DataFrame,
    *,
    unit: str,
    title: str,
    footnote: str,
    keys: str,
    label: str,
    part: str,
    value: str,
    is_share: bool = False,
    height: int = 560,
) -> go.Figure:
    """Horizontal bars, one per label in the table's order from the top, each stacked from one coloured piece per part.

    The arguments keys, label, part and value name columns; keys holds what a click on a piece selects. is_share scales
    every bar to 100 %; the text of a piece stays its value.
    """
    figure = go.Figure()
    for colour, (name, rows) in zip(palette.SERIES * 3, table.groupby(part, sort=False), strict=False):
        figure.add_trace(
            go.Bar(
                x=rows[value],
                y=rows[label],
                customdata=rows[keys],
                name=str(name),
                orientation="h",
                # parts not done yet, whose names begin with 未 (未宣传, 未覆盖), are grey
                marker={"color": palette.NO_DATA if str(name).startswith("未") else colour},
                text=[wording.measure(v, unit) for v in rows[value]],
                textposition="none",
                hovertemplate="%{y}·" + str(name) + "：%{text}<extra></extra>",
                selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 1}},
            )
        )
    figure.update_layout(
        barmode="stack",
        barnorm="percent" if is_share else "",
        bargap=0.3,
        legend={"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom", "traceorder": "normal"},
    )
    figure.update_xaxes(
        fixedrange=True, gridcolor=palette.GRID, showticklabels=is_share, ticksuffix="%" if is_share else ""
    )
    figure.update_yaxes(
        autorange="reversed", ticks="", fixedrange=True, automargin=True, categoryorder="array",
        categoryarray=list(dict.fromkeys(table[label])),
    )  # fmt: skip
    return style.frame(figure, title=title, footnote=footnote, height=height)


@style.cached
def steps(
    table: pd.DataFrame, *, unit: str, title: str, footnote: str, label: str, value: str, height: int = 360
) -> go.Figure:
    """A funnel: one step per row from the top, each with its value and its share of the step before.

    label and value name columns.
    """
    shares = [
        wording.percent(v / before) if before else "" for v, before in zip(table[value][1:], table[value], strict=False)
    ]
    texts = [wording.measure(v, unit) for v in table[value]]
    figure = go.Figure(
        go.Funnel(
            x=table[value],
            y=table[label],
            text=[text if n == 0 else f"{text}（上一步的{shares[n - 1]}）" for n, text in enumerate(texts)],
            textinfo="text",
            textposition="auto",
            marker={"color": list(reversed(palette.BLUES))[: len(table)] + [palette.BLUES[0]] * (len(table) - 5)},
            hovertemplate="%{y}：%{text}<extra></extra>",
            connector={"line": {"color": palette.STEP}},
        )
    )
    figure.update_yaxes(fixedrange=True, automargin=True)
    figure.update_xaxes(fixedrange=True)
    figure.update_layout(showlegend=False)
    return style.frame(figure, title=title, footnote=footnote, height=height)


@style.cached
def timeline(
    table: pd.DataFrame, *, title: str, footnote: str, when: str, what: str, lane: str, height: int = 300
) -> go.Figure:
    """A timeline: one dot per row, with its text above it if there are few.

    when (a date), what (the dot's text) and lane (the horizontal line it stands on) name columns.
    """
    figure = go.Figure()
    for colour, (name, rows) in zip(palette.SERIES * 3, table.groupby(lane, sort=False), strict=False):
        figure.add_trace(
            go.Scatter(
                x=rows[when],
                y=rows[lane],
                text=rows[what],
                mode="markers+text" if len(table) <= 8 else "markers",
                textposition="top center",
                cliponaxis=False,
                name=str(name),
                marker={"size": 14, "color": colour, "line": {"width": 1, "color": "white"}},
                hovertemplate="%{x|%Y年%-m月%-d日}　%{text}<extra></extra>",
            )
        )
    figure.update_xaxes(
        type="date", tickformat="%-m月\n%Y年", tickangle=0, fixedrange=True, gridcolor=palette.GRID, automargin=True
    )
    figure.update_yaxes(type="category", fixedrange=True, automargin=True, autorange="reversed")
    figure.update_layout(showlegend=False)
    figure = style.frame(figure, title=title, footnote=footnote, height=height, below=58)
    return figure.update_layout(margin={"r": 48})  # the text of the last dot reaches beyond it on the right


@style.cached
def curves(
    table: pd.DataFrame, *, unit: str, title: str, footnote: str, at: str, series: str, value: str, height: int = 340
) -> go.Figure:
    """One line per series over the values of at, in the table's order; a null value is a gap.

    at, series and value name columns.
    """
    table = table.assign(**{value: table[value].astype("float64")})
    figure = go.Figure()
    for colour, (name, rows) in zip(palette.SERIES * 3, table.groupby(series, sort=False), strict=False):
        figure.add_trace(
            go.Scatter(
                x=rows[at],
                y=rows[value],
                text=[wording.measure(v, unit) for v in rows[value]],
                mode="lines+markers",
                name=str(name),
                line={"color": colour, "width": 2.5},
                marker={"size": 7},
                connectgaps=False,
                hovertemplate="%{x}·" + str(name) + "：%{text}<extra></extra>",
            )
        )
    figure.update_xaxes(
        type="category", fixedrange=True, automargin=True, ticks="outside", ticklen=6, tickcolor="rgba(0,0,0,0)",
        **style.over_time(table[at]),
    )  # fmt: skip
    figure.update_yaxes(
        rangemode="tozero", fixedrange=True, gridcolor=palette.GRID, automargin=True,
        tickformat=",.0%" if unit == "%" else ",", dtick=1 if unit != "%" and table[value].max() <= 5 else None,
        **(_money_marks(table[value].max()) if unit == "元" else {}),
    )  # fmt: skip
    figure.update_layout(legend={"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"})
    return style.frame(figure, title=title, footnote=footnote, height=height, below=78)


def _money_marks(top: float) -> dict:
    """Axis settings for money: marks from zero to top (yuan) in words, such as 2,000万元; empty if top is not > 0."""
    if not top > 0:
        return {}
    size = 10 ** math.floor(math.log10(top / 4))
    step = size * next(n for n in (1, 2, 5, 10) if n * size >= top / 4)
    marks = [n * step for n in range(math.ceil(top / step) + 1)]
    return {"tickvals": marks, "ticktext": [wording.amount(mark) for mark in marks]}
