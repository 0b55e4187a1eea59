"""One value over time, and scores with the range they take under other methods."""

import pandas as pd
import plotly.graph_objects as go

from yunnan.drawing.charts import style
from yunnan.words import palette, wording


@style.cached
def trend(table: pd.DataFrame, *, unit: str, title: str, footnote: str, height: int = 290) -> go.Figure:
    """One point per row of period, value, in the table's order; a null value is a gap."""
    figure = go.Figure(
        go.Scatter(
            x=table.period,
            y=table.value,
            text=[wording.measure(value, unit) for value in table.value],
            mode="lines+markers+text",
            textposition="top center",
            textfont={"size": 11, "color": palette.FAINT},
            line={"color": palette.BLUE, "width": 2.5},
            marker={"size": 7},
            connectgaps=False,
            cliponaxis=False,
            hovertemplate="%{x}：%{text}<extra></extra>",
        )
    )
    figure.update_xaxes(type="category", fixedrange=True, automargin=True, **style.over_time(table.period))
    figure.update_yaxes(visible=False, rangemode="tozero", fixedrange=True)
    return style.frame(figure, title=title, footnote=footnote, height=height, below=66)


@style.cached
def sensitivity(table: pd.DataFrame, *, title: str, footnote: str, height: int = 560) -> go.Figure:
    """How much each score depends on its method: one row per region_name from the top.

    Two marks per row, the score by arithmetic and by geometric mean (score, score_geometric), on a line from score_low
    to score_high.
    """
    figure = go.Figure()
    for row in table.itertuples():
        figure.add_trace(
            go.Scatter(
                x=[row.score_low, row.score_high],
                y=[row.region_name] * 2,
                mode="lines",
                line={"color": palette.BLUES[1], "width": 8},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    for name, column, symbol, colour in (
        ("算术平均（采用）", "score", "circle", palette.BLUE),
        ("几何平均", "score_geometric", "diamond-open", palette.RED),
    ):
        figure.add_trace(
            go.Scatter(
                x=table[column],
                y=table.region_name,
                mode="markers",
                name=name,
                marker={"symbol": symbol, "size": 10, "color": colour, "line": {"width": 2, "color": colour}},
                hovertemplate="%{y}：%{x:.1f}分<extra>" + name + "</extra>",
            )
        )
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True)
    figure.update_xaxes(fixedrange=True, gridcolor=palette.GRID, ticksuffix="分")
    figure.update_layout(legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom"})
    return style.frame(figure, title=title, footnote=footnote, height=height, below=56)
