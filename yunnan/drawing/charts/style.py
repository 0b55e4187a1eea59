"""The colours, the frame around every figure, and the cache of finished figures."""

import functools
import re
from collections.abc import Callable, Iterable

import pandas as pd
import plotly.graph_objects as go
from plotly import basedatatypes

from yunnan.data.answer_cache import Kept
from yunnan.words import palette

# ROOM: bytes of all figures in the cache. OF_LETTER: bytes that a figure takes for each character of its JSON, measured
# as 10 to 14, plus its share of the table it was drawn from.
ROOM, OF_LETTER = 24 << 20, 20
FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
# plotly parses the name of a property at every use, some 200 times a figure, though there are few names: a tenth of
# the time in which a page is drawn. tests/test_streamlit.py says when the private name is no longer there.
basedatatypes._str_to_dict_path_full = functools.lru_cache(maxsize=4096)(basedatatypes._str_to_dict_path_full)


def frame(figure: go.Figure, *, title: str, footnote: str, height: int, below: int = 40) -> go.Figure:
    """Adds the title above and the footnote (date and nature of the data) below, then returns the same figure.

    Both are inside the picture, so that a screenshot keeps them. height and below (the room below the plot) are in px.
    """
    figure.update_layout(
        title={
            "text": title,
            "font": {"size": 16, "color": palette.INK},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            # the title keeps its own room above the legend, however many lines the legend takes in a narrow window
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 10, "b": 8},
            "automargin": True,
        },
        font={"family": FONT, "size": 13, "color": palette.INK},
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
        font={"size": 11, "color": palette.FAINT},
        xanchor="right",
        yanchor="bottom",
    )
    return figure


def over_time(values: Iterable[object]) -> dict:
    """Axis settings that write the year only below the first quarter or month of each year.

    values: the labels of the axis in order. Empty where they are not all quarters or months: plotly then labels them.
    """
    labels = list(dict.fromkeys(map(str, values)))
    parts = [re.fullmatch(r"(\d{4}年?)(Q[1-4]|[一二三四]季度|\d{1,2}月末?)", value) for value in labels]
    if not labels or not all(parts):
        return {}
    years, quarters = zip(*(part.groups() for part in parts if part), strict=True)
    tick_texts = [
        f"{quarter.strip('度')}<br>{year}" if n == 0 or year != years[n - 1] else quarter.strip("度")
        for n, (year, quarter) in enumerate(zip(years, quarters, strict=True))
    ]
    return {"tickmode": "array", "tickvals": labels, "ticktext": tick_texts, "tickangle": 0}


class _Inputs:
    """The arguments of one drawing function, as a key of the cache: equal where the table and all words are equal."""

    def __init__(self, table: pd.DataFrame, words: dict) -> None:
        self.table, self.words = table, words
        values = (tuple(value) if isinstance(value, (list, tuple)) else value for _, value in sorted(words.items()))
        rows = table.itertuples(index=False, name=None)
        self.key = repr((tuple(table.columns), tuple(rows), tuple(map(repr, values))))  # as text, NaN equals NaN

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Inputs) and self.key == other.key


# Streamlit's template only stands for its theme, which no figure uses, and weighs 4 kB. Lines of an axis have no colour
# of their own in some figures: on dark ground plotly would make up one that is dark on paper.
_LINES = {"gridcolor": palette.GRID, "zerolinecolor": palette.GRID}
BARE = go.layout.Template(layout={"xaxis": _LINES, "yaxis": _LINES})


def _draw(draw: Callable[..., go.Figure], inputs: _Inputs) -> go.Figure:
    figure = draw(inputs.table, **inputs.words)
    figure.layout.template = BARE
    return figure


def weight(figure: go.Figure) -> int:
    """The bytes that a figure takes in the cache, the table it was drawn from included."""
    return OF_LETTER * len(figure.to_json())


figures = Kept(_draw, ROOM, weight, lambda figure: figure)


def cached(draw: Callable[..., go.Figure]) -> Callable[..., go.Figure]:
    """A decorator of a drawing function: the same table and the same arguments are drawn once.

    Building a figure costs more than all else on a page. The figure returned is shared: callers must not change it.
    The figures of all decorated functions share one cache of ROOM bytes.
    """

    @functools.wraps(draw)
    def wrapper(table: pd.DataFrame, **words: object) -> go.Figure:
        return figures(draw, _Inputs(table, words))

    return wrapper
