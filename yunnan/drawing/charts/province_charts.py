"""Charts of the whole province: a map of a kind of counties, the flow of money, spans of time, grouped bars."""

import pandas as pd
import plotly.graph_objects as go

from yunnan.drawing.charts import style
from yunnan.words import geography, palette, wording

IN_LAYER, NOT_IN_LAYER = palette.BLUES[3], palette.OUTSIDE
CLEAR = "rgba(0,0,0,0)"
SPECIAL = ("三区三州", "深度贫困县")


@style.cached
def county_layer(
    table: pd.DataFrame, *, layer: str, chosen: str, title: str, footnote: str, height: int = 640
) -> go.Figure:
    """A map of all counties, those of one layer dark; chosen: the code of a county or prefecture with a red border.

    Columns: county_code, prefecture_code, is_in, told (the text under the pointer). Each prefecture is a trace of its
    own, because its shapes are a file of their own, which browsers have loaded already.
    """
    figure = go.Figure([_key(layer, IN_LAYER), _key(f"不是{layer}", NOT_IN_LAYER)])
    for code, rows in table.groupby("prefecture_code", sort=False):
        figure.add_trace(_counties(str(code), rows, chosen))
    figure.add_trace(_borders(chosen))
    figure.add_trace(_prefecture_names())
    lon, lat = geography.bounds()
    figure.update_layout(
        geo={
            "visible": False,
            "projection": {"type": "mercator"},
            "bgcolor": CLEAR,
            "lonaxis": {"range": lon},
            "lataxis": {"range": lat},
        },
        dragmode="turntable",  # as in maps.py: dragging does not move the map
        legend={
            "orientation": "h", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "itemclick": False,
            "itemdoubleclick": False,
        },
    )  # fmt: skip
    return style.frame(figure, title=title, footnote=footnote, height=height, below=70)


def _key(name: str, colour: str) -> go.Choropleth:
    # No shape has the id '-': this trace only adds an entry to the legend.
    return go.Choropleth(
        geojson=geography.PREFECTURES_URL, featureidkey="id", locations=["-"], z=[0], name=name, showlegend=True,
        showscale=False, colorscale=[[0, colour], [1, colour]], hoverinfo="skip",
        marker={"line": {"color": palette.BORDER, "width": 0.8}},
    )  # fmt: skip


def _counties(prefecture: str, rows: pd.DataFrame, chosen: str) -> go.Choropleth:
    return go.Choropleth(
        geojson=geography.counties_url(prefecture),
        featureidkey="id",
        locations=rows.county_code,
        z=rows.is_in.astype(int),
        zmin=0,
        zmax=1,
        text=rows.told,
        hovertemplate="%{text}<extra></extra>",
        colorscale=[[0, NOT_IN_LAYER], [1, IN_LAYER]],
        showscale=False,
        marker={
            "line": {
                "color": [palette.RED if code == chosen else palette.COUNTY_BORDER for code in rows.county_code],
                "width": [3 if code == chosen else 0.5 for code in rows.county_code],
            }
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _borders(chosen: str) -> go.Choropleth:
    """The prefectures' outlines over their counties; clicks and hover go to the county beneath."""
    codes = [place.code for place in geography.prefectures() if place.code != chosen]
    codes += [
        place.code for place in geography.prefectures() if place.code == chosen
    ]  # drawn last, so that nothing covers its border
    return go.Choropleth(
        geojson=geography.PREFECTURES_URL,
        featureidkey="id",
        locations=codes,
        z=[0] * len(codes),
        colorscale=[[0, CLEAR], [1, CLEAR]],
        showscale=False,
        hoverinfo="skip",
        marker={
            "line": {
                "color": [palette.RED if code == chosen else palette.CHOSEN_FROM for code in codes],
                "width": [3 if code == chosen else 1.4 for code in codes],
            }
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _prefecture_names() -> go.Scattergeo:
    places = geography.prefectures()
    return go.Scattergeo(
        lon=[p.lon for p in places],
        lat=[p.lat for p in places],
        text=[f"<b>{p.short_zh}</b>" for p in places],
        mode="text",
        textfont={"color": palette.INK, "size": 13, "family": style.FONT, "shadow": "0 0 3px white, 0 0 3px white"},
        showlegend=False,
        hoverinfo="skip",
        selected={"textfont": {"color": palette.INK}},
    )


@style.cached
def flow(table: pd.DataFrame, *, title: str, footnote: str, height: int = 620) -> go.Figure:
    """A Sankey diagram of money from sources through sectors to kinds of places; widths are in proportion to yuan.

    One row per source, sector, place_kind with received_yuan > 0; each of the three columns has the same sum.
    """
    nodes, links = [], []
    for column in ("source", "sector", "place_kind"):
        sums = table.groupby(column, sort=False).received_yuan.sum().sort_values(ascending=False, kind="stable")
        nodes += [(column, name, yuan) for name, yuan in sums.items()]
    index = {(column, name): n for n, (column, name, _) in enumerate(nodes)}
    for start, end in (("source", "sector"), ("sector", "place_kind")):
        for (a, b), yuan in table.groupby([start, end], sort=False).received_yuan.sum().items():
            links.append((index[start, a], index[end, b], yuan, f"{a} → {b}：{wording.amount(yuan)}"))
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [f"{name}　{wording.amount(yuan)}" for _, name, yuan in nodes],
                "color": [_block(column, name) for column, name, _ in nodes],
                "customdata": [f"{name}：{wording.amount(yuan)}" for _, name, yuan in nodes],
                "hovertemplate": "%{customdata}<extra></extra>",
                "pad": 14,
                "thickness": 18,
                "line": {"width": 0},
            },
            link={
                "source": [a for a, *_ in links],
                "target": [b for _, b, *_ in links],
                "value": [yuan for _, _, yuan, _ in links],
                "customdata": [text for *_, text in links],
                "hovertemplate": "%{customdata}<extra></extra>",
                "color": "rgba(120,166,206,0.32)",
            },
            textfont={"size": 13, "color": palette.INK, "family": style.FONT},
        )
    )
    for x, anchor, text in ((0, "left", "资源"), (0.5, "center", "项目（行业领域）"), (1, "right", "地区")):
        figure.add_annotation(
            x=x, y=1, xref="paper", yref="paper", xanchor=anchor, yanchor="bottom", yshift=8, text=f"<b>{text}</b>",
            showarrow=False, font={"size": 13, "color": palette.FAINT},
        )  # fmt: skip
    figure = style.frame(figure, title=title, footnote=footnote, height=height)
    return figure.update_layout(margin={"t": 56})


def _block(column: str, name: object) -> str:
    if name in SPECIAL:
        return palette.RED
    return {"source": palette.BLUE, "sector": palette.BLUES[2], "place_kind": palette.BLUES[3]}[column]


@style.cached
def spans(table: pd.DataFrame, *, title: str, footnote: str, height: int = 280) -> go.Figure:
    """Bars on a time axis, one per row of span_name, begin_date, end_date, told (its text), from the top."""
    figure = go.Figure()
    for row, colour in zip(
        table.itertuples(), (palette.NO_DATA, palette.BLUES[1], palette.BLUES[3], palette.RED), strict=False
    ):
        figure.add_trace(
            go.Bar(
                base=[row.begin_date],
                x=[(row.end_date - row.begin_date).days * 86_400_000],
                y=[f"<b>{row.span_name}</b><br>{row.told}"],  # beside the bar it would not fit on a narrow screen
                orientation="h",
                marker={"color": colour},
                hovertemplate=f"{row.span_name}：{row.told}<extra></extra>",
            )
        )
    start, end = table.begin_date.min(), table.end_date.max()
    figure.update_xaxes(
        type="date", fixedrange=True, gridcolor=palette.GRID, dtick="M24", tickformat="%Y年", tickangle=0,
        range=[start - pd.DateOffset(months=11), end + pd.DateOffset(months=4)],
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True, ticks="")
    figure.update_layout(showlegend=False, bargap=0.45)
    return style.frame(figure, title=title, footnote=footnote, height=height, below=56)


@style.cached
def beside(
    table: pd.DataFrame, *, at: str, series: str, value: str, unit: str, title: str, footnote: str, height: int = 340
) -> go.Figure:
    """Bars side by side: one group per value of at, in it one bar per series; a null value is written as 无得分.

    at, series and value name columns; values are scores from 0 to 100.
    """
    figure = go.Figure()
    for colour, (name, rows) in zip(palette.SERIES * 3, table.groupby(series, sort=False), strict=False):
        figure.add_trace(
            go.Bar(
                x=rows[at],
                y=rows[value].fillna(0),
                name=str(name),
                text=[
                    "无得分" if wording.is_none(v) else wording.fixed(v, 1).replace("100.0", "100") for v in rows[value]
                ],
                textposition="outside",
                textangle=0,
                textfont={"size": 11},
                cliponaxis=False,
                marker={"color": colour},
                hovertemplate="%{x}·" + str(name) + "：%{text}" + unit + "<extra></extra>",
            )
        )
    figure.update_xaxes(type="category", fixedrange=True, automargin=True)
    figure.update_yaxes(
        range=[0, 112], fixedrange=True, gridcolor=palette.GRID, automargin=True, tickvals=[0, 25, 50, 75, 100]
    )
    figure.update_layout(
        barmode="group", bargap=0.22, legend={"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"}
    )
    return style.frame(figure, title=title, footnote=footnote, height=height, below=56)
