"""Choropleth maps that draw without the internet and without WebGL."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from yunnan.drawing.charts import style
from yunnan.words import geography, palette, wording

NO_DATA, UNSEEN = "无数据", "无权查看"


@style.cached
def choropleth(
    table: pd.DataFrame,
    *,
    unit: str,
    breaks: Sequence[float],
    title: str,
    footnote: str,
    prefecture: str | None = None,
    chosen: str | None = None,
    height: int = 600,
) -> go.Figure:
    """One shape per row of region_code, region_name, value (null = no data), status; coloured by class of value.

    A class holds the values from one break up to, but not including, the next. prefecture: a code whose counties are
    drawn instead of the 16 prefectures. chosen: the region_code of a shape with a red border. A place without a row is
    one that the reader may not see, and is drawn so.
    """
    places = places_of(table, prefecture)
    url = geography.counties_url(prefecture) if prefecture else geography.PREFECTURES_URL
    drawn = table[table.region_code.isin([p.code for p in places])]
    drawn = drawn.assign(text=[wording.named_value(*row) for row in zip(*_label_columns(drawn, unit), strict=True)])
    classes = drawn.value.map(lambda v: class_of(v, breaks))
    figure = go.Figure()
    for n, (label, colour) in enumerate(zip(wording.classes(breaks, unit), palette.BLUES, strict=True)):
        figure.add_trace(_shapes(url, drawn[classes == n], label, colour, chosen))
    if (classes == -1).any():
        figure.add_trace(_shapes(url, drawn[classes == -1], NO_DATA, palette.NO_DATA, chosen))
    if unseen := [p for p in places if p.code not in set(drawn.region_code)]:
        figure.add_trace(_shapes(url, _unseen_rows(unseen), UNSEEN, palette.UNSEEN, chosen))
    missing = {c for c, v in zip(drawn.region_code, drawn.value, strict=True) if pd.isna(v)}
    figure.add_trace(_names(places, dict(zip(drawn.region_code, classes, strict=True)), missing))
    _fit(figure, prefecture)
    return style.frame(figure, title=title, footnote=footnote, height=height, below=84)


def places_of(table: pd.DataFrame, prefecture: str | None) -> tuple[geography.Place, ...]:
    """The prefectures, or the counties of one by the table's region_name: shapes have one name for all time."""
    if prefecture is None:
        return geography.prefectures()
    names = dict(zip(table.region_code, table.region_name, strict=True))
    counties = geography.counties(prefecture)
    return tuple(county._replace(short_zh=names.get(county.code, county.short_zh)) for county in counties)


def class_of(value, breaks: Sequence[float]) -> int:
    """The number of the class that a value lies in, from 0; -1 where there is no value."""
    return -1 if wording.is_none(value) else sum(value >= b for b in breaks)


def of_counties(breaks: Sequence[float], unit: str) -> list[float]:
    """The class breaks for counties, from those for prefectures: a fifth of each; the same for a rate (%)."""
    return list(breaks) if unit == "%" else [b / 5 for b in breaks]


def _unseen_rows(unseen: Sequence[geography.Place]) -> pd.DataFrame:
    return pd.DataFrame({"region_code": [p.code for p in unseen], "text": [f"{p.short_zh}：{UNSEEN}" for p in unseen]})


def _label_columns(rows: pd.DataFrame, unit: str) -> tuple:
    return rows.region_name, rows.value, [unit] * len(rows), rows.status


def _shapes(url: str, rows: pd.DataFrame, label: str, colour: str, chosen: str | None) -> go.Choropleth:
    # No shape has the id '-': with it a class without places still stands in the legend.
    codes = list(rows.region_code) or ["-"]
    return go.Choropleth(
        geojson=url,
        featureidkey="id",
        locations=codes,
        z=[0] * len(codes),
        text=list(rows.text) or [""],
        hovertemplate="%{text}<extra></extra>",
        colorscale=[[0, colour], [1, colour]],
        showscale=False,
        showlegend=True,
        name=label,
        marker={
            "line": {
                "color": [palette.RED if code == chosen else palette.BORDER for code in codes],
                "width": [3 if code == chosen else 0.8 for code in codes],
            }
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _names(places: Sequence[geography.Place], classes: dict[str, int], missing: set[str]) -> go.Scattergeo:
    colours = ["#FFFFFF" if classes.get(p.code, -1) >= 3 else palette.INK for p in places]
    return go.Scattergeo(
        lon=[p.lon for p in places],
        lat=[p.lat for p in places],
        text=[f"{p.short_zh}<br>{NO_DATA}" if p.code in missing else p.short_zh for p in places],
        mode="text",
        textfont={"color": colours, "size": 12, "family": style.FONT},
        showlegend=False,
        hoverinfo="skip",  # clicks and hover go to the shape beneath
        selected={"textfont": {"color": palette.INK}},  # without it every label fades after a click
    )


def _fit(figure: go.Figure, prefecture: str | None) -> None:
    lon, lat = geography.bounds(prefecture)
    figure.update_layout(
        geo={
            "visible": False,  # else a base map would be fetched
            "projection": {"type": "mercator"},
            "bgcolor": "rgba(0,0,0,0)",
            "lonaxis": {"range": lon},
            "lataxis": {"range": lat},
        },
        dragmode="turntable",  # a mode that maps ignore, so that dragging does not move the map (False would mean pan)
        legend={  # below the map, where no shape can be
            "orientation": "h",
            "x": 0,
            "y": 0,
            "xanchor": "left",
            "yanchor": "top",
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
