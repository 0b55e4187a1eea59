"""Every state that real data can be in: on each, every page opens, every file is made, every command ends in words."""

import functools
import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from tests.conftest import agreeing, known_on, publish_tiny, read_tiny, reference
from tests.screens import FRONT, PAGES, html, open_page
from yunnan import settings
from yunnan.cli.main import app as command_line
from yunnan.data import citations, queries, record_selection, snapshots
from yunnan.data.figure_codes import Code
from yunnan.drawing import extracts
from yunnan.server import health
from yunnan.words import wording

NUJIANG, LUSHUI = "533300", "533301"
PLACES = {NUJIANG: ["pages/places/prefecture.py"], LUSHUI: ["pages/places/county.py"]}
REGISTERS = ("policies",)
KINDS = {"organizations", "projects", "funds", "beneficiaries", "activities", "reported_stats", *REGISTERS}
END_OF_FIRST = date(2018, 3, 31)
END_OF_2018 = date(2018, 12, 31)
END_OF_2019 = date(2019, 12, 31)


def sent_whole(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """With the lists of organizations and projects of the last quarter, which the tiny province sends once, in 2020."""
    told = dict(tables)
    last = max(tables["snapshot_manifest"]["report_period"].to_pylist())
    for name in ("snapshot_manifest", "returns_received"):
        states = of_table(read_tiny()[name], "organizations", "projects")
        at = states.column_names.index("report_period")
        states = states.set_column(at, "report_period", pa.array([last] * len(states)))
        told[name] = pa.concat_tables([tables[name], states])
    return told


def of_table(rows: pa.Table, *tables: str) -> pa.Table:
    return rows.filter(pc.is_in(rows["table_name"], pa.array(tables)))


def without_targets(folder: Path) -> None:
    targets = reference("targets")
    of_2018 = targets.filter(pc.equal(targets["year"], "2018"))
    publish_tiny(folder, asof=END_OF_2019, **sent_whole(known_on(END_OF_2019)), targets=of_2018)


def with_some_targets(folder: Path) -> None:
    """怒江 alone has targets, of one pillar."""
    targets = reference("targets")
    some = pc.and_(pc.equal(targets["region_code"], NUJIANG), pc.starts_with(targets["indicator_code"], "P1"))
    publish_tiny(folder, asof=END_OF_2019, **sent_whole(known_on(END_OF_2019)), targets=targets.filter(some))


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
    publish_tiny(folder, asof=date(2019, 1, 1), **only(sent_whole(known_on(END_OF_2018)), *kinds))


def blank(rows: pa.Table, *columns: str) -> pa.Table:
    for column in columns:
        rows = rows.set_column(rows.column_names.index(column), column, pa.nulls(len(rows), pa.string()))
    return rows


def with_funds_alone(folder: Path) -> None:
    told = only(known_on(END_OF_2019), "funds")
    publish_tiny(folder, asof=END_OF_2019, **told | {"funds": blank(told["funds"], "org_id", "project_id")})


def with_one_prefecture(folder: Path) -> None:
    """怒江 alone has sent its returns; what others sent is not there."""
    told = sent_whole(known_on(END_OF_2019))
    told["quality_issues"] = told["quality_issues"].slice(0, 0)
    for name in ("snapshot_manifest", "returns_received", "funds", "beneficiaries", "activities", "reported_stats"):
        told[name] = told[name].filter(pc.equal(told[name]["prefecture_code"], NUJIANG))
    publish_tiny(folder, asof=END_OF_2019, **told)


LEFT_EMPTY = (
    *("sync_registration", "sync_inspection", "sync_rating", "rating_date", "branch_standardized_date"),
    *("publicity_date", "charity_date", "public_fundraising_date", "tax_deduction_years", "tax_deduction_level"),
)


def with_columns_left_empty(folder: Path) -> None:
    told = sent_whole(known_on(END_OF_2019))
    told["organizations"] = blank(told["organizations"], *LEFT_EMPTY)
    publish_tiny(folder, asof=END_OF_2019, **told)


def with_nothing(folder: Path) -> None:
    publish_tiny(folder, asof=date(2024, 1, 1), **{name: rows.slice(0, 0) for name, rows in read_tiny().items()})


def with_everybody_hidden_in_other_years(folder: Path) -> None:
    """2023 and 2024, for which there are no targets; so few people were helped that no number of them may be shown."""
    told = sent_whole(known_on(END_OF_2019))
    told["beneficiaries"] = told["beneficiaries"].filter(pc.equal(told["beneficiaries"]["headcount"], "1")).slice(0, 5)
    _publish_later(folder, 5, agreeing(told))


def without_projects_in_later_years(folder: Path) -> None:
    """2025 and 2026. The returns of projects have come, without a row."""
    told = sent_whole(known_on(END_OF_2019))
    for name in ("projects", "project_locations"):
        told[name] = told[name].slice(0, 0)
    for name in ("funds", "beneficiaries", "activities"):
        told[name] = blank(told[name], "project_id")
    _publish_later(folder, 7, told)


def _publish_later(folder: Path, years: int, tables: dict[str, pa.Table]) -> None:
    """The two years as if they were so many years later."""
    told = dict(tables)
    for name, rows in tables.items():
        for at, column in enumerate(rows.column_names):
            if column.endswith(("_date", "_at")) or column == "report_period":
                later = rows[column]
                for year in range(2022, 2014, -1):  # the latest first, so that none is moved twice
                    later = pc.replace_substring_regex(later, f"^{year}", str(year + years))
                told[name] = told[name].set_column(at, column, later)
    publish_tiny(folder, asof=date(2019 + years, 12, 31), **told)


def with_one_quarter(folder: Path) -> None:
    """The first one there is."""
    told = sent_whole(known_on(END_OF_FIRST))
    publish_tiny(folder, asof=END_OF_FIRST, **told)


def without_policies(folder: Path) -> None:
    told = sent_whole(known_on(END_OF_2019))
    told["policies"] = told["policies"].slice(0, 0)
    told["activities"] = blank(told["activities"], "policy_id")
    publish_tiny(folder, asof=END_OF_2019, **told)


def without_data_of_a_place(folder: Path) -> None:
    """怒江 has sent nothing; all others have."""
    told = sent_whole(known_on(END_OF_2019))
    told["quality_issues"] = told["quality_issues"].slice(0, 0)
    for name, rows in told.items():
        if "prefecture_code" in rows.column_names and name not in REGISTERS:
            told[name] = rows.filter(pc.not_equal(rows["prefecture_code"], NUJIANG))
    there = told["projects"]["project_id"].combine_chunks()
    told["project_locations"] = told["project_locations"].filter(
        pc.is_in(told["project_locations"]["project_id"], there)
    )
    for name in ("funds", "beneficiaries", "activities"):
        told[name] = blank(told[name], "project_id", "org_id")
    publish_tiny(folder, asof=END_OF_2019, **told)


STATES: dict[str, Callable[[Path], None]] = {
    "no targets": without_targets,
    "some targets": with_some_targets,
    "funds alone": with_funds_alone,
    "one quarter": with_one_quarter,
    "no policies": without_policies,
    "a place without data": without_data_of_a_place,
    "one prefecture": with_one_prefecture,
    "columns left empty": with_columns_left_empty,
    "nothing": with_nothing,
    "all hidden, 2023 and 2024": with_everybody_hidden_in_other_years,
    "no projects, 2025 and 2026": without_projects_in_later_years,
    "no funds, on the first day of a year": without_funds,
}
# place -> the pages opened there; a place's own pages tell more of it than a list does.
OPENED = {
    "530000": [page for page in PAGES if page != FRONT],
    NUJIANG: ["pages/pillars/party.py", "pages/pillars/mechanism.py", *PLACES[NUJIANG]],
    LUSHUI: PLACES[LUSHUI],
}


@pytest.fixture(scope="module")
def folder_of(tmp_path_factory) -> Callable[[str], Path]:
    """The folder of a state, published by the real code once."""

    @functools.cache
    def made(name: str) -> Path:
        folder = tmp_path_factory.mktemp("state")
        STATES[name](folder)
        return folder

    return made


@pytest.fixture(scope="module", params=STATES)
def name(request) -> str:
    return request.param


@pytest.fixture
def opened(folder_of, monkeypatch) -> Callable[[str], snapshots.Snapshot]:
    def find(name: str) -> snapshots.Snapshot:
        monkeypatch.setattr(settings, "DATA_DIR", folder_of(name))
        return snapshots.find(snapshots.published()[0])

    return find


@pytest.fixture
def state(opened, name) -> snapshots.Snapshot:
    return opened(name)


def faults(app: AppTest) -> list[str]:
    traces = [e.value for e in (*app.markdown, *app.caption, *app.code) if "Traceback" in str(e.value)]
    return [e.message for e in app.exception] + [e.value for e in app.error] + traces


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


def test_every_list_is_a_file(state):
    for table in record_selection.TABLES:
        for kind in ("csv", "xlsx"):
            made = extracts.Extract(state, record_selection.Selection(table, NUJIANG), kind, "utf-8", "?")
            assert b"".join(made.pieces())


def test_a_code_says_its_figure_or_why_there_is_none(state):
    period = state.table("frame/periods").period.iloc[0]
    for figure in ("P1-08", "P1-09", "F0", "F1"):
        said = citations.sentence(Code(figure, NUJIANG, period, state.id), None)
        assert re.search(r"：怒江州.+为?.+（数据截至", said), said
    article = citations.sentence(Code("CAL-01", NUJIANG, period, state.id), None)
    assert ("文献公布数" if state.stage.is_articles else "没有值（") in article


def test_no_light_is_red_where_nothing_has_come_that_it_is_judged_by(state):
    come = set(state.whole("snapshot_manifest").column("table_name").to_pylist())
    come |= {name for name in REGISTERS if state.whole(name).num_rows}
    reads = {card["code"]: set(card["tables"].split()) for card in queries.folder("indicators")}
    values = state.whole("indicator_values").to_pandas()
    red = values[values.status == "滞后"]
    unjudged = red.indicator_code.map(lambda code: bool(reads[code] & KINDS) and not reads[code] & come)
    assert red[unjudged].empty
    assert red[(red.quarters_reported == 0) & (red.quarters_due > 0)].empty


def test_nothing_incomplete_is_compared_with_the_year_before(state):
    kept = state.whole("indicator_values").to_pandas().set_index(["indicator_code", "period", "region_code"])
    whole = kept[kept.level != "unallocated"].pipe(lambda v: v[(v.quarters_due == v.quarters_reported)]).value.dropna()
    periods, inspected = (
        state.table("frame/periods"),
        state.whole("periods").to_pandas().set_index("period").is_inspected,
    )
    for period, base in zip(periods.period, periods.base_period, strict=True):
        for place in ("530000", NUJIANG):
            for row in state.table("values/of_place", period=period, place=place).itertuples():
                is_whole = all((row.indicator_code, of, place) in whole.index for of in (period, base))
                is_alike = row.indicator_code != "P1-04" or not is_whole or inspected[period] == inspected[base]
                assert row.is_comparable == (is_whole and is_alike), (row.indicator_code, period, place)
                assert is_whole or wording.compared(row) == wording.NONE


def test_every_command_ends_in_words(state, tmp_path):
    out = str(tmp_path)
    for typed in (
        ["brief", "--place", NUJIANG, "--slides", "--out", out],
        ["snapshots"],
        ["verify", state.id],
        ["brief", "--out", out],
        ["query", "scores/of_place", f"period={state.asof[:4]}", f"place={NUJIANG}"],
    ):
        result = CliRunner().invoke(command_line, typed)
        assert (result.exit_code, result.stderr) == (0, ""), (typed, result.output)
    assert {file.suffix for file in tmp_path.iterdir()} == {".docx", ".pptx"}


# One state each


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


def judged(snapshot: snapshots.Snapshot) -> pd.DataFrame:
    """The indicators of every place as they are published."""
    values = snapshot.whole("indicator_values").to_pandas()
    return values[values.level.isin(["province", "prefecture"]) & (values.period == "2019")]


def test_a_table_that_did_not_come_is_not_zero_and_not_red(opened):
    snapshot = opened("funds alone")
    values = judged(snapshot)
    reads = {card["code"]: set(card["tables"].split()) for card in queries.folder("indicators")}
    sent = values.indicator_code.map(lambda code: bool(reads[code] & {"funds", "policies"}))
    assert set(values[~sent].status) == {"未报送"}
    assert values[~sent].value.isna().all()
    mixed = values[values.indicator_code.isin(["P1-07", "P3-05", "P4-02"])]  # funds, and what has not come
    assert set(mixed.status) == {"数据不全"}
    assert mixed.value.isna().all()
    money = values[values.indicator_code == "P1-08"].set_index("region_code")
    assert money.value[NUJIANG] == 600_000
    assert money.quarters_reported[NUJIANG] == money.quarters_due[NUJIANG] == 4
    scores = snapshot.table("scores/by_prefecture", period="2019")
    assert scores[scores.pillar_code == "ALL"].score.isna().all()
    party = snapshot.table("party/education", period="2019", place=NUJIANG)
    assert party.activities.isna().all()
    assert snapshot.table("party/raised", period="2019", place=NUJIANG).received_yuan.iloc[0] == 600_000


def test_the_province_is_not_judged_by_the_returns_of_one_prefecture(opened):
    snapshot = opened("one prefecture")
    values = judged(snapshot)
    province = values[(values.level == "province") & values.target_value.notna()]
    registers = province.indicator_code.isin(["P2-02"])
    assert set(province[~registers].status) <= {"数据不全", "无目标", "不适用"}
    assert province[~registers].value.notna().any()
    others = values[(values.level == "prefecture") & (values.region_code != NUJIANG)]
    assert set(others.status) == {"未报送"}
    assert set(values[values.region_code == NUJIANG].status) & {"达标", "接近", "滞后"}
    assert snapshot.table("scores/of_place", period="2019", place="530000").score.isna().all()


def test_a_column_left_empty_is_unknown_and_neither_zero_nor_red(opened):
    snapshot = opened("columns left empty")
    values = judged(snapshot)
    unknown = values[values.indicator_code.isin(["P1-04", "P1-05", "P2-03"]) & (values.region_code == "530000")]
    counts = values[values.indicator_code.isin(["P2-05", "P2-06", "P2-07"]) & (values.region_code == "530000")]
    for rows in (unknown, counts):
        assert len(rows) == 3
        assert set(rows.status) == {"数据不全"}
        assert rows.value.isna().all()
    quality = snapshot.table("party/quality", period="2019", place="530000").set_index("grade")
    assert quality.organizations["未填日期"] > 0
    steps = snapshot.table("party/in_step", period="2019", place="530000")
    assert steps.matters_due.sum() == 0
    assert steps.matters_unknown.sum() > 0
    warned = {warning["rule"] for warning in snapshot.manifest["warnings"]}
    assert "column_left_empty" in warned


def test_a_snapshot_damaged_while_it_is_open_is_named_on_every_page(folder_of, tmp_path, monkeypatch):
    shutil.copytree(folder_of("some targets"), tmp_path, dirs_exist_ok=True)
    newest = Path(shutil.copytree(tmp_path / "snapshots" / "2019-12-31.r1", tmp_path / "snapshots" / "2019-12-31.r2"))
    manifest = json.loads((newest / "manifest.json").read_text(encoding="utf-8"))
    (newest / "manifest.json").write_text(json.dumps(manifest | {"revision": 2}), encoding="utf-8")
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    app = open_page(FRONT)
    assert faults(app) == []
    assert health.is_ready().status_code == 200
    os.truncate(newest / "organizations.parquet", 100)
    for page in PAGES:
        app.switch_page(page).run()
        assert not app.exception, page
        assert app.title[0].value == "这份快照不能使用", page
        assert "2019-12-31.r2 已损坏" in app.error[0].value, page
        (link,) = app.get("link_button")
        assert "asof=2019-12-31.r1" in link.proto.url, page
    assert health.is_ready().status_code == 503


def test_without_a_register_of_documents_nobody_is_late_to_follow_up(opened):
    snapshot = opened("no policies")
    values = judged(snapshot)
    values = values[values.indicator_code.isin(["P2-01", "P2-02"])]
    assert len(values) == 2 * 17
    assert set(values.status) == {"数据不全"}
    assert values.value.isna().all()
    assert snapshot.table("policies/totals", period="2019", place="530000").isna().all(axis=None)
    app = open_page("pages/pillars/mechanism.py", period="2019")
    said = [caption.value for caption in app.caption]
    assert "州市配套落实：数据不全，文件库里没有任何文件，不以未配套代替。" in said
