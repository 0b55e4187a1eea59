"""A finished figure adapted to its screen: dark background, a phone's width, or large letters on a wall display."""

import copy
from typing import Any

import plotly.graph_objects as go

from yunnan.words import palette

GROUND, LIGHT, FAINT, RULE = "#12181F", "#E8EDF3", "#AEB9C6", "#33404E"
# Colour on white -> colour on a dark background, where the first could not be seen. Shapes of maps keep their colours.
ON_DARK = {
    "white": GROUND,
    palette.INK: LIGHT,
    palette.FAINT: FAINT,
    palette.GRID: RULE,
    palette.SPAN: "#566475",
    palette.BLUE: "#BBD9F5",  # far from the lighter blues, which keep their colour
    palette.RED: "#F08A8F",
    palette.DOT: "#93A1B1",
}
LEAST = 24  # px of the smallest text on a wall display 1920 px wide
GROWN = 1.5  # the factor by which all other sizes grow there
LOW = 660  # px: a figure up to this height may be made lower to fit the wall display; a higher one keeps its height
OF_A_PHONE = 320  # px of width that a title has on a phone
NOTE = 40  # px below a map whose legend stands elsewhere: room for the line of date and nature


def suited(
    figure: go.Figure,
    *,
    is_dark: bool = False,
    is_narrow: bool = False,
    grown: float = 1,
    times: float = 0,
    tallest: int = 0,
) -> go.Figure:
    """A copy of the figure adapted to the screen; the figure itself where nothing is to be adapted.

    is_dark: on a dark background. is_narrow: in the width of a phone. grown: factor of all sizes in a very wide window,
    where the page's letters grow too. times: the width of a wall display as a multiple of 1920 px, 0 elsewhere;
    tallest: px that a figure may be high there, 0 for any height.
    """
    if not is_dark and not is_narrow and grown == 1 and not times:
        return figure
    drawn = copy.deepcopy(figure.to_plotly_json())
    if is_dark:
        drawn = {"data": [_dark_trace(trace) for trace in drawn["data"]], "layout": _dark(drawn["layout"])}
        drawn["layout"]["hoverlabel"]["bgcolor"] = RULE
    if is_narrow:
        drawn = _narrow(drawn)
    if grown != 1:
        drawn = _larger(drawn, grown)
        drawn["layout"]["height"] = round(drawn["layout"]["height"])
    if times:
        if "geo" in drawn["layout"]:  # height is scarce: the legend goes beside the map
            drawn["layout"]["legend"].update(orientation="v", y=1)
            drawn["layout"]["geo"]["domain"] = {"x": [0.3, 1]}
            _below(drawn["layout"], NOTE)
        is_low = drawn["layout"]["height"] <= LOW
        drawn = _larger(drawn, GROWN * times, LEAST * times)
        for bar in (trace for trace in drawn["data"] if trace["type"] == "bar"):
            bar["constraintext"] = "none"  # else the text shrinks to the bar
        layout = drawn["layout"]
        layout["height"] = min(round(layout["height"]), tallest) if tallest and is_low else round(layout["height"])
        layout["margin"]["b"] += LEAST * times
        for note in layout["annotations"][-1:]:  # the line of date and nature, in two lines: no figure is so narrow
            note.update(text=note["text"].replace("　", "<br>"), align="left", yshift=note["yshift"] - LEAST * times)
    return go.Figure(drawn, skip_invalid=True)


def _narrow(drawn: dict) -> dict:
    """The figure changed to fit a phone.

    The title gets smaller letters, a map more room for its legend of three lines, a bar more room for the text after
    it. The blocks of a flow lose their amounts, and the points of a line the texts above them, which its table has too.
    """
    title = drawn["layout"]["title"]
    title["font"]["size"] = min(title["font"]["size"], OF_A_PHONE / len(title["text"]))
    if "geo" in drawn["layout"]:
        _below(drawn["layout"], drawn["layout"]["margin"]["b"] + 20)
    for trace in drawn["data"]:
        if trace["type"] == "sankey":
            trace["node"]["label"] = [label.split("　")[0] for label in trace["node"]["label"]]
            trace["textfont"]["size"] = 10
        elif trace["type"] == "bar" and not drawn["layout"]["xaxis"].get("visible", True):
            drawn["layout"]["xaxis"]["range"] = [end * 1.2 for end in drawn["layout"]["xaxis"]["range"]]
        elif trace["type"] == "funnel":
            trace["text"] = [text.replace("上一步的", "") for text in trace["text"]]
        elif trace.get("mode") == "lines+markers+text" or (
            trace.get("mode") == "markers+text" and "name" in trace and len(trace["x"]) > 1
        ):
            trace["mode"] = trace["mode"].removesuffix("+text")
    return drawn


def _below(layout: dict, room: int) -> None:
    """Sets the room below the drawing, in px; the line of date and nature stays at the lower edge."""
    layout["annotations"][-1]["yshift"] -= room - layout["margin"]["b"]
    layout["margin"]["b"] = room


def _dark_trace(trace: dict) -> dict:
    if trace["type"] in ("choropleth", "scattergeo"):  # names stand on shapes, and shapes stay as they are
        return trace
    return _dark(trace)


def _dark(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _dark(value) for name, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_dark(value) for value in part]
    return ON_DARK.get(part, part) if isinstance(part, str) else part


def _larger(part: Any, grown: float, least: float = 0, name: str = "") -> Any:
    """The part of a figure with all sizes multiplied by grown; no text is left smaller than least (px).

    name: what the part's numbers are, as _size_of() says.
    """
    if isinstance(part, dict):
        return {key: _larger(value, grown, least, _size_of(key, name)) for key, value in part.items()}
    if isinstance(part, list):
        return [_larger(value, grown, least, name) for value in part]
    if isinstance(part, bool) or not isinstance(part, (int, float)):
        return part
    if name == "font.size":
        return max(part * grown, least)
    return part * grown if name in ("grown", "marker.size") else part


def _size_of(key: str, name: str) -> str:
    """What the numbers under a key are: 'font.size', 'marker.size', 'grown' (a length that grows with them), or other.

    name: the same of the part that holds the key.
    """
    if key in ("font", "textfont", "marker", "margin"):
        return key
    if key == "size" and name in ("font", "textfont"):
        return "font.size"
    if key == "size" and name == "marker":
        return "marker.size"
    return "grown" if name == "margin" or key in ("height", "yshift") else ""
