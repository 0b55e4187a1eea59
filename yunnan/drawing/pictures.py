"""Maps and charts as PNG images for documents, drawn without a browser, with the classes and colours of the screen.

matplotlib and geopandas are loaded when the first picture is drawn, so that the dashboard starts without them.
"""

import functools
import threading
from collections.abc import Callable, Sequence
from io import BytesIO

import pandas as pd

from yunnan.drawing.charts import maps, style
from yunnan.words import geography, palette, wording

# Chinese fonts in the order of preference, those of the screen first.
FAMILIES = (
    *(name for name in style.FONT.split(", ") if name != "sans-serif"),
    *("SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans SC", "Noto Sans CJK JP", "SimSun"),
)
WIDTH = 6.14  # inches: 156 mm
TALLEST = 5.6  # inches: leaves room for text on the same page
DPI = 220

_one_at_a_time = threading.Lock()  # threads must not use FreeType's font faces at the same time


class NoFont(Exception):
    """No Chinese font on this machine; the message is a sentence that says what to install."""


def choropleth(
    table: pd.DataFrame, *, unit: str, breaks: Sequence[float], footnote: str, prefecture: str | None = None
) -> bytes:
    """The map of charts/maps.py as PNG: one shape per row of region_code, region_name, value (null = no data).

    Raises NoFont.
    """
    places = maps.places_of(table, prefecture)
    values = dict(zip(table.region_code, table.value, strict=True))
    classes = {p.code: maps.class_of(values.get(p.code), breaks) for p in places}
    legend = list(zip(wording.classes(breaks, unit), palette.BLUES, strict=True))
    if -1 in classes.values():
        legend.append((maps.NO_DATA, palette.NO_DATA))
    west_east, south_north = geography.bounds(prefecture)
    shape = (south_north[1] - south_north[0]) / (west_east[1] - west_east[0])
    height = min(WIDTH * 0.95 * shape + 1.0, TALLEST)

    def draw(figure, font) -> None:
        axes = figure.add_axes((0, 0.9 / height, 1, 1 - 0.92 / height))
        axes.set_axis_off()
        _shapes(prefecture).plot(
            ax=axes,
            color=[palette.NO_DATA if classes[p.code] < 0 else palette.BLUES[classes[p.code]] for p in places],
            edgecolor=palette.BORDER,
            linewidth=0.6,
        )
        axes.set_xlim(west_east)
        axes.set_ylim(south_north)
        for p in places:
            name = f"{p.short_zh}\n{maps.NO_DATA}" if classes[p.code] < 0 else p.short_zh
            colour = "#FFFFFF" if classes[p.code] >= 3 else palette.INK
            axes.text(p.lon, p.lat, name, ha="center", va="center", color=colour, font=font, size=8.5)
        _legend(figure, legend, font, height)
        _foot(figure, footnote, font, height)

    return _png(draw, height)


def ranking(table: pd.DataFrame, *, unit: str, footnote: str) -> bytes:
    """The bars of charts/bar_charts.py as PNG: one per row of region_name, value, status, from the top.

    Raises NoFont.
    """
    texts = [wording.measured(*row) for row in zip(table.value, [unit] * len(table), table.status, strict=True)]
    height = 0.27 * len(table) + 0.4
    top = max(table.value.max() if table.value.notna().any() else 1, 1e-9)

    def draw(figure, font) -> None:
        axes = figure.add_axes((0.13, 0.3 / height, 0.86, 1 - 0.32 / height))
        axes.set_axis_off()
        axes.barh(range(len(table)), table.value.fillna(0), color=palette.BLUES[3], height=0.7)
        for n, (name, value, text) in enumerate(zip(table.region_name, table.value.fillna(0), texts, strict=True)):
            axes.text(-top * 0.01, n, name, ha="right", va="center", color=palette.INK, font=font, size=9)
            axes.text(max(value, 0) + top * 0.01, n, text, va="center", color=palette.INK, font=font, size=8.5)
        axes.set_xlim(min(0, table.value.min() if table.value.notna().any() else 0), top * 1.25)
        axes.set_ylim(len(table) - 0.4, -0.6)
        _foot(figure, footnote, font, height)

    return _png(draw, height)


def trend(table: pd.DataFrame, *, unit: str, footnote: str) -> bytes:
    """The line of charts/line_charts.py as PNG: one point per row of period_label, value; a null value is a gap.

    Raises NoFont.
    """
    height, values = 2.5, table.value.astype("float64")
    top = max(values.max() if values.notna().any() else 1, 1e-9)

    def draw(figure, font) -> None:
        axes = figure.add_axes((0.05, 0.85 / height, 0.9, 1 - 1.0 / height))
        axes.plot(range(len(table)), values, color=palette.BLUE, linewidth=2, marker="o", markersize=4.5)
        for n, (label, value) in enumerate(zip(table.period_label, values, strict=True)):
            text = wording.measure(value, unit) if value == value else "无"
            axes.annotate(
                text, (n, value if value == value else 0), (0, 6), textcoords="offset points", ha="center", va="bottom",
                font=font, size=7, color=palette.FAINT, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
            )  # fmt: skip
            axes.text(n, -0.07 * top, label.replace("年", "年\n"), ha="center", va="top", font=font, size=7.5)
        axes.set_ylim(0, top * 1.25)
        axes.set_xlim(-0.5, len(table) - 0.5)
        axes.set_xticks([])
        axes.set_yticks([])
        for side in ("left", "right", "top"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(palette.BORDER)
        _foot(figure, footnote, font, height)

    return _png(draw, height)


def family(installed: set[str]) -> str:
    """The first of FAMILIES that is among the installed fonts. Raises NoFont."""
    for name in FAMILIES:
        if name in installed:
            return name
    raise NoFont("服务器上没有中文字体，图没有画出；请安装思源黑体（Noto Sans CJK SC）后重新生成")


def _png(draw: Callable, height: float) -> bytes:
    from matplotlib import font_manager  # slow to load, and only pictures need it
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with _one_at_a_time:
        font = font_manager.FontProperties(family=family(set(font_manager.get_font_names())))
        figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white")
        FigureCanvasAgg(figure)
        draw(figure, font)
        file = BytesIO()
        figure.savefig(file, format="png", metadata={"Software": None})
        figure.clear()
    return file.getvalue()


@functools.cache
def _shapes(prefecture: str | None):
    from geopandas import GeoDataFrame

    return GeoDataFrame.from_features(geography.features(prefecture), crs="EPSG:4326")


def _legend(figure, legend: list[tuple[str, str]], font, height: float) -> None:
    from matplotlib.patches import Patch

    small = font.copy()
    small.set_size(8)
    keys = [Patch(facecolor=colour, edgecolor=palette.BORDER, linewidth=0.5, label=label) for label, colour in legend]
    figure.legend(
        handles=keys, loc="upper left", bbox_to_anchor=(0.0, 0.88 / height), ncol=3, prop=small, frameon=False,
        columnspacing=1.2, handlelength=1.4,
    )  # fmt: skip


def _foot(figure, footnote: str, font, height: float) -> None:
    figure.text(0.008, 0.06 / height, footnote, color=palette.FAINT, font=font, size=8)
