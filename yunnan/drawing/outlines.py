"""Outlines of prefectures and counties as paths of SVG, projected once: for a map that a browser draws by itself."""

import functools
import itertools
import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from yunnan.words import geography

SIDE = 1000  # the longer one of a drawing; the other follows from the projection, which is that of charts/maps.py


class Outlines(NamedTuple):
    """The size of the drawing, and by code the path of each place and the point where its name fits best."""

    width: int
    height: int
    paths: dict[str, str]
    names: dict[str, tuple[int, int]]


@functools.cache
def prefectures() -> Outlines:
    """The 16 prefectures in whole units of the drawing."""
    return _projected(None)


@functools.cache
def counties(prefecture: str) -> Outlines:
    """The counties of one prefecture in whole units of a drawing of their own. Raises KeyError for no prefecture."""
    return _projected(prefecture)


def _projected(prefecture: str | None) -> Outlines:
    (west, east), (south, north) = geography.bounds(prefecture)
    top, bottom = _mercator(north), _mercator(south)
    scale = SIDE / max(east - west, top - bottom)
    places = geography.counties(prefecture) if prefecture else geography.prefectures()

    def at(lon: float, lat: float) -> tuple[int, int]:
        return round((lon - west) * scale), round((top - _mercator(lat)) * scale)

    shapes = geography.features(prefecture)
    return Outlines(
        *at(east, south),
        {shape["id"]: "".join(_ring(map(tuple, ring), at) for ring in _rings(shape)) for shape in shapes},
        {place.code: at(place.lon, place.lat) for place in places},
    )


def _mercator(lat: float) -> float:
    """Degrees of latitude as Mercator draws them, in degrees of longitude."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def _rings(shape: dict) -> Iterable[list]:
    geometry = shape["geometry"]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return (ring for polygon in polygons for ring in polygon)


def _ring(points: Iterable[tuple], at: Callable[..., tuple[int, int]]) -> str:
    """One ring as steps from its first point; points that fall together are one, and a ring of less than three none."""
    corners = [corner for corner, _ in itertools.groupby(at(*point) for point in points)]
    if len(corners) < 4:  # the last is the first again
        return ""
    steps = " ".join(f"{x - fx} {y - fy}" for (fx, fy), (x, y) in itertools.pairwise(corners[:-1]))
    return f"M{corners[0][0]} {corners[0][1]}l{steps}z"
