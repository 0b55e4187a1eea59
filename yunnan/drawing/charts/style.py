"""Colours and the frame that all figures share."""

import functools
import re
from collections.abc import Callable, Iterable

import pandas as pd
import plotly.graph_objects as go

from yunnan.data.answer_cache import Kept

RED = "#B5202A"
BLUE = "#1F4E79"
BLUES = ("#DCE8F3", "#AECBE4", "#78A6CE", "#3F79AE", "#1F4E79")  # five classes, light to dark
GREY = "#D6DAE0"  # no data
UNSEEN = "#ECEEF1"  # not for this reader
INK = "#1F2933"
MUTED = "#5B6673"
# Bytes of figures kept, and of one for each letter of its JSON: measured 10 to 14, and the table it was drawn from.
ROOM, OF_LETTER = 24 << 20, 20
FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"


def frame(figure: go.Figure, *, title: str, footnote: str, height: int, below: int = 40) -> go.Figure:
    """Title above, date and nature of the data below: inside the picture, so that a screenshot keeps them."""
    figure.update_layout(
        title={
            "text": title,
            "font": {"size": 16, "color": INK},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            # room of its own above the legend, however many lines that needs in a narrow window
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 10, "b": 8},
            "automargin": True,
        },
        font={"family": FONT, "size": 13, "color": INK},
        height=height,
        margin={"l": 8, "r": 8, "t": 10, "b": below},
        paper_bgcolor="white",
        plot_bgcolor="white",
        hoverlabel={"font": {"family": FONT, "size": 13}},
    )
    figure.add_annotation(
        text=footnote,
        xref="paper",
        yref="paper",
        x=1,  # from the right: on the left stand the names, which may be long
        y=0,
        yshift=6 - below,
        showarrow=False,
        font={"size": 11, "color": MUTED},
        xanchor="right",
        yanchor="bottom",
    )
    return figure


def over_time(values: Iterable[object]) -> dict:
    """What an axis of these values in order says: of quarters or months the year once, else nothing of its own."""
    known = list(dict.fromkeys(map(str, values)))
    parts = [re.fullmatch(r"(\d{4}年?)(Q[1-4]|[一二三四]季度|\d{1,2}月末?)", value) for value in known]
    if not known or not all(parts):
        return {}
    years, quarters = zip(*(part.groups() for part in parts if part), strict=True)
    said = [
        f"{quarter.strip('度')}<br>{year}" if n == 0 or year != years[n - 1] else quarter.strip("度")
        for n, (year, quarter) in enumerate(zip(years, quarters, strict=True))
    ]
    return {"tickmode": "array", "tickvals": known, "ticktext": said, "tickangle": 0}


class _Asked:
    """What a figure is drawn from: equal where table and words are equal."""

    def __init__(self, table: pd.DataFrame, words: dict) -> None:
        self.table, self.words = table, words
        told = (tuple(value) if isinstance(value, (list, tuple)) else value for _, value in sorted(words.items()))
        rows = table.itertuples(index=False, name=None)
        self.key = repr((tuple(table.columns), tuple(rows), tuple(map(repr, told))))  # text: there NaN equals NaN

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.key == other.key


def _draw(draw: Callable[..., go.Figure], asked: _Asked) -> go.Figure:
    return draw(asked.table, **asked.words)


def weight(figure: go.Figure) -> int:
    """Bytes that a figure takes, with the table it was drawn from."""
    return OF_LETTER * len(figure.to_json())


figures = Kept(_draw, ROOM, weight, lambda figure: figure)


def remembered(draw: Callable[..., go.Figure]) -> Callable[..., go.Figure]:
    """The same table and the same words are drawn once; building a figure costs more than all else on a page.

    The figure is shared: nobody may change it. All kinds of figures share one room.
    """

    @functools.wraps(draw)
    def wrapper(table: pd.DataFrame, **words: object) -> go.Figure:
        return figures(draw, _Asked(table, words))

    return wrapper
