"""The log of exports is one unbroken chain; whoever meddles with it is found out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from tests.test_files import events
from yunnan import settings as house
from yunnan.__main__ import app as command_line
from yunnan.exports import log

WRITER = """
import sys
from pathlib import Path
from yunnan.exports import log
for n in range(40):
    log.append(Path(sys.argv[1]), {"event": "试", "n": n, "by": sys.argv[2]})
"""


def test_two_processes_that_write_at_once_make_one_chain(tmp_path):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name], cwd=house.ROOT) for name in ("甲", "乙")
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    assert log.check(tmp_path) == (80, [])
    assert sorted((event["by"], event["n"]) for event in events(tmp_path)) == [
        (name, n) for name in sorted("甲乙") for n in range(40)
    ]


def test_a_clock_that_was_set_back_does_not_break_the_chain(tmp_path):
    log.append(tmp_path, {"event": "一"})
    (file,) = log.files(tmp_path)
    file.rename(tmp_path / "exports-2999-12.jsonl")
    log.append(tmp_path, {"event": "二"})
    assert [file.name for file in log.files(tmp_path)] == ["exports-2999-12.jsonl"]
    assert log.check(tmp_path) == (2, [])


def test_a_new_month_is_a_new_file_of_the_same_chain(tmp_path):
    log.append(tmp_path, {"event": "一"})
    (file,) = log.files(tmp_path)
    file.rename(tmp_path / "exports-2000-01.jsonl")
    log.append(tmp_path, {"event": "二"})
    assert len(log.files(tmp_path)) == 2
    assert log.check(tmp_path) == (2, [])
    (tmp_path / "exports-2000-01.jsonl").unlink()
    assert "不衔接" in "".join(log.check(tmp_path)[1])


def test_half_a_line_left_by_a_power_cut_is_mended_by_the_next(tmp_path):
    for n in range(2):
        log.append(tmp_path, {"event": n})
    (file,) = log.files(tmp_path)
    file.write_bytes(file.read_bytes() + b'{"at": "2026-11')
    assert log.check(tmp_path)[1] == [f"{file.name} 第3行：不是完整的记录"]
    log.append(tmp_path, {"event": 2})
    assert log.check(tmp_path) == (3, [])


def five_lines(folder: Path) -> tuple[Path, list[bytes]]:
    for n in range(5):
        log.append(folder, {"event": "试", "n": n})
    (file,) = log.files(folder)
    return file, file.read_bytes().splitlines(keepends=True)


def forged(line: bytes) -> bytes:
    """A line with another content and the hash that fits it."""
    told = json.loads(line) | {"n": 99}
    return (json.dumps(told | {"hash": log.seal(told)}, ensure_ascii=False) + "\n").encode()


MEDDLING = {
    "a word is changed": lambda x: [*x[:2], x[2].replace(b'"n": 2', b'"n": 7'), *x[3:]],
    "a line is forged with its hash": lambda x: [*x[:2], forged(x[2]), *x[3:]],
    "the last line is forged with its hash": lambda x: [*x[:4], forged(x[4])],
    "a line is deleted": lambda x: [*x[:2], *x[3:]],
    "the first line is deleted": lambda x: x[1:],
    "the last line is deleted": lambda x: x[:4],
    "all but the first are deleted": lambda x: x[:1],
    "all lines are deleted": lambda x: [],
    "the last line is cut in the middle": lambda x: [*x[:4], x[4][:40]],
    "a line is doubled": lambda x: [*x[:3], *x[2:]],
    "a line is put at the end": lambda x: [*x, forged(x[4])],
    "two lines change places": lambda x: [x[0], x[2], x[1], *x[3:]],
    "a line is no JSON": lambda x: [*x[:2], b"rubbish\n", *x[3:]],
    "a line is another kind of JSON": lambda x: [*x[:2], b"[1]\n", *x[3:]],
    "a line is not text": lambda x: [*x[:2], b"\xff\xfe\n", *x[3:]],
}  # fmt: skip


@pytest.mark.parametrize("what", MEDDLING)
def test_whoever_meddles_with_the_log_is_found_out(tmp_path, what):
    file, written = five_lines(tmp_path)
    assert log.check(tmp_path) == (5, [])
    file.write_bytes(b"".join(MEDDLING[what](written)))
    good, faults = log.check(tmp_path)
    assert faults, what
    assert good <= 5
    result = CliRunner(env={"COLUMNS": "300"}).invoke(command_line, ["verify-log", str(tmp_path)])
    assert result.exit_code == 1
    assert all(fault in result.stdout for fault in faults)


def test_a_log_without_its_end_or_without_its_files_is_found_out(tmp_path):
    file, _ = five_lines(tmp_path)
    (tmp_path / "end.json").unlink()
    assert log.check(tmp_path) == (5, ["缺少 end.json，无法确认末尾是否完整"])
    log.append(tmp_path, {"event": "试"})
    assert log.check(tmp_path) == (6, [])
    file.unlink()
    assert "末尾有记录被删除" in "".join(log.check(tmp_path)[1])


def test_verify_log_says_how_many_lines_are_good(tmp_path, monkeypatch):
    monkeypatch.setattr(house, "DATA_DIR", tmp_path)
    five_lines(tmp_path / "log")
    result = CliRunner(env={"COLUMNS": "300"}).invoke(command_line, ["verify-log"])
    assert result.exit_code == 0
    assert result.stdout.strip() == f"✓ {tmp_path / 'log'}：1 个文件，5 行完好"


def test_verify_log_is_calm_when_nothing_was_ever_exported(tmp_path, monkeypatch):
    monkeypatch.setattr(house, "DATA_DIR", tmp_path)
    result = CliRunner(env={"COLUMNS": "300"}).invoke(command_line, ["verify-log"])
    assert result.exit_code == 0
    assert "没有导出日志" in result.stdout


def test_a_log_whose_last_line_is_spoilt_takes_no_more_until_it_is_looked_at(tmp_path):
    file, written = five_lines(tmp_path)
    file.write_bytes(b"".join([*written[:4], b"rubbish\n"]))
    with pytest.raises(log.CannotLog, match="verify-log"):
        log.append(tmp_path, {"event": "试"})
    assert file.read_bytes().endswith(b"rubbish\n")


def test_a_lock_that_is_never_released_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "PATIENCE", 0.1)
    with FileLock(tmp_path / ".lock"), pytest.raises(log.CannotLog, match="另一个程序"):
        log.append(tmp_path, {"event": "试"})
