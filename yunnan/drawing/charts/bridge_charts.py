"""Stacked columns over time, and a waterfall of the steps from one value to another."""

import pandas as pd
import plotly.graph_objects as go

from yunnan.drawing.charts import style
from yunnan.words import palette, wording


@style.cached
def stacks(
    table: pd.DataFrame,
    *,
    unit: str,
    title: str,
    footnote: str,
    at: str,
    part: str,
    value: str,
    height: int = 320,
) -> go.Figure:
    """One column per value of at, in ascending order, each stacked from one coloured piece per part.

    at, part and value name columns.
    """
    figure = go.Figure()
    for n, (name, rows) in enumerate(table.groupby(part)):
        hatched = {
            "pattern": {"shape": ("", "/", ".")[n // len(palette.SERIES) % 3]}
        }  # when the colours are used a second time
        figure.add_trace(
            go.Bar(
                x=rows[at],
                y=rows[value],
                name=str(name),
                marker={"color": palette.SERIES[n % len(palette.SERIES)], **hatched},
                text=[wording.measure(v, unit) for v in rows[value]],
                textposition="none",
                hovertemplate="%{x}·" + str(name) + "：%{text}<extra></extra>",
            )
        )
    figure.update_layout(
        barmode="stack", bargap=0.4, legend={"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"}
    )
    order = sorted(set(table[at]))
    figure.update_xaxes(
        type="category", categoryorder="array", categoryarray=order, fixedrange=True, automargin=True,
        **style.over_time(order),
    )  # fmt: skip
    figure.update_yaxes(fixedrange=True, gridcolor=palette.GRID, automargin=True, rangemode="tozero", tickformat=",d")
    return style.frame(figure, title=title, footnote=footnote, height=height, below=70)


@style.cached
def bridge(
    table: pd.DataFrame, *, unit: str, title: str, footnote: str, label: str, value: str, kind: str, height: int = 340
) -> go.Figure:
    """A waterfall: the steps from one value to another, one per row.

    label, value and kind name columns. A row of kind 'absolute' is drawn from zero, a row of kind 'relative' from where
    the row before ended.
    """
    texts = [
        wording.measure(v, unit) if step_kind == "absolute" else wording.moved(v, unit)
        for v, step_kind in zip(table[value], table[kind], strict=True)
    ]
    figure = go.Figure(
        go.Waterfall(
            x=table[label],
            y=table[value],
            measure=table[kind],
            text=texts,
            textposition="outside",
            cliponaxis=False,
            connector={"line": {"color": palette.STEP}},
            increasing={"marker": {"color": palette.BLUES[3]}},
            decreasing={"marker": {"color": palette.LESS}},
            totals={"marker": {"color": palette.BLUE}},
            hovertemplate="%{x}：%{text}<extra></extra>",
        )
    )
    figure.update_xaxes(type="category", fixedrange=True, automargin=True, tickangle=0)
    figure.update_yaxes(visible=False, fixedrange=True)
    figure.update_layout(showlegend=False)
    return style.frame(figure, title=title, footnote=footnote, height=height)
