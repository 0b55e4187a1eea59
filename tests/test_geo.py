"""The map files are the right 16 and 129 places, drawn soundly; and yunnan.words.geography finds its way in them."""

import csv
import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from pyproj import Geod

from yunnan.words import geography

ROOT = Path(__file__).parent.parent
PREFECTURES = ROOT / "geo" / "yunnan_prefectures.geojson"
COUNTIES = ROOT / "geo" / "yunnan_counties.geojson"
WORLD = ROOT / "static" / "topojson" / "world_110m.json"
SURVEYED_KM2 = 383_190  # census 2020: persons / density; the yearbook's 394 100 fits no boundary at all


def reference(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "reference" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return sorted(csv.DictReader(lines), key=lambda row: next(iter(row.values())))


def shapes(path: Path) -> gpd.GeoDataFrame:
    collection = json.loads(path.read_text(encoding="utf-8"))
    rows = [{"id": one["id"], **one["properties"]} for one in collection["features"]]
    found = [shapely.geometry.shape(one["geometry"]) for one in collection["features"]]
    return gpd.GeoDataFrame(rows, geometry=found, crs="EPSG:4326")


def served(url: str) -> Path:
    """The file Streamlit serves at this url."""
    assert url.startswith("./app/static/"), url
    return ROOT / url.removeprefix("./app/")


def km2(shape) -> float:
    return abs(Geod(ellps="WGS84").geometry_area_perimeter(shape)[0]) / 1e6


def rings(shape) -> list[shapely.LinearRing]:
    return [part.exterior for part in shapely.get_parts(shape)]


def test_there_are_16_prefectures_with_the_codes_and_names_of_the_reference_table():
    found, expected = shapes(PREFECTURES), reference("prefectures")
    assert len(found) == 16
    assert list(found["id"]) == list(found["adcode"]) == [row["prefecture_code"] for row in expected]
    for column in ("name_zh", "short_zh", "name_en"):
        assert list(found[column]) == [row[column] for row in expected]
    assert [str(count) for count in found["n_counties"]] == [row["county_count"] for row in expected]


def test_there_are_129_counties_with_the_codes_and_names_of_the_reference_table():
    found, expected = shapes(COUNTIES), reference("counties")
    assert len(found) == 129
    assert list(found["id"]) == list(found["adcode"]) == [row["county_code"] for row in expected]
    for column in ("name_zh", "short_zh", "name_en"):
        assert list(found[column]) == [row[column] for row in expected]


def test_every_county_has_the_parent_the_reference_table_gives_it():
    found = shapes(COUNTIES).set_index("id")["parent"].to_dict()
    assert found == {row["county_code"]: row["prefecture_code"] for row in reference("counties")}


def test_the_map_keeps_the_codes_of_2020_so_lufeng_is_still_a_county():
    lufeng = shapes(COUNTIES).set_index("id").loc["532331"]
    assert (lufeng["name_zh"], lufeng["parent"]) == ("禄丰县", "532300")


@pytest.mark.parametrize("path", [PREFECTURES, COUNTIES], ids=["prefectures", "counties"])
def test_every_shape_is_valid_and_neighbours_meet_without_gap_or_overlap(path: Path):
    found = shapes(path)
    assert found.geometry.is_valid.all()
    assert shapely.coverage_is_valid(found.geometry.values)
    assert not any(part.interiors for part in shapely.get_parts(found.union_all()))


def test_every_prefecture_is_the_union_of_its_counties():
    counties = shapes(COUNTIES)
    for prefecture in shapes(PREFECTURES).itertuples():
        own = counties[counties["parent"] == prefecture.id]
        assert len(own) == prefecture.n_counties
        difference = own.union_all().symmetric_difference(prefecture.geometry)
        assert km2(difference) < 0.001, prefecture.name_zh


@pytest.mark.parametrize("path", [PREFECTURES, COUNTIES], ids=["prefectures", "counties"])
def test_the_area_is_the_surveyed_one_within_a_thousandth(path: Path):
    found = shapes(path)
    assert sum(map(km2, found.geometry)) == pytest.approx(SURVEYED_KM2, rel=0.001)
    assert list(found["area_km2"]) == pytest.approx([km2(shape) for shape in found.geometry], abs=0.06)


@pytest.mark.parametrize("path", [PREFECTURES, COUNTIES], ids=["prefectures", "counties"])
def test_every_label_lies_inside_its_own_shape(path: Path):
    found = shapes(path)
    points = gpd.GeoSeries([shapely.Point(label) for label in found["label"]], crs=found.crs)
    assert found.geometry.contains(points).all()


@pytest.mark.parametrize(("path", "limit"), [(PREFECTURES, 150_000), (COUNTIES, 600_000)])
def test_the_files_are_small_enough_for_a_slow_line(path: Path, limit: int):
    assert path.stat().st_size < limit


def test_every_county_map_is_one_small_file():
    sizes = {place.code: served(geography.counties_url(place.code)).stat().st_size for place in geography.prefectures()}
    assert len(sizes) == 16
    assert max(sizes.values()) < 50_000


@pytest.mark.parametrize("path", [PREFECTURES, COUNTIES], ids=["prefectures", "counties"])
def test_the_record_winds_counter_clockwise_and_tells_its_source_and_date(path: Path):
    assert all(ring.is_ccw for shape in shapes(path).geometry for ring in rings(shape))
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert "天地图" in collection["source"]
    assert collection["boundary_date"] == "2025-09"


@pytest.mark.parametrize("code", [None, *(place.code for place in geography.prefectures())])
def test_the_browsers_copy_is_the_same_map_wound_clockwise(code: str | None):
    """Counter-clockwise rings flood plotly's whole frame with one colour."""
    copy = shapes(served(geography.counties_url(code) if code else geography.PREFECTURES_URL))
    record = shapes(PREFECTURES) if code is None else shapes(COUNTIES).query("parent == @code")
    assert list(copy["id"]) == list(record["id"])
    assert not any(ring.is_ccw for shape in copy.geometry for ring in rings(shape))
    assert all(a.equals(b) for a, b in zip(copy.geometry, record.geometry, strict=True))


def test_the_world_map_plotly_asks_for_is_there_and_empty():
    assert served(geography.TOPOJSON_URL) == WORLD.parent
    world = json.loads(WORLD.read_text(encoding="utf-8"))
    layers = {"coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"}
    nothing = {"type": "GeometryCollection", "geometries": []}
    assert world == {"type": "Topology", "objects": dict.fromkeys(layers, nothing), "arcs": []}


def test_the_places_are_those_of_the_files():
    assert [place.code for place in geography.prefectures()] == [
        row["prefecture_code"] for row in reference("prefectures")
    ]
    assert sum(len(geography.counties(place.code)) for place in geography.prefectures()) == 129
    assert [place.short_zh for place in geography.counties("533400")] == ["香格里拉市", "德钦县", "维西县"]
    kunming = geography.prefectures()[0]
    assert (kunming.code, kunming.name_zh, kunming.short_zh) == ("530100", "昆明市", "昆明")


def test_a_code_that_is_no_prefecture_is_refused_with_a_sentence():
    for wrong in ("530000", "530102", ""):
        with pytest.raises(KeyError, match="not the code of one of Yunnan's 16 prefectures"):
            geography.counties(wrong)
        with pytest.raises(KeyError, match="not the code of one of Yunnan's 16 prefectures"):
            geography.bounds(wrong)


@pytest.mark.parametrize("code", [None, *(place.code for place in geography.prefectures())])
def test_the_frame_holds_the_whole_shape_and_little_more(code: str | None):
    found = shapes(PREFECTURES)
    west, south, east, north = (found if code is None else found.query("id == @code")).total_bounds
    (left, right), (bottom, top) = geography.bounds(code)
    assert left < west < east < right
    assert bottom < south < north < top
    assert max(right - left, top - bottom) == pytest.approx(1.02 * max(east - west, north - south))


def test_the_line_under_every_map_names_source_and_limits():
    for part in ("国家地理信息公共服务平台（天地图）", "2025年9月", "示意图", "不作为划界依据", "内部使用"):
        assert part in geography.SOURCE_LINE


def test_the_note_on_the_moved_townships_names_both_counties_and_the_date():
    for part in ("德钦", "维西", "叶枝镇", "巴迪乡", "2024年9月"):
        assert part in geography.DEQIN_WEIXI_NOTE
    assert geography.DIQING_CODE in {place.code for place in geography.prefectures()}
