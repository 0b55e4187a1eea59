"""A snapshot is opened read-only, only as published, and only as far as one may see."""

import json
import os
import shutil
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import duckdb
import numpy as np
import pandas as pd
import pytest

from yunnan import settings
from yunnan.data import answer_cache, contract, held_connections, record_selection, snapshots


@pytest.fixture
def copy(tiny_data, tmp_path, monkeypatch):
    """A private copy of the published snapshot that a test may damage."""
    shutil.copytree(tiny_data, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    return tmp_path / "snapshots" / "2020-06-30.r1"


ATTACKS = [
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/hostname')",
    "select * from glob('/*')",
    "select * from read_parquet('{other}')",
    "copy funds to '{target}'",
    "copy (select 1) to '{target}' (format csv)",
    "export database '{target}'",
    "attach '{target}' as other",
    "create table mine as select 1",
    "insert into indicator_values select * from indicator_values",
    "delete from scores",
    "update periods set label = 'x'",
    "drop view funds",
    "drop table scores",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "set allowed_paths = ['/']",
    "set global python_enable_replacements = true",
    "set memory_limit = '100GB'",
    "select * from beneficiaries",
    "with gone as (delete from scores returning *) select * from gone",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_can_be_written_and_nothing_else_be_read(snapshot, tmp_path, attack):
    other = snapshot.path / "beneficiaries.parquet"
    target = tmp_path / "stolen"
    with snapshots._open(snapshot.path, None).cursor() as cursor:
        cursor.execute("begin transaction read only")
        with pytest.raises(duckdb.Error):
            cursor.execute(attack.format(other=other, target=target)).fetchall()
    assert not list(tmp_path.iterdir())


def test_person_rows_are_not_there_at_all(snapshot):
    with snapshots._open(snapshot.path, None).cursor() as cursor:
        views = {
            name for (name,) in cursor.execute("select view_name from duckdb_views() where not internal").fetchall()
        }
        tables = {name for (name,) in cursor.execute("select table_name from duckdb_tables()").fetchall()}
    assert "funds" in views
    assert "beneficiaries" not in views | tables


def test_a_frame_is_the_callers_own(snapshot):
    first = snapshot.table("frame/periods")
    first.loc[:, "label"] = "涂改"
    assert "涂改" not in set(snapshot.table("frame/periods").label)


def test_many_threads_read_the_same(snapshot):
    alone = {p: snapshot.table("values/of_place", period=p, place="530000") for p in ("2018", "2019", "2020H1")}
    snapshots._run.clear()
    wrong = []

    def read(period):
        for _ in range(10):
            if not snapshot.table("values/of_place", period=period, place="530000").equals(alone[period]):
                wrong.append(period)

    threads = [threading.Thread(target=read, args=(p,)) for p in alone for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_many_who_come_at_once_share_one_connection(copy):
    before = snapshots._held.cache_info().misses
    with ThreadPoolExecutor(12) as crowd:
        list(crowd.map(snapshots.find, ["2020-06-30.r1"] * 12))
    assert snapshots._held.cache_info().misses == before + 1


def test_answers_are_kept_up_to_so_many_bytes_and_the_least_used_goes_first():
    made = []

    @answer_cache.kept(room=220_000)
    def make(rows: int, name: str) -> pd.DataFrame:
        made.append(name)
        return pd.DataFrame({"n": np.zeros(rows)})

    for name in "abcdefgh":
        make(1400, name)  # 25 kB each: eight fit
    make(1400, "a")
    make(1400, "i")
    assert made == [*"abcdefghi"]
    assert make.used <= make.room
    make(1400, "a")
    assert made[-1] == "i"
    make(1400, "b")  # had to make room
    make(5000, "large")  # more than an eighth of the room is not kept
    make(5000, "large")
    assert made[-3:] == ["b", "large", "large"]


def test_what_a_reader_does_with_an_answer_leaves_nothing_with_the_one_that_is_kept():
    kept = answer_cache.kept(room=220_000)(lambda: pd.DataFrame({"n": np.zeros(9)}))
    for frame in (kept(), kept()):
        frame.loc[0, "n"] = 1
    views = [kept().iloc[1:] for _ in range(5)]
    ((held, _),) = kept.answers.values()
    assert held.n.tolist() == [0] * 9
    assert not any(np.shares_memory(held.n.to_numpy(), view.n.to_numpy()) for view in views)


def test_back_of_house_queries_are_not_for_pages(snapshot):
    with pytest.raises(KeyError, match="run at publication"):
        snapshot.table("indicators/P1_09", start_date="2019-01-01", end_date="2019-12-31")


def test_a_changed_file_is_refused_by_name(copy):
    file = copy / "scores.parquet"
    os.chmod(file, 0o644)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(snapshots.Damaged, match=r"2020-06-30\.r1.*scores\.parquet"):
        snapshots.find("2020-06-30.r1")


def test_a_missing_file_and_an_unreadable_manifest_are_refused_by_name(copy):
    (copy / "funds.parquet").unlink()
    with pytest.raises(snapshots.Damaged, match=r"缺少文件 funds\.parquet"):
        snapshots.find("2020-06-30.r1")
    os.chmod(copy / "manifest.json", 0o644)
    (copy / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(snapshots.Damaged, match=r"manifest\.json"):
        snapshots.find("2020-06-30.r1")


def test_a_file_that_cannot_be_read_just_now_is_not_remembered_as_damaged(copy):
    funds, state = copy / "funds.parquet", ("what the system knows has not changed",)
    funds.rename(copy / "aside")
    funds.mkdir()
    with pytest.raises(snapshots.Damaged, match=r"2020-06-30\.r1 的文件 funds\.parquet 无法读取（是文件夹，不是文件）"):
        held_connections._faults(copy, state)
    funds.rmdir()
    (copy / "aside").rename(funds)
    assert held_connections._faults(copy, state) == ()


@pytest.mark.parametrize(
    "told", ["{}", "[]", "null", '{"tables": 5}', '{"tables": {"funds": {"rows": 1}}}', '{"feedback": []}']
)
def test_a_manifest_that_lacks_what_publication_writes_is_refused_by_name(copy, told):
    os.chmod(copy / "manifest.json", 0o644)
    (copy / "manifest.json").write_text(told, encoding="utf-8")
    with pytest.raises(snapshots.Damaged, match=r"2020-06-30\.r1 的清单 manifest\.json 不完整：没有 .*tables"):
        snapshots.find("2020-06-30.r1")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("stage", value) for value in (5, "abc", [1], {"title": 3})),
        *(("due_dates", value) for value in (5, {"deadline": "x"}, {"deadline": "10 18:00", "first": "2026"})),
        ("due_dates", {"deadline": "10 18:00", "first": None, "senders": "533300"}),
        ("due_dates", {"deadline": "10 18:00", "first": None, "senders": ["539999"]}),
    ],
)
def test_a_manifest_with_what_cannot_be_is_refused_by_name(copy, key, value):
    file = copy / "manifest.json"
    os.chmod(file, 0o644)
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {key: value}), encoding="utf-8")
    with pytest.raises(snapshots.Damaged, match=rf"manifest\.json 改坏了：{key}"):
        snapshots.find("2020-06-30.r1")


def test_files_are_read_again_for_their_hashes_only_when_the_system_knows_of_a_change(copy):
    snapshots.find("2020-06-30.r1")
    before = held_connections._faults.cache_info().misses
    snapshots.find("2020-06-30.r1").table("frame/places")
    assert held_connections._faults.cache_info().misses == before
    os.utime(copy / "funds.parquet")
    assert snapshots.find("2020-06-30.r1").id == "2020-06-30.r1"
    assert held_connections._faults.cache_info().misses == before + 1


@pytest.mark.parametrize("nonsense", ["", "..", "2020-06-30", "2020-06-30.r9", "../2020-06-30.r1", "2020-06-30.r1/x"])
def test_an_unknown_id_is_no_snapshot(copy, nonsense):
    with pytest.raises(snapshots.NoSnapshot):
        snapshots.find(nonsense)


def test_newest_first_by_date_then_revision(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    for name in ("2019-12-31.r2", "2019-12-31.r10", "2020-06-30.r1", ".building.2020-09-30.r1", "leftover"):
        (tmp_path / "snapshots" / name).mkdir(parents=True)
        (tmp_path / "snapshots" / name / "manifest.json").write_text("{}")
    assert snapshots.published() == ["2020-06-30.r1", "2019-12-31.r10", "2019-12-31.r2"]


@pytest.mark.parametrize("table", ["organizations", "projects"])
def test_a_row_of_another_prefecture_names_no_file_and_no_line(snapshot, table):
    seen = snapshots.find(snapshot.id, frozenset({"532900"}))  # P00004 is mainly in 533300 and reaches 532900
    selection, _ = record_selection.read(table, {"columns": "all"})
    columns = ("prefecture_code", "source_file", "source_row")
    rows = [row for rows in seen.rows(selection.query, columns, order="", **selection.params) for row in rows]
    own = {row[1:] for row in rows if row[0] == "532900"}
    elsewhere = {row[1:] for row in rows if row[0] != "532900"}
    assert elsewhere == {("其他州市的报表", 0)}
    assert ("其他州市的报表", 0) not in own


def test_a_scope_sees_its_own_prefectures_and_the_provinces_published_totals(snapshot):
    nujiang = snapshots.find(snapshot.id, frozenset({"533300"}))
    rows = nujiang.table(
        "funds/rows",
        **{name: [] for name in ("stages", "sources", "forms", "programmes", "prefectures")},
        start_date="2018-01-01",
        end_date="2020-12-31",
        page_size=1000,
        page_start=0,
    )
    elsewhere = rows[rows.prefecture_name != "怒江"]  # money of a project of 怒江 that 省本级 received
    assert 0 < len(elsewhere) < len(rows)
    assert elsewhere.org_name.isna().all()
    assert set(elsewhere.source_file) == {"其他州市的报表"}
    seen = nujiang.table("measures/by_prefecture", measure="P1-08", period="2019")
    assert set(seen.region_code) == {"533300"}  # 省本级 is nobody's
    assert seen.place_rank.isna().all()
    province = nujiang.table("values/of_place", period="2019", place="530000")
    whole = snapshot.table("values/of_place", period="2019", place="530000")
    pd.testing.assert_series_equal(province.value, whole.value)
    assert nujiang.table("values/of_place", period="2019", place="530100").value.isna().all()


def test_an_old_link_still_shows_the_old_numbers(copy, revised_data):
    def told(snapshot_id: str) -> pd.DataFrame:
        return snapshots.find(snapshot_id).table("values/of_place", period="2019", place="530000")

    before = told("2020-06-30.r1")
    shutil.copytree(revised_data / "snapshots" / "2020-06-30.r2", copy.with_name("2020-06-30.r2"))
    assert snapshots.published()[0] == "2020-06-30.r2"
    pd.testing.assert_frame_equal(before, told("2020-06-30.r1"))
    assert not before.equals(told("2020-06-30.r2"))


def test_the_dictionary_explains_every_column():
    table = contract.dictionary()
    assert len(table) > 200
    assert table.comment.notna().all()
    assert table.table_comment.notna().all()


def test_a_connection_is_made_anew_after_so_many_queries_and_whoever_reads_from_the_old_one_reads_on(
    snapshot, monkeypatch
):
    """DuckDB holds something of every query until the connection is closed: a server of many months would grow."""
    monkeypatch.setattr(held_connections, "MOST_QUERIES", 3)
    snapshots._held.cache_clear()
    first = snapshots._open(snapshot.path, None)
    with first.cursor() as reading:
        rows = reading.execute("select * from funds")
        head = rows.fetchone()
        opened = [snapshots._open(snapshot.path, None) for _ in range(4)]
        assert opened[:2] == [first, first]
        assert opened[2] == opened[3] != first
        lease = weakref.ref(first)
        del first, opened
        assert 1 + len(rows.fetchall()) == len(snapshot.whole("funds")), head
    del reading, rows
    assert lease() is None, "closed, and its lease given back"
