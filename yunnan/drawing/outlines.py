"""The outlines of the 16 prefectures as paths of SVG, projected once: for a map that a browser draws by itself."""

import functools
import itertools
import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from yunnan.words import geography

WIDTH = 1000  # of the drawing; its height follows from the projection, which is that of charts/maps.py


class Outlines(NamedTuple):
    """The size of the drawing, and by code the path of each prefecture and the point where its name fits best."""

    width: int
    height: int
    paths: dict[str, str]
    names: dict[str, tuple[int, int]]


@functools.cache
def prefectures() -> Outlines:
    """The 16 prefectures in whole units of the drawing."""
    (west, east), (south, north) = geography.bounds()
    scale = WIDTH / (east - west)
    top = _mercator(north)

    def at(lon: float, lat: float) -> tuple[int, int]:
        return round((lon - west) * scale), round((top - _mercator(lat)) * scale)

    return Outlines(
        WIDTH,
        at(east, south)[1],
        {shape["id"]: "".join(_ring(map(tuple, ring), at) for ring in _rings(shape)) for shape in geography.features()},
        {place.code: at(place.lon, place.lat) for place in geography.prefectures()},
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
