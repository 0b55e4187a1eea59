"""A demonstration and an office's own data never share a folder, and a demonstration can be taken away."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests import staged
from tests.ingest.corpus import HEAD, row, text
from yunnan import settings
from yunnan.cli.main import app
from yunnan.data import snapshot_folders, snapshots
from yunnan.publication import data_nature, merge, staging


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """A data folder in which there is nothing yet."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def file(tmp_path) -> str:
    """A return that can be received."""
    path = tmp_path / "怒江资金.csv"
    path.write_bytes(text(HEAD, row(项目=None))())
    return str(path)


def run(*typed: str):
    return CliRunner(env={"COLUMNS": "200"}).invoke(app, typed)


def receive(file: str, *more: str):
    return run("ingest", file, "--period", "2020Q2", "--replace", *more)


def test_a_return_is_not_received_beside_a_demonstration_and_the_ways_out_are_said(data, tiny_data, file):
    shutil.copytree(tiny_data / "snapshots", data / "snapshots")
    result = receive(file)
    assert (result.exit_code, staging.paths()) == (1, [])
    (sentence,) = result.stderr.splitlines()
    for part in ("快照 2020-06-30.r1", "demo --remove", "YUNNAN_DATA_DIR", "--synthetic"):
        assert part in sentence


def test_practice_on_a_demonstration_stays_a_demonstration(data, tiny_data, file):
    shutil.copytree(tiny_data / "snapshots", data / "snapshots")
    assert receive(file, "--synthetic").exit_code == 0
    assert run("publish", "--as-of", "2020-06-30").exit_code == 0
    assert snapshots.find("2020-06-30.r2").manifest["is_synthetic"] is True


@pytest.mark.parametrize("is_published", [True, False], ids=["published", "staged"])
def test_no_demonstration_is_made_or_practised_where_an_offices_data_is(data, official_data, file, is_published):
    if is_published:
        shutil.copytree(official_data / "snapshots", data / "snapshots")
    else:
        receive(file)
    before = sorted(data.rglob("*"))
    for typed in (["demo"], ["ingest", file, "--period", "2020Q2", "--synthetic"]):
        result = run(*typed)
        assert result.exit_code == 1
        assert "真实数据" in result.stderr
    assert sorted(data.rglob("*")) == before


def test_no_demonstration_is_made_in_a_folder_of_official_snapshots_elsewhere(data, official_data):
    result = run("demo", "--into", str(official_data / "snapshots"))
    assert (result.exit_code, data.exists()) == (1, False)
    assert "快照 2020-06-30.r1" in result.stderr


def test_taking_the_demonstration_away_leaves_all_else_byte_for_byte(data, thin_data, file):
    receive(file)
    (data / "log").mkdir()
    (data / "log" / "2026.jsonl").write_text("{}\n")
    own = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    shutil.copytree(thin_data / "snapshots", data / "snapshots", dirs_exist_ok=True)
    batch = staged.stage(data, "funds", [staged.fund(900001)])
    (data / "demo" / "2020Q2").mkdir(parents=True)
    (data / "demo" / "2020Q2" / "演示.csv").write_text("1")
    result = run("demo", "--remove")
    assert result.exit_code == 0, result.output
    for name in ("2018-03-31.r1", batch, str(data / "demo")):
        assert name in result.stdout
    left = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert left == own | {data / "snapshots" / ".lock": b""}
    assert "没有演示数据" in run("demo", "--remove").stdout
    assert receive(file).exit_code == 0


def test_a_snapshot_in_which_both_were_mixed_before_is_put_aside_and_its_own_returns_are_named(data, file):
    receive(file)
    path = merge.publish_staged(date(2020, 6, 30)).path
    manifest = path / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text(manifest.read_text("utf-8").replace('"is_synthetic": false', '"is_synthetic": true'), "utf-8")
    result = run("demo", "--remove")
    assert "怒江资金.csv" in result.stdout
    assert snapshots.published() == []
    assert (data / "removed" / path.name / "funds.parquet").is_file()
    again = merge.publish_staged(date(2020, 6, 30))
    assert [batch.file for batch in again.taken] == ["怒江资金.csv"]


def test_a_damaged_snapshot_of_the_demonstration_is_put_aside_each_time_and_never_stops_the_rest(data, thin_data):
    for n, aside in enumerate(("2018-03-31.r1", "2018-03-31.r1-2")):
        shutil.copytree(thin_data / "snapshots", data / "snapshots", dirs_exist_ok=True)
        file = data / "snapshots" / "2018-03-31.r1" / "snapshot_manifest.parquet"
        file.chmod(0o644)
        file.write_bytes(b"")
        result = run("demo", "--remove")
        assert result.exit_code == 0
        assert f"已移到 {data / 'removed' / aside}：它已损坏，有没有混入真实报表读不出来" in result.stdout
        assert len(list((data / "removed").iterdir())) == n + 1


def test_a_snapshot_of_the_demonstration_that_is_being_read_stays_and_is_named(data, thin_data):
    shutil.copytree(thin_data / "snapshots", data / "snapshots")
    lease = snapshot_folders.lease(data / "snapshots" / "2018-03-31.r1")
    try:
        result = run("demo", "--remove")
    finally:
        os.close(lease)
    assert result.exit_code == 1
    assert "正在使用" in result.stdout
    assert snapshots.published() == ["2018-03-31.r1"]


@pytest.mark.parametrize(
    ("there", "named", "makes"),
    [
        (None, None, True),
        ("snapshots/2020-06-30.r1/manifest.json", None, False),
        ("staging/funds-533300-2020Q2-000001/batch.json", None, False),
        ("deadline.json", None, False),
        (None, "elsewhere", False),
    ],
)
def test_make_run_makes_the_demo_only_in_its_own_empty_folder(tmp_path, there, named, makes):
    if there:
        (tmp_path / "data" / there).parent.mkdir(parents=True)
        (tmp_path / "data" / there).touch()
    environment = {"PATH": os.environ["PATH"]} | ({"YUNNAN_DATA_DIR": named} if named else {})
    done = subprocess.run(["sh", "-euc", line_of_the_demo()], cwd=tmp_path, env=environment, capture_output=True,
                          text=True, check=True)  # fmt: skip
    assert done.stdout == ("-m yunnan demo\n" if makes else "")


def line_of_the_demo() -> str:
    """What `make run` does before it starts the server, with echo in the place of Python."""
    lines = (settings.ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    line = next(line for line in lines if line.startswith("\t@[") and "yunnan demo" in line)
    return line.strip().removeprefix("@").replace("$$", "$").replace("$(PY)", "echo")


def test_a_folder_is_of_one_nature_by_snapshots_and_by_what_waits(data, thin_data):
    assert data_nature.contents() == data_nature.Contents()
    shutil.copytree(thin_data / "snapshots", data / "snapshots")
    staged.stage(data, "funds", [staged.fund(900001)], file="新.xlsx")
    assert data_nature.contents() == data_nature.Contents(["快照 2018-03-31.r1", "暂存的 新.xlsx"], [])
