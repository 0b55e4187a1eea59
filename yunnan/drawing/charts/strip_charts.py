"""How one place compares with others: one horizontal strip per indicator, on it one dot per place."""

import pandas as pd
import plotly.graph_objects as go

from yunnan.drawing.charts import style
from yunnan.words import palette, wording

# role -> (size, fill, edge); drawn in this order, so that the chosen place is never hidden
DOTS = {
    "其他": (9, "white", palette.DOT),
    "同类": (12, palette.BLUES[2], palette.BLUE),
    "本州市": (17, palette.RED, "white"),
}


@style.cached
def strips(table: pd.DataFrame, *, own: str, title: str, footnote: str, height: int = 700) -> go.Figure:
    """One strip per indicator_name in the table's order from the top, one dot per row with a value.

    Columns: indicator_name, unit, region_code, region_name, value, status, place_rank, peer_role, peers_median. A strip
    runs from the lowest to the highest value, which are written below its ends; above it stand the indicator's name and
    the value and rank of the chosen place (peer_role 本州市). own: that place's name in the legend.
    """
    reported = table.dropna(subset="value")
    spans = reported.groupby("indicator_name", sort=False).value.agg(["min", "max"])
    names = list(dict.fromkeys(table.indicator_name))
    figure = go.Figure([_lines(spans), _titles(table), *_ends(reported, spans), _medians(reported, spans)])
    for role, (size, fill, edge) in DOTS.items():
        name = {"本州市": own}.get(role, f"{role}州市")
        marker = {"size": size, "color": fill, "line": {"width": 1.5, "color": edge}}
        figure.add_trace(_dots(reported[reported.peer_role == role], spans, name, marker))
    figure.update_xaxes(visible=False, fixedrange=True, range=[-0.03, 1.03])
    figure.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=names,
        range=[len(names) - 0.4, -0.7],
        fixedrange=True,
        visible=False,
    )
    figure.update_layout(legend={"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"}, hovermode="closest")
    return style.frame(figure, title=title, footnote=footnote, height=height)


def _at(rows: pd.DataFrame, spans: pd.DataFrame, values: pd.Series) -> pd.Series:
    """The position of each value on its strip: 0 at the lowest value, 1 at the highest, 0.5 where all are equal."""
    low, high = (rows.indicator_name.map(spans[end]).astype("float64") for end in ("min", "max"))
    return ((values - low) / (high - low).where(high > low)).fillna(0.5)


def _dots(rows: pd.DataFrame, spans: pd.DataFrame, name: str, marker: dict) -> go.Scatter:
    texts = (
        wording.named_value(*row) for row in zip(rows.region_name, rows.value, rows.unit, rows.status, strict=True)
    )
    return go.Scatter(
        x=_at(rows, spans, rows.value),
        y=rows.indicator_name,
        customdata=rows.region_code,
        text=list(texts),
        mode="markers",
        marker=marker,
        cliponaxis=False,
        name=name,
        hovertemplate="%{y}·%{text}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _medians(rows: pd.DataFrame, spans: pd.DataFrame) -> go.Scatter:
    first = rows.dropna(subset="peers_median").drop_duplicates("indicator_name")
    return go.Scatter(
        x=_at(first, spans, first.peers_median),
        y=first.indicator_name,
        text=[wording.measure(v, u) for v, u in zip(first.peers_median, first.unit, strict=True)],
        mode="markers",
        marker={"symbol": "line-ns", "size": 16, "line": {"width": 3, "color": palette.BLUE}},
        name="同类中位数",
        hovertemplate="%{y}·同类中位数：%{text}<extra></extra>",
    )


def _lines(spans: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=[0, 1, None] * len(spans),
        y=[name for name in spans.index for _ in range(3)],
        mode="lines",
        line={"color": palette.SPAN, "width": 1.5},
        showlegend=False,
        hoverinfo="skip",
    )


def _titles(rows: pd.DataFrame) -> go.Scatter:
    own = rows[rows.peer_role == "本州市"]
    texts = [
        f"{r.indicator_name}　<b>{wording.measured(r.value, r.unit, r.status)}</b>"
        + ("" if wording.is_none(r.place_rank) else f"　第{int(r.place_rank)}名")
        for r in own.itertuples()
    ]
    return _text([0] * len(own), own.indicator_name, texts, "top right", palette.INK)


def _ends(rows: pd.DataFrame, spans: pd.DataFrame) -> list[go.Scatter]:
    units = rows.drop_duplicates("indicator_name").set_index("indicator_name").unit
    return [
        _text(
            [at] * len(spans),
            spans.index,
            [wording.measure(value, units[name]) for name, value in spans[end].items()],
            f"bottom {side}",
            palette.FAINT,
        )
        for end, at, side in (("min", 0, "right"), ("max", 1, "left"))
    ]


def _text(x: list[int], y, texts: list[str], position: str, colour: str) -> go.Scatter:
    """Texts beside points; an invisible marker at each point keeps its text off the dots of the strip."""
    return go.Scatter(
        x=x,
        y=y,
        text=texts,
        mode="markers+text",
        marker={"size": 18, "opacity": 0},
        textposition=position,
        textfont={"size": 12, "color": colour},
        cliponaxis=False,
        showlegend=False,
        hoverinfo="skip",
    )
