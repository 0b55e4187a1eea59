"""Pruning keeps what policy says and whatever somebody reads, and loses no staged return."""

import json
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import filelock
import pytest

from tests import staged
from yunnan import settings
from yunnan.data import snapshot_folders, snapshots
from yunnan.publication import durable, merge, prune

NOW = datetime(2026, 1, 1)
DAYS = ("2018-12-31", "2019-06-30", "2019-12-31")


@pytest.fixture
def one(thin_data) -> Path:
    return thin_data / "snapshots" / "2018-03-31.r1"


@pytest.fixture
def shelf(one, tmp_path, monkeypatch):
    """Make copies of a snapshot under other names; published so many days ago."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)

    def put(name: str, days: int = 1000) -> Path:
        path = tmp_path / "snapshots" / name
        shutil.copytree(one, path)
        (path / "manifest.json").chmod(0o644)
        told = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
        told["published_at"] = datetime.fromtimestamp(NOW.timestamp() - days * 86_400).isoformat()
        (path / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
        return path

    return put


@pytest.fixture
def twelve(shelf) -> list[str]:
    """Four revisions of each of three days."""
    return [shelf(f"{day}.r{n}").name for day in DAYS for n in (1, 2, 3, 4)]


def gone(**how) -> list[str]:
    return [fate.name for fate in prune.prune(now=NOW, **how) if fate.goes]


def test_the_newest_of_every_day_and_the_newest_of_all_stay(twelve):
    assert gone() == ["2019-12-31.r1", "2019-06-30.r3", "2019-06-30.r2", "2019-06-30.r1",
                      "2018-12-31.r3", "2018-12-31.r2", "2018-12-31.r1"]  # fmt: skip
    assert snapshots.published() == [
        "2019-12-31.r4",
        "2019-12-31.r3",
        "2019-12-31.r2",
        "2019-06-30.r4",
        "2018-12-31.r4",
    ]
    assert gone() == []


def test_how_many_of_the_newest_stay_can_be_said(twelve):
    gone(keep=1)
    assert snapshots.published() == [f"{day}.r4" for day in reversed(DAYS)]


def test_a_later_receipt_with_an_earlier_clock_stays_until_it_is_published(one, tmp_path, monkeypatch):
    shutil.copytree(one.parent.parent, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    staged.stage(tmp_path, "funds", [staged.fund(900001)], receipt=7, received_at="2031-01-01T00:00:00")
    merge.publish_staged(staged.ASOF)
    late = staged.stage(tmp_path, "funds", [staged.fund(900002)], receipt=8)
    prune.prune(all_ages=True)
    assert [path.name for path in (tmp_path / "staging").iterdir() if path.is_dir()] == [late]


def test_a_dry_run_tells_the_same_and_does_nothing(twelve):
    told = gone(dry_run=True)
    assert sorted(snapshots.published()) == sorted(twelve)
    assert gone() == told != []


def test_what_was_published_in_the_last_half_year_stays_unless_asked_otherwise(shelf):
    shelf("2019-12-31.r1", days=179), shelf("2019-12-31.r2", days=181), shelf("2019-12-31.r3")
    assert gone(keep=1) == ["2019-12-31.r2"]
    assert gone(keep=1, all_ages=True) == ["2019-12-31.r1"]


def test_a_snapshot_that_a_dashboard_reads_stays_until_it_is_let_go(shelf):
    shelf("2019-12-31.r1"), shelf("2019-12-31.r2")
    snapshots.find("2019-12-31.r1")
    (fate,) = [fate for fate in prune.prune(keep=1, now=NOW) if fate.name == "2019-12-31.r1"]
    assert (fate.goes, fate.why) == (False, "正在使用")
    assert snapshots.find("2019-12-31.r1").table("frame/periods").shape[0] > 0
    snapshots._run.clear()
    snapshots._held.cache_clear()
    assert gone(keep=1) == ["2019-12-31.r1"]


HOLDER = """
import sys, time
from yunnan.data import snapshots
snapshots.find("2019-12-31.r1")
print("open", flush=True)
sys.stdin.read()
"""


def test_another_process_that_is_killed_gives_its_lease_back(shelf):
    path = shelf("2019-12-31.r1")
    shelf("2019-12-31.r2")
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=settings.ROOT,
        env=os.environ | {"YUNNAN_DATA_DIR": str(path.parent.parent)},
    )  # fmt: skip
    with other:
        assert other.stdout.readline() == "open\n"
        assert gone(keep=1) == []
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert gone(keep=1) == ["2019-12-31.r1"]


def test_a_snapshot_that_is_being_taken_away_cannot_be_opened(shelf):
    path = shelf("2019-12-31.r1")
    durable.remove(path)
    with pytest.raises(snapshots.NoSnapshot):
        snapshot_folders.lease(path)
    assert not list(path.parent.glob("*"))


def test_a_lease_holds_until_it_is_closed(shelf):
    path = shelf("2019-12-31.r1")
    handle = snapshot_folders.lease(path)
    with snapshot_folders.alone(path) as is_free:
        assert not is_free
    os.close(handle)
    with snapshot_folders.alone(path) as is_free:
        assert is_free


def test_a_removal_that_was_interrupted_is_finished_by_the_next(shelf):
    left = shelf("2019-12-31.r1")
    left.rename(left.with_name(".removed.2019-12-31.r1"))
    shelf("2019-12-31.r2")
    gone()
    assert [path.name for path in left.parent.iterdir() if path.name != ".lock"] == ["2019-12-31.r2"]


def test_a_snapshot_whose_manifest_cannot_be_read_is_left_alone(shelf):
    shelf("2019-12-31.r1").joinpath("manifest.json").write_text("{", encoding="utf-8")
    shelf("2019-12-31.r2")
    assert gone(keep=1) == []


def test_pruning_waits_for_who_publishes(shelf):
    path = shelf("2019-12-31.r1")
    with filelock.FileLock(path.parent / ".lock"), pytest.raises(durable.Busy, match="请等它完成"):
        prune.prune(wait=0)


def test_a_staged_return_goes_when_every_newest_snapshot_it_belongs_to_holds_it(one, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    shutil.copytree(one.parent.parent, tmp_path, dirs_exist_ok=True)
    batch = staged.stage(tmp_path, "funds", [staged.fund(900001)])
    assert gone() == []
    merge.publish_staged(staged.ASOF)
    shutil.copytree(one, tmp_path / "snapshots" / "2018-06-30.r1")  # another day, without it
    assert gone() == []
    shutil.rmtree(tmp_path / "snapshots" / "2018-06-30.r1")
    assert gone() == [batch]
    assert not (tmp_path / "staging" / batch).exists()


def test_a_staged_return_that_lost_a_row_waits_until_the_row_counts_or_a_newer_return_stands(
    one, tmp_path, monkeypatch
):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    shutil.copytree(one.parent.parent, tmp_path, dirs_exist_ok=True)
    first = staged.stage(tmp_path, "beneficiaries", [staged.helped(1, "530602")], prefecture="530600", receipt=1)
    later = staged.stage(tmp_path, "beneficiaries", [staged.helped(2, "533301")], file="怒江.xlsx", receipt=2)
    merge.publish_staged(staged.ASOF)
    assert gone() == [first]
    mended = staged.stage(tmp_path, "beneficiaries", [staged.helped(3, "530602", 0xCC)], prefecture="530600", receipt=3)
    merge.publish_staged(staged.ASOF)
    assert gone(keep=9) == [later, mended]


def test_a_file_refused_whole_waits_until_it_is_recorded(one, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    shutil.copytree(one.parent.parent, tmp_path, dirs_exist_ok=True)
    bad = staged.stage(tmp_path, "funds", None, received_at="2018-04-01T08:00:00")
    assert gone() == []
    staged.stage(tmp_path, "activities", [staged.activity(1)])
    merge.publish_staged(staged.ASOF)
    assert bad in gone()


def test_a_reader_who_comes_while_a_folder_is_taken_away_waits_and_finds_it_gone(tmp_path):
    folder = tmp_path / "2018-03-31.r2"
    folder.mkdir()
    with ThreadPoolExecutor(1) as pool:
        with snapshot_folders.alone(folder) as is_free:
            assert is_free
            coming = pool.submit(snapshot_folders.lease, folder)
            with pytest.raises(TimeoutError):
                coming.result(timeout=0.3)
            folder.rename(tmp_path / "gone")
        with pytest.raises(snapshot_folders.NoSnapshot):
            coming.result()
