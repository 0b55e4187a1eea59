"""The first screen's resource: the same numbers as everywhere, written by `words`, for whom they are meant."""

import gzip
import json
import math

import httpx
import pandas as pd
import pytest
from starlette.responses import PlainTextResponse

from tests.conftest import awaited
from yunnan import settings
from yunnan.data import queries, snapshots
from yunnan.drawing import outlines
from yunnan.drawing.charts import maps
from yunnan.drawing.cockpit import cells, resource
from yunnan.drawing.findings import page_findings, sentences
from yunnan.server import cockpit_route, gate
from yunnan.words import geography, wording

PROVINCE = geography.PROVINCE
OF_PLACE = [
    "value", "base_value", "base_is_complete", "is_comparable", "target_to_date", "target_value", "target_basis",
    "attainment", "status", "province_value", "peers_median", "place_rank", "places_ranked", "published",
    "quarters_due", "quarters_reported",
]  # fmt: skip
BY_PREFECTURE = ["value", "base_value", "is_comparable", "target_to_date", "attainment", "status", "place_rank"]


@pytest.fixture(params=["tiny_data", "demo_data", "empty_data"])
def any_snapshot(request, monkeypatch) -> snapshots.Snapshot:
    monkeypatch.setattr(settings, "DATA_DIR", request.getfixturevalue(request.param))
    return snapshots.find(snapshots.published()[0])


def same(one, other) -> bool:
    if pd.isna(one) or pd.isna(other):
        return bool(pd.isna(one) and pd.isna(other))
    return one == other or (isinstance(one, float) and math.isclose(one, other))


def written(row, unit: str, published: str | None = None) -> str:
    """A value as the card writes it, said to be incomplete where it is."""
    note = "（数据不全）" if row.status == "数据不全" and not pd.isna(row.value) else ""
    return wording.headline(row.value, unit, published, row.status) + note


def differing(one: pd.DataFrame, other: pd.DataFrame, columns: list[str]) -> list:
    """(row, column, both values) where two tables with the same index differ."""
    return [
        (index, column, one[column][index], other[column][index])
        for column in columns
        for index in one.index
        if not same(one[column][index], other[column][index])
    ]


def test_its_query_says_of_every_place_what_the_page_of_the_place_says(any_snapshot):
    every = any_snapshot.table("cockpit/values")
    periods = list(any_snapshot.table("frame/periods").period)
    for period in periods[::3]:
        for place in (PROVINCE, "533300", "530100"):
            own = every[(every.period == period) & (every.region_code == place) & (every.level != "unallocated")]
            own = own.set_index("measure")
            page = any_snapshot.table("values/of_place", period=period, place=place).set_index("indicator_code")
            page = page.loc[page.index.intersection(own.index)]
            assert len(page)
            assert differing(page, own.loc[page.index], OF_PLACE) == []


def test_its_query_says_of_every_measure_what_the_map_says(any_snapshot):
    every = any_snapshot.table("cockpit/values")
    periods = list(any_snapshot.table("frame/periods").period)
    for period in periods[::4]:
        for measure in any_snapshot.table("measures/of_period", period=period).measure:
            shapes = any_snapshot.table("measures/by_prefecture", measure=measure, period=period)
            own = every[(every.period == period) & (every.measure == measure) & (every.level != "province")]
            shapes, own = shapes.set_index("region_code"), own.set_index("region_code")
            assert set(shapes.index) == set(own.index), (period, measure)
            assert differing(shapes, own.loc[shapes.index], BY_PREFECTURE) == []


def test_its_scores_are_those_of_the_page_of_the_place(any_snapshot):
    every = any_snapshot.table("cockpit/scores")
    for period in list(any_snapshot.table("frame/periods").period)[::3]:
        for place in (PROVINCE, "533300"):
            page = any_snapshot.table("scores/of_place", period=period, place=place).set_index("pillar_code")
            own = every[(every.period == period) & (every.region_code == place)].set_index("pillar_code")
            assert list(own.index) == list(page.index)
            assert differing(page, own, ["score", "tier", "place_rank"]) == []


def test_its_texts_are_those_of_the_card_the_map_and_the_ranking(any_snapshot):
    made = resource.resource(any_snapshot)
    names = [name for _, name in made["places"]]
    period = made["default"]
    cards = any_snapshot.table("measures/of_period", period=period).set_index("measure")
    headline = any_snapshot.table("values/of_place", period=period, place=PROVINCE).set_index("indicator_code")
    for measure, card in cards.iterrows():
        rows = any_snapshot.table("measures/by_prefecture", measure=measure, period=period)
        texts, classes = made["text"][period][measure], made["class"][period][measure]
        for row in rows.itertuples():
            n = names.index(row.region_name)
            assert texts[n] == written(row, card.unit)
            assert classes[n] == maps.class_of(row.value, card.breaks)
        high = [names[n] for n in made["order"][period][measure] if made["status"][period][measure][n] >= 0]
        drawn = rows.sort_values("value", ascending=False, na_position="last", kind="stable")
        assert (
            list(drawn.value.dropna())
            == [rows.set_index("region_name").value[name] for name in high][: drawn.value.count()]
        )
        if measure in headline.index:
            row = headline.loc[measure]
            assert texts[0] == written(row, row.unit, row.published)


def test_its_sentences_are_those_of_the_whole_conclusion(any_snapshot):
    made = resource.resource(any_snapshot)
    for span in list(any_snapshot.table("frame/periods").itertuples(index=False))[:3]:
        about = {"period": span.period, "place": PROVINCE}
        finding = page_findings.of_province(
            any_snapshot.table("values/of_place", **about),
            any_snapshot.table("scores/of_place", **about),
            any_snapshot.table("measures/by_prefecture", measure="P1-08", period=span.period),
            span,
        )
        said = "".join(
            part if isinstance(part, str) else part[0] for line in made["findings"][span.period] for part in line
        )
        assert said == sentences.plain(finding)


def test_a_number_that_is_not_there_has_no_length_and_no_class(any_snapshot):
    made = resource.resource(any_snapshot)
    for period, measures in made["text"].items():
        for measure, texts in measures.items():
            for n, text in enumerate(texts):
                if made["class"][period][measure][n] < 0:
                    assert made["bar"][period][measure][n] == -1
                    assert text == "" or text.startswith("（"), (period, measure, text)


def test_the_browser_is_sent_no_bare_number_of_a_place(snapshot):
    """What a browser could write wrongly: all numbers are whole thousandths, classes and indexes."""
    made = resource.resource(snapshot)
    lengths = {"bar": cells.LONGEST * 1000, "done": cells.LONGEST, "due": cells.LONGEST}
    for kind in ("bar", "done", "due", "class", "status", "order"):
        numbers = [n for of_period in made[kind].values() for of_places in of_period.values() for n in of_places]
        assert all(isinstance(n, int) and -1 <= n <= lengths.get(kind, 40) for n in numbers), kind


@pytest.mark.parametrize("name", ["cockpit", "pillar", "screen"])
def test_the_scripts_format_no_number(name):
    script = (settings.ROOT / f"static/cockpit/{name}.js").read_text(encoding="utf-8")
    assert "toFixed" not in script.replace("(letters / scale).toFixed(1)", "")
    assert "toLocaleString" not in script
    assert "Intl." not in script
    assert "Math.round" not in script.replace("Math.round(innerHeight - top - bar)", "")


def test_every_prefecture_has_its_outline_and_its_name_lies_in_the_drawing():
    drawn = outlines.prefectures()
    codes = {place.code for place in geography.prefectures()}
    assert set(drawn.paths) == set(drawn.names) == codes
    for code in codes:
        assert drawn.paths[code].startswith("M")
        assert drawn.paths[code].endswith("z")
        x, y = drawn.names[code]
        assert 0 < x < drawn.width
        assert 0 < y < drawn.height


def test_headlines_have_their_goal_and_median(snapshot):
    made = resource.resource(snapshot)
    for code in queries.headlines():
        assert {"goal", "median", "rank", "done", "due"} <= {kind for kind in made if code in _of_2019(made, kind)}


def _of_2019(made: dict, kind: str) -> dict:
    return made[kind].get("2019", {}) if isinstance(made[kind], dict) else {}


# For whom


class Route:
    """Asks the gate and the resource behind it, as a proxy that says who is looking."""

    def __init__(self, name: str = "") -> None:
        self.headers = {settings.IDENTITY_HEADER: name} if name else {}
        app = gate.Gate(cockpit_route.Cockpits(PlainTextResponse("看板")))
        self.transport = httpx.ASGITransport(app, client=("127.0.0.1", 50_000))

    def get(self, path: str, **headers: str) -> httpx.Response:
        async def asking() -> httpx.Response:
            async with httpx.AsyncClient(transport=self.transport, base_url="http://kanban") as client:
                return await client.get(path, headers=self.headers | headers)

        return awaited(asking)


def address(snapshot: snapshots.Snapshot) -> str:
    return f"/cockpit/{snapshot.id}/{resource.key(snapshot)}.json"


def test_it_is_kept_by_the_browser_for_ever_and_packed(snapshot):
    answer = Route().get(address(snapshot))
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json() == json.loads(gzip.decompress(resource.packed(snapshot)))
    plain = Route().get(address(snapshot), **{"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == answer.json()


def test_the_same_bytes_are_made_once(snapshot):
    resource.packed(snapshot)
    before = resource._packed.used
    resource.packed(snapshot)
    assert resource._packed.used == before > 0


def test_what_cannot_be_had_is_said_in_a_sentence(snapshot, monkeypatch, tmp_path):
    answer = Route().get(f"/cockpit/2031-12-31.r1/{resource.key(snapshot)}.json")
    assert (answer.status_code, answer.text) == (404, "没有编号为 2031-12-31.r1 的快照。请在“数据截至”中改选。")
    assert Route().get(f"/cockpit/{snapshot.id}/{'0' * 32}.json").status_code == 403
    assert Route().get("/cockpit/nonsense").text == "看板"  # no address of ours: the app answers


def test_it_is_small(demo_data, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", demo_data)
    assert len(resource.packed(snapshots.find(snapshots.published()[0]))) < 160_000
