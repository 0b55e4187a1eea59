"""Every state that real data can be in: on each, every page opens, every file is made, every command ends in words."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from tests.conftest import known_on, publish_tiny
from tests.test_pages import FRONT, PAGES, html, open_page
from yunnan import citations, extracts, records, settings, snapshots
from yunnan.__main__ import app as command_line
from yunnan.codes import Code

NUJIANG, LUSHUI = "533300", "533301"
# place -> the pages opened there; a place's own pages tell more of it than a list does
OPENED = {
    "530000": [page for page in PAGES if page != FRONT],
    NUJIANG: [*(f"pages/pillars/{name}.py" for name in ("party", "mechanism")), "pages/places/prefecture.py"],
    LUSHUI: ["pages/places/county.py", "pages/province/compare.py"],
}
REGISTERS = ("policies",)
END_OF_2018 = date(2018, 12, 31)
END_OF_2019 = date(2019, 12, 31)


def reference(table: str) -> pa.Table:
    """A table of data/reference as text."""
    with duckdb.connect() as db:
        return db.sql(f"from read_csv('{settings.REFERENCE_DIR / table}.csv', all_varchar = true)").to_arrow_table()


def without_targets(folder: Path) -> None:
    targets = reference("targets")
    of_2018 = targets.filter(pc.equal(targets["year"], "2018"))
    publish_tiny(folder, asof=END_OF_2019, **known_on(END_OF_2019), targets=of_2018)


def with_some_targets(folder: Path) -> None:
    """怒江 alone has targets, of one pillar."""
    targets = reference("targets")
    some = pc.and_(pc.equal(targets["region_code"], NUJIANG), pc.starts_with(targets["indicator_code"], "P1"))
    publish_tiny(folder, asof=END_OF_2019, **known_on(END_OF_2019), targets=targets.filter(some))


def only(tables: dict[str, pa.Table], *kinds: str) -> dict[str, pa.Table]:
    """The tables as if only these kinds of return had come; registers stay."""
    kept = pa.array(kinds)
    told = {name: rows if name in (*kinds, *REGISTERS) else rows.slice(0, 0) for name, rows in tables.items()}
    for name in ("snapshot_manifest", "returns_received"):
        told[name] = tables[name].filter(pc.is_in(tables[name]["table_name"], kept))
    return told


def without_funds(folder: Path) -> None:
    """Of 2018, on the first day of 2019."""
    kinds = ("organizations", "projects", "project_locations", "activities", "beneficiaries", "reported_stats")
    publish_tiny(folder, asof=date(2019, 1, 1), **only(known_on(END_OF_2018), *kinds))


STATES: dict[str, Callable[[Path], None]] = {
    "no targets": without_targets,
    "some targets": with_some_targets,
    "no funds, on the first day of a year": without_funds,
}


@pytest.fixture(scope="module", params=STATES)
def published(request, tmp_path_factory) -> Path:
    """The folder of one state, published by the real code once."""
    folder = tmp_path_factory.mktemp("state")
    STATES[request.param](folder)
    return folder


@pytest.fixture
def state(published, monkeypatch) -> snapshots.Snapshot:
    monkeypatch.setattr(settings, "DATA_DIR", published)
    return snapshots.find(snapshots.published()[0])


def faults(app: AppTest) -> list[str]:
    return [e.message for e in app.exception] + [e.value for e in app.error]


def test_every_page_opens(state):
    app = open_page(FRONT)
    found = {FRONT: faults(app)}
    for place, pages in OPENED.items():
        for page in pages:
            app.query_params = {"place": place}
            app.switch_page(page).run()
            found[f"{page} {place}"] = faults(app) or ([] if html(app, "foot") else ["no foot line"])
    assert {page: said for page, said in found.items() if said} == {}


def test_every_kind_of_tile_opens(state):
    for tile in ("card:P1-08", "map:SCORE", "ranking:P1-09", "table:PER_POOR"):
        assert faults(open_page(FRONT, tile=tile, embed="true")) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_list_is_a_file(state, kind):
    for table in records.TABLES:
        made = extracts.Extract(state, records.Selection(table, NUJIANG), kind, "utf-8", "?")
        assert b"".join(made.pieces())


def test_a_code_says_its_figure_or_why_there_is_none(state):
    period = state.table("frame/periods").period.iloc[0]
    for figure in ("P1-08", "P1-09", "F0", "F1", "CAL-01"):
        said = citations.sentence(Code(figure, NUJIANG, period, state.id), None)
        assert re.search(r"：怒江州.+为?.+（数据截至|文献公布数", said), said


def test_every_command_ends_in_words(state, tmp_path):
    out = str(tmp_path)
    for typed in (
        ["snapshots"],
        ["verify", state.id],
        ["brief", "--out", out],
        ["brief", "--place", NUJIANG, "--slides", "--out", out],
        ["query", "scores/of_place", f"period={state.asof[:4]}", f"place={NUJIANG}"],
    ):
        result = CliRunner().invoke(command_line, typed)
        assert (result.exit_code, result.stderr) == (0, ""), (typed, result.output)
    assert {file.suffix for file in tmp_path.iterdir()} == {".docx", ".pptx"}


# One state each


@pytest.fixture
def opened(monkeypatch, tmp_path) -> Callable[[str], snapshots.Snapshot]:
    def publish(name: str) -> snapshots.Snapshot:
        STATES[name](tmp_path)
        monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
        return snapshots.find(snapshots.published()[0])

    return publish


def test_a_year_without_targets_has_no_score_and_says_so(opened):
    snapshot = opened("no targets")
    scores = snapshot.table("scores/of_place", period="2019", place=NUJIANG)
    assert list(scores.pillar_code) == ["P1", "P2", "P3", "P4", "ALL"]
    assert set(scores.tier) == {"无目标"}
    assert scores.score.isna().all()
    assert set(snapshot.table("measures/by_prefecture", measure="SCORE", period="2019").status) == {"无目标"}
    said = "".join(html(open_page(FRONT, period="2019"), "finding"))
    assert "“四个突出”综合本期没有下达目标，不评分" in said
    assert "不评分" in citations.sentence(Code("F0", NUJIANG, "2019", snapshot.id), None)


def test_a_snapshot_without_funds_has_the_periods_of_what_was_sent(opened):
    periods = opened("no funds, on the first day of a year").table("frame/periods")
    assert {"2018", "2018Q1", "2018Q4", "2019Q1"} <= set(periods.period)
