"""The shapes of the 16 prefectures and 129 counties. The only module that reads geo/ or names static/geo.

A figure names its shapes by URL, so that a browser loads them once and not with every figure. The URLs are relative to
the page, so that they also work below a proxy's path. Python reads the same shapes to place names and to frame a map;
geo/build.py makes both copies.
"""

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PROVINCE = "530000"  # the code of 云南省; as a sender or a place of its own it is 省本级
FOLDER = Path(__file__).parents[2] / "geo"
PREFECTURES_URL = "./app/static/geo/prefectures.json"
TOPOJSON_URL = "./app/static/topojson/"  # plotly adds world_110m.json, which is empty here: no base map
MARGIN = 0.01  # of the larger side, so that the frame does not cut the border line

# Printed under every map.
SOURCE_LINE = (
    "底图来源：国家地理信息公共服务平台（天地图）行政区划数据（2025年9月）；"
    "界线经简化，示意图，不作为划界依据；内部使用"
)
# Printed under a county map of 迪庆州 as well.
DIQING_CODE = "533400"
DEQIN_WEIXI_NOTE = (
    "注：2024年9月维西傈僳族自治县叶枝镇、巴迪乡划归德钦县，底图为调整后的界线；"
    "德钦、维西两县的数据仍按调整前的辖区统计"
)


class Place(NamedTuple):
    """A prefecture or a county; lon and lat are the point in its largest part where its name fits best."""

    code: str
    name_zh: str
    short_zh: str
    lon: float
    lat: float


def counties_url(prefecture_code: str) -> str:
    """The URL from which a browser loads the shapes of one prefecture's counties."""
    return f"./app/static/geo/counties_{prefecture_code}.json"


@functools.cache
def prefectures() -> tuple[Place, ...]:
    """The 16 prefectures, in code order."""
    return tuple(map(_place, _features("prefectures")))


@functools.cache
def counties(prefecture_code: str) -> tuple[Place, ...]:
    """The counties of one prefecture, in code order. Raises KeyError for a code that is not one of the 16."""
    _feature(prefecture_code)
    return tuple(map(_place, features(prefecture_code)))


def features(prefecture_code: str | None = None) -> tuple[dict, ...]:
    """The shapes of the 16 prefectures, or of one prefecture's counties, as GeoJSON features in code order."""
    if prefecture_code is None:
        return _features("prefectures")
    return tuple(shape for shape in _features("counties") if shape["properties"]["parent"] == prefecture_code)


@functools.cache
def bounds(prefecture_code: str | None = None) -> tuple[tuple[float, float], tuple[float, float]]:
    """((west, east), (south, north)) in degrees, with a small margin; None is the whole province."""
    shapes = _features("prefectures") if prefecture_code is None else (_feature(prefecture_code),)
    points = [point for shape in shapes for point in _points(shape["geometry"]["coordinates"])]
    west, south = map(min, zip(*points, strict=True))
    east, north = map(max, zip(*points, strict=True))
    margin = MARGIN * max(east - west, north - south)
    return (west - margin, east + margin), (south - margin, north + margin)


@functools.cache
def _features(layer: str) -> tuple[dict, ...]:
    text = (FOLDER / f"yunnan_{layer}.geojson").read_text(encoding="utf-8")
    return tuple(json.loads(text)["features"])


def _feature(prefecture_code: str) -> dict:
    for feature in _features("prefectures"):
        if feature["id"] == prefecture_code:
            return feature
    raise KeyError(f"{prefecture_code!r} is not the code of one of Yunnan's 16 prefectures, such as '530100'")


def _place(feature: dict) -> Place:
    properties = feature["properties"]
    return Place(feature["id"], properties["name_zh"], properties["short_zh"], *properties["label"])


def _points(coordinates: list) -> Iterator[list[float]]:
    """Every [lon, lat] in coordinates nested however deep."""
    if isinstance(coordinates[0], float):
        yield coordinates
    else:
        for inner in coordinates:
            yield from _points(inner)
