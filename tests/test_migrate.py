"""A snapshot of an older contract comes into the present one: its rows as they were published, all else anew."""

import functools
import json
import shutil
import subprocess
import sys
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tests import office
from tests.command_line import assert_refused, run
from tests.office import FUNDS, GIFT, rows
from tests.screens import FRONT, open_page
from yunnan import settings
from yunnan.data import citations, contract, figure_codes, queries, snapshots
from yunnan.publication import merge, shipped_rows

CONTRACTS = Path(__file__).parent / "contracts"  # a snapshot of the tiny province for each contract that was released
VERSIONS = sorted(int(folder.name) for folder in CONTRACTS.iterdir())
FORMER, NEW = "2020-06-30.r1", "2020-06-30.r2"
TOTAL = "select sum(amount_yuan)::double from {funds}"


SENDERS = ["530100", "530300", "530600", "532900", "533100", "533300", "533400", "530000"]
DUE = {"due_dates": {"deadline": "15 12:00", "first": "2019Q1", "senders": SENDERS}}  # what the office had settled then


def put(folder: Path, version: int = VERSIONS[-1]) -> Path:
    """A data folder with the snapshot of an older contract, and the snapshot's folder."""
    shutil.copytree(CONTRACTS / str(version), folder / "snapshots")
    file = folder / "snapshots" / FORMER / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | DUE), encoding="utf-8")
    return file.parent


@pytest.fixture
def former(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "data")
    return put(tmp_path / "data")


@pytest.fixture(scope="module")
def migrate(tmp_path_factory):
    """Makes a data folder after a migration from a version, once; returns it and what the command printed."""

    @functools.cache
    def made(version: int) -> tuple[Path, str]:
        folder = tmp_path_factory.mktemp("migrated") / "data"
        put(folder, version)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "DATA_DIR", folder)
            result = run("migrate", FORMER)
        assert result.exit_code == 0, result.output
        return folder, result.stdout

    return made


@pytest.fixture(params=VERSIONS)
def migrated(request, migrate) -> tuple[Path, int, str]:
    """The data folder after a migration, from which version, and what the command printed."""
    folder, printed = migrate(request.param)
    return folder, request.param, printed


@pytest.fixture
def after(migrate, tmp_path, monkeypatch) -> Path:
    """A copy of the data folder after the longest migration, which takes every step there is, to go on with."""
    shutil.copytree(migrate(VERSIONS[0])[0], tmp_path / "data")
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "data")
    return tmp_path / "data" / "snapshots" / NEW


def as_published(snapshot: Path, table: str, change) -> None:
    """Have a snapshot hold a table that was changed, as if it had been published so."""
    file = snapshot / f"{table}.parquet"
    pq.write_table(change(pq.read_table(file)), file)
    manifest = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))
    manifest["tables"][table]["sha256"] = sha256(file.read_bytes()).hexdigest()
    (snapshot / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def first_as(column: str, value: object):
    """A change of the first row's value in one column."""

    def change(table: pa.Table) -> pa.Table:
        values = [value, *table[column].to_pylist()[1:]]
        return table.set_column(table.column_names.index(column), column, pa.array(values))

    return change


def fingerprints(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != ".lock")
    return {str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest() for file in files}


def test_every_released_contract_from_the_third_on_has_a_snapshot_here_and_a_step():
    assert list(range(3, contract.version())) == VERSIONS
    assert {step.name for step in queries.folder("migrations")} == {f"migrations/from_{n}" for n in VERSIONS}


def test_what_was_published_is_there_row_for_row_and_the_old_folder_is_as_it_was(migrated, tmp_path):
    folder, version, _ = migrated
    old, new = folder / "snapshots" / FORMER, folder / "snapshots" / NEW
    assert fingerprints(old) == fingerprints(put(tmp_path / "before", version))
    held = {file.stem for file in old.glob("*.parquet")}  # registers that a later contract brought are in none of them
    for table in held & set(merge.TABLES) - {"targets", *shipped_rows.SHIPPED}:
        columns = pq.read_schema(old / f"{table}.parquet").names
        before, now = (pq.read_table(path / f"{table}.parquet", columns=columns) for path in (old, new))
        assert sorted(map(str, now.to_pylist())) == sorted(map(str, before.to_pylist())), table
    assert rows(new, TOTAL) == rows(old, TOTAL)


def test_the_former_word_of_a_list_is_the_present_one(migrated):
    folder, *_ = migrated
    meanings = "select distinct counts_as from {code_lists} where list = 'poverty_category' order by 1 nulls last"
    assert rows(folder / "snapshots" / NEW, meanings) == [("帮扶人口",), (None,)]
    helped = "select count(*) from {indicator_values} where indicator_code = 'P1-09' and num > 0"
    assert rows(folder / "snapshots" / NEW, helped) == rows(folder / "snapshots" / FORMER, helped)


def test_only_the_phasing_of_what_counts_things_once_has_changed_in_the_targets(migrated):
    folder, version, printed = migrated
    old, new = (
        dict(rows(folder / "snapshots" / name, "select indicator_code || year || region_code, t from {targets} as t"))
        for name in (FORMER, NEW)
    )
    changed = {key for key, row in old.items() if {name: new[key][name] for name in row} != row}
    if version > 3:
        assert not changed
        return
    assert {key[:5] for key in changed} == {"P1-06", "P1-07", "P1-09"}
    assert {new[key]["phasing"] for key in changed} == {"累计"}
    assert {new[key]["target_value"] == old[key]["target_value"] for key in changed} == {True}
    assert f"表 targets {len(changed)}行" in printed


def test_the_manifest_says_from_where_and_every_rule_of_today_holds(migrated, monkeypatch):
    folder, version, _ = migrated
    monkeypatch.setattr(settings, "DATA_DIR", folder)
    manifest = snapshots.find(NEW).manifest
    assert manifest["contract_version"] == contract.version()
    assert manifest["is_synthetic"] is False
    assert DUE.items() <= manifest.items()
    origin = manifest["migrated_from"]
    assert (origin["snapshot"], origin["contract_version"]) == (FORMER, version)
    result = run("verify")
    assert result.exit_code == 0
    assert "✗" not in result.stdout
    assert f"{NEW}  ✓ 符合数据约定" in result.stdout
    assert f"{FORMER}  ✓ 文件与发布时一致" in result.stdout
    assert f"用的是第{version}版数据约定" in result.stdout
    listed = run("snapshots").stdout
    assert f"第{contract.version()}版" in listed
    assert f"第{version}版，不能打开" in listed
    assert f"由 {FORMER} 从第{version}版" in listed


def test_figures_are_computed_and_a_reader_of_one_prefecture_sees_his_part(after):
    received = snapshots.find(NEW).table("funds/by_source", period="2019", place="530000").set_index("source")
    assert received.received_yuan["社会捐赠"] == 520_000
    assert not snapshots.find(NEW, frozenset({"533300"})).table("frame/periods").empty


def test_after_the_returns_were_pruned_the_next_publication_stands_on_the_migrated_rows(after, tmp_path):
    assert not (settings.DATA_DIR / "staging").exists()
    assert office.send(tmp_path, FUNDS, GIFT)["status"] == "accepted"
    later = office.publish()
    assert json.loads((later / "manifest.json").read_text(encoding="utf-8"))["base"] == NEW
    assert rows(later, TOTAL)[0][0] == rows(after, TOTAL)[0][0] + 300_000


def test_a_second_time_it_says_that_it_is_done(after):
    before = fingerprints(after.parent)
    assert_stopped(run("migrate", FORMER), FORMER, "已经迁移为", NEW)
    assert_stopped(run("migrate", NEW), NEW, "不用迁移")
    assert fingerprints(after.parent) == before


def test_who_opens_the_old_one_is_led_to_the_new_one(after):
    with pytest.raises(snapshots.Damaged, match=f"请看 {NEW}"):
        snapshots.find(FORMER)


def test_the_page_of_the_old_one_leads_there_and_the_ledger_does_not_compare_with_it(after):
    page = open_page(FRONT, asof=FORMER)
    assert page.title[0].value == "这份快照不能使用"
    (link,) = page.get("link_button")
    assert f"asof={NEW}" in link.proto.url
    ledger = open_page("pages/trust/changes.py")
    assert not ledger.exception
    assert "另一版数据约定" in ledger.info[0].value


def test_a_figure_that_cites_the_old_one_says_why_it_cannot_be_read_again(after):
    code = figure_codes.Code("P1-08", "530000", "2019", FORMER)
    assert f"该快照用的是第{VERSIONS[0]}版数据约定，原来的数不能再现" in citations.sentence(code, None)


def test_a_migration_that_was_closed_can_be_made_again(after):
    assert run("retract", NEW, "--why", "先不迁移，再核对").exit_code == 0
    assert run("migrate", FORMER).exit_code == 0
    assert snapshots.published()[0] == "2020-06-30.r3"


def assert_stopped(result, *parts: str) -> None:
    """One sentence on stderr after what turned there while it was tried."""
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.stderr
    sentence = result.stderr.splitlines()[-1]
    for part in parts:
        assert part in sentence


def test_whoever_needs_an_old_snapshot_is_told_to_migrate(former, tmp_path):
    way = f"python -m yunnan migrate {FORMER}"
    for scope in (None, frozenset({"533300"})):
        with pytest.raises(snapshots.Damaged, match=way):
            snapshots.find(FORMER, scope)
    assert_refused(run("query", "funds/by_source", "period=2019", "place=530000"), way)
    assert_stopped(run("publish", "--as-of", "2020-09-30"), way)
    (tmp_path / "资金.csv").write_text("日期\n", encoding="utf-8-sig")
    assert_refused(run("ingest", str(tmp_path / "资金.csv"), "--period", "2020Q3"), way)
    page = open_page(FRONT)
    assert page.title[0].value == "这份快照不能使用"
    assert way in page.error[0].value
    assert "备份" not in page.error[0].value
    result = run("verify")
    assert result.exit_code == 0
    assert way in result.stdout


def test_a_snapshot_of_a_later_contract_asks_for_its_program(former):
    manifest = json.loads((former / "manifest.json").read_text(encoding="utf-8"))
    later = manifest | {"contract_version": contract.version() + 1}
    (former / "manifest.json").write_text(json.dumps(later), encoding="utf-8")
    assert_stopped(run("migrate", FORMER), f"第{contract.version() + 1}版", "请用与它相配的程序")
    with pytest.raises(snapshots.Damaged, match="请用与它相配的程序"):
        snapshots.find(FORMER)


def test_a_contract_that_is_too_old_or_a_revision_that_is_not_the_newest_is_not_migrated(former):
    shutil.copytree(former, former.with_name(NEW))
    assert_stopped(run("migrate", FORMER), "已有更新的修订版", NEW)
    shutil.rmtree(former.with_name(NEW))
    manifest = json.loads((former / "manifest.json").read_text(encoding="utf-8")) | {"contract_version": 2}
    (former / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert_stopped(run("migrate", FORMER), "第2版数据约定太旧")
    assert_stopped(run("migrate", "2019-12-31.r1"), "没有编号为 2019-12-31.r1 的快照")


def test_a_damaged_snapshot_is_not_migrated(former):
    (former / "funds.parquet").write_bytes(b"PAR1")
    assert_stopped(run("migrate", FORMER), "已损坏", "funds.parquet", "备份")
    assert run("verify").exit_code == 1
    assert [path.name for path in former.parent.iterdir() if path.name != ".lock"] == [FORMER]


@pytest.mark.parametrize(
    ("table", "column", "value", "parts"),
    [
        ("funds", "stage", "到帐", ("stage（环节）", "不在允许的值里", "第")),
        ("funds", "event_date", None, ("event_date（发生日期）", "却是空的", "第")),
        ("organizations", "org_name", "某", ("org_name", "length(org_name)", "第")),
        ("project_locations", "share", Decimal("2.0000"), ("列 share", "project_id=", "county_code=")),
    ],
)
def test_a_row_that_does_not_fit_is_named_by_table_column_and_line_without_its_value(
    former, table, column, value, parts
):
    as_published(former, table, first_as(column, value))
    before = fingerprints(former.parent)
    result = run("migrate", FORMER)
    assert_stopped(result, f"表 {table} 不符合数据约定", *parts)
    assert "Error" not in result.stderr
    assert str(value) not in result.stderr.splitlines()[-1]
    assert fingerprints(former.parent) == before


def test_two_rows_of_one_key_are_named(former):
    second = pq.read_table(former / "returns_received.parquet")["batch_id"][1].as_py()
    as_published(former, "returns_received", first_as("batch_id", second))
    assert_stopped(run("migrate", FORMER), "表 returns_received", "列 batch_id 的值出现了不止一次", second)


def test_a_table_that_lacks_a_column_which_must_have_a_value_is_named(former):
    as_published(former, "funds", lambda table: table.drop_columns(["is_reversal"]))
    assert_stopped(run("migrate", FORMER), "表 funds", "is_reversal（红冲）", "却是空的")


def test_a_rule_of_today_that_published_rows_break_is_named(former):
    as_published(former, "funds", lambda table: table.filter(pc.not_equal(table["fund_id"], table["fund_id"][0])))
    assert_stopped(run("migrate", FORMER), "处不符")


@pytest.mark.timeout(600)  # two dozen migrations, and as many after them
def test_nothing_is_half_done_when_a_migration_is_killed_or_the_disk_is_full(former):
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.migration", str(former.parent.parent)],
        cwd=settings.ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert sum(seen["trials"].values()) >= 20
    assert seen["faults"] == []
