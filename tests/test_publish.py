"""All or nothing: what breaks the contract is refused by name, and nothing is left behind."""

import errno
import json
import os
import re
import shutil
from datetime import date

import duckdb
import filelock
import pyarrow as pa
import pyarrow.parquet
import pytest

from tests import staged
from tests.conftest import ASOF, publish_tiny, read_tiny
from yunnan.data import contract, queries
from yunnan.publication import durable, publish, shipped_rows, verify


def with_row(table: str, **values: str) -> pa.Table:
    """The tiny table with one more row, like its first but for these values."""
    rows = read_tiny()[table]
    return pa.concat_tables([rows, pa.Table.from_pylist([rows.to_pylist()[0] | values], schema=rows.schema)])


BROKEN = [
    ("funds", {"fund_id": "F999999", "amount_yuan": "-1"}, "不合规矩"),
    ("funds", {"stage": "到帐", "fund_id": "F999999"}, "列 stage（环节）的值不在允许的值里（.*第.*行"),
    ("funds", {}, "列 fund_id 的值出现了不止一次"),
    ("funds", {"fund_id": "F999999", "event_date": "2021-01-01", "report_period": "2021Q1"}, "日期晚于截至日"),
    ("funds", {"fund_id": "F999999", "project_id": "P99999"}, "引用的组织、项目"),
    ("funds", {"fund_id": "F999999", "prefecture_code": "532500", "county_code": "530724"}, "县与州市不一致"),
    ("funds", {"fund_id": "F999999", "event_date": "2019-08-01", "report_period": "2019Q1"}, "报告期早于"),
    ("beneficiaries", {"record_id": "B999999", "subject_key": "not-a-key"}, "不合规矩"),
    ("beneficiaries", {}, "受益记录号重复"),
    ("projects", {"project_id": "P99999"}, "分摊合计不为1"),
    ("organizations", {"org_id": "O999999", "uscc": "5.153E+17"}, "不合规矩"),
]


@pytest.mark.parametrize(("table", "values", "reason"), BROKEN, ids=lambda v: v if isinstance(v, str) else "")
def test_a_broken_rule_is_named_and_leaves_nothing(tmp_path, table, values, reason):
    with pytest.raises(publish.Refused, match=reason):
        publish_tiny(tmp_path, **{table: with_row(table, **values)})
    assert not [p for p in (tmp_path / "snapshots").iterdir() if p.name != ".lock"]


def test_a_rule_that_reads_what_is_computed_says_so_and_is_asked_after_it():
    """Before, it would find nothing in an empty table."""
    with duckdb.connect() as db:
        publish.load(db, read_tiny(), ASOF)
        tables = {name for (name,) in db.execute("select table_name from duckdb_tables()").fetchall()}
        computed = tables - set(read_tiny()) - set(shipped_rows.REFERENCE)
        reading = {
            rule.name: bool(set(re.findall(r"\b(?:from|join)\s+(\w+)", rule.sql)) & computed)
            for rule in queries.folder("checks")
            if "/fail_" in rule.name
        }
    marked = {rule.name: "computed" in rule.header for rule in queries.folder("checks") if "/fail_" in rule.name}
    assert reading == marked
    assert sum(marked.values()) == 2


@pytest.mark.parametrize(("row", "is_warned"), [
    ({"stage": "支出", "amount_yuan": "30001"}, True),
    ({"stage": "支出", "amount_yuan": "30000"}, False),
    ({"stage": "到账", "amount_yuan": "30001", "is_reversal": "true"}, True),
    ({"stage": "支出", "amount_yuan": "30001", "is_reversal": "true"}, False),
], ids=["more", "equal", "receipt reversed", "payment reversed"])  # fmt: skip
def test_a_source_that_spends_more_than_it_received_in_a_prefecture_is_a_warning(row, is_warned):
    """大理 has received 70,000 + 80,000 yuan of gifts and spent 70,000 + 50,000."""
    row |= {"fund_id": "F999999", "prefecture_code": "532900", "county_code": "532901", "project_id": "P00008",
            "source_file": "补.xlsx"}  # fmt: skip
    funds = with_row("funds", event_date="2020-06-30", report_period="2020Q2", **row)
    with duckdb.connect() as db:
        publish.load(db, read_tiny() | {"funds": funds}, ASOF)
        rules = {warning["rule"] for warning in publish.warned(db, ASOF)}
    assert ("spent_more_than_received_of_a_source" in rules) == is_warned


def test_somebody_who_lives_in_two_counties_is_named_with_both_lines():
    elsewhere = {"record_id": "B999999", "prefecture_code": "533300", "county_code": "533301"}
    row = with_row("beneficiaries", **elsewhere, source_file="怒江受益.xlsx", source_row="9")
    with duckdb.connect() as db:
        publish.load(db, read_tiny() | {"beneficiaries": row}, ASOF)
        ((_, *told),) = db.execute(queries.load("checks/fail_people_have_one_home").sql).fetchall()
    assert told == ["530621", told[1], "533301", "怒江受益.xlsx 第9行"]
    assert re.fullmatch("受益_昭通_.* 第2行", told[1])


def test_a_published_snapshot_is_never_replaced(tiny_data, tmp_path):
    shutil.copytree(tiny_data, tmp_path, dirs_exist_ok=True)
    before = {p.name: p.read_bytes() for p in (tmp_path / "snapshots" / "2020-06-30.r1").iterdir()}
    with pytest.raises(publish.Refused, match="已经发布"):
        publish_tiny(tmp_path)
    assert before == {p.name: p.read_bytes() for p in (tmp_path / "snapshots" / "2020-06-30.r1").iterdir()}


def test_two_publications_of_the_same_rows_have_the_same_bytes(tiny_data, tmp_path):
    one, two = tiny_data / "snapshots" / "2020-06-30.r1", publish_tiny(tmp_path)
    for file in one.iterdir():
        assert file.read_bytes() == (two / file.name).read_bytes(), file.name


def test_the_manifest_says_what_is_in_the_folder(tiny_data):
    path = tiny_data / "snapshots" / "2020-06-30.r1"
    manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["tables"]) == {f.stem for f in path.glob("*.parquet")}
    assert manifest["is_synthetic"] is True
    assert manifest["asof"] == "2020-06-30"
    assert manifest["contract_version"] == contract.version()
    assert manifest["tables"]["funds"]["rows"] == read_tiny()["funds"].num_rows
    assert {"获批", "到账", "支出"} == set(manifest["control_totals"])
    assert len(manifest["checks_passed"]) == len(queries.folder("checks"))
    assert all(os.stat(f).st_mode & 0o222 == 0 for f in path.iterdir())


def test_columns_keep_the_names_of_the_contract(tiny_data):
    path = tiny_data / "snapshots" / "2020-06-30.r1"
    dictionary = contract.dictionary()
    for table, columns in dictionary.groupby("table_name").column_name:
        assert pa.parquet.read_schema(path / f"{table}.parquet").names == list(columns), table


def test_a_full_disk_is_said_in_a_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    def full(path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(durable, "sync", full)
    with pytest.raises(durable.NotWritten, match=r"磁盘已满，2018-03-31\.r1 没有发布，已有的快照不受影响"):
        staged.thin(tmp_path)
    assert not [p for p in (tmp_path / "snapshots").iterdir() if p.name != ".lock"]


SAID = [
    (OSError(errno.ENOSPC, "x"), "磁盘已满"),
    (OSError(errno.EDQUOT, "x"), "磁盘配额已用完"),
    (OSError(errno.EIO, "x"), "读写磁盘出错"),
    (duckdb.IOException('{"exception_type":"IO","exception_message":"No space left on device"}'), "磁盘已满"),
    (duckdb.IOException("IO Error: Could not write file: File too large"), "文件超过大小限制"),
    (duckdb.IOException("IO Error: something else"), "读写磁盘出错"),
    (duckdb.ConstraintException("Duplicate key"), ""),
    (ValueError("No space left on device"), ""),
]


@pytest.mark.parametrize(("error", "said"), SAID, ids=lambda v: v if isinstance(v, str) else "")
def test_what_the_disk_complains_of_is_put_into_words(error, said):
    assert durable.disk_says(error).startswith(said)
    assert bool(durable.disk_says(error)) == bool(said)


def test_verify_finds_no_fault_in_what_was_published_and_names_a_damaged_file(tiny_data, tmp_path):
    shutil.copytree(tiny_data, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "snapshots" / "2020-06-30.r1"
    found = list(verify.findings(path))
    assert [f.text for f in found if f.is_fault] == []
    assert any("CAL-01" in f.text for f in found)
    os.chmod(path / "funds.parquet", 0o644)
    (path / "funds.parquet").write_bytes(b"PAR1")
    (first, *_) = verify.findings(path)
    assert first.is_fault
    assert "funds.parquet" in first.text


def test_year_ends_after_the_as_of_date_are_not_known_yet(tiny_data):
    path = tiny_data / "snapshots" / "2020-06-30.r1"
    years = pa.parquet.read_table(path / "county_poverty_annual.parquet")["year"].to_pylist()
    assert max(years) == 2019 < ASOF.year == date(2020, 6, 30).year


def test_a_lock_that_cannot_be_let_go_does_not_undo_what_was_published(tmp_path, monkeypatch, capsys):
    release = filelock.FileLock.release

    def failing(lock, *args, **named) -> None:
        release(lock, *args, **named)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(filelock.FileLock, "release", failing)
        with durable.locked(tmp_path):
            (tmp_path / "done").touch()
    assert (tmp_path / "done").exists()
    assert "的锁没有放开" in (told := capsys.readouterr().err)
    assert "已完成的不受影响" in told


def test_an_interrupted_query_is_no_fault_of_the_rows():
    with duckdb.connect() as db, pytest.raises(KeyboardInterrupt), publish._refusing(db, "funds", "funds"):
        raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")
