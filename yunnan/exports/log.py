"""The log of exports: one line of JSON an event, each sealed with the hash of the one before it.

data/log/exports-2026-11.jsonl, a file a month; nothing here ever deletes a line. end.json beside them names the last
line, so that a log cut short is found out too.
"""

import errno
import hashlib
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

PATIENCE = 10  # seconds to wait for another writer
START = "0" * 64  # what the first line ever has before it
TAIL = 1 << 20  # bytes of a file's end in which its last line is looked for
FULL, CLOSED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG), (errno.EACCES, errno.EPERM, errno.EROFS)


class CannotLog(Exception):
    """The log cannot be written; without it nothing leaves the house. The sentence says why."""


def append(folder: Path, event: dict) -> None:
    """Add one event, on disk before this returns. Raises CannotLog, leaving the log as it was."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=PATIENCE):
            _append(folder, event)
    except (OSError, Timeout, ValueError) as error:
        print(f"{folder}: {error}", file=sys.stderr, flush=True)
        raise CannotLog(f"导出日志无法写入：{_why(error)}") from error


def check(folder: Path) -> tuple[int, list[str]]:
    """How many lines are as they were written and where they belong, and one sentence for each that is not."""
    good, faults, before = 0, [], START
    for file in files(folder):
        for number, text in enumerate(_lines(file), 1):
            line = _parsed(text)
            wrong = _wrong(line, before)
            faults += [f"{file.name} 第{number}行：{what}" for what in wrong]
            good += not wrong
            before = line.get("hash", before)
    return good, faults + _cut_short(folder, before)


def seal(line: dict) -> str:
    """The hash of a line without its own hash."""
    told = json.dumps({key: value for key, value in line.items() if key != "hash"}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def files(folder: Path) -> list[Path]:
    """The files of the log, oldest first."""
    return sorted(folder.glob("exports-*.jsonl"))


def _append(folder: Path, event: dict) -> None:
    known = files(folder)
    for file in known[-1:]:
        _mend(file)
    now = datetime.now(UTC)
    line = {"at": now.isoformat(timespec="milliseconds"), **event, "before": _last_hash(known)}
    line["hash"] = seal(line)
    # A clock that was set back must not put a line before those already there.
    name = max([f"exports-{now:%Y-%m}.jsonl", *(file.name for file in known[-1:])])
    _write(folder, folder / name, line)


def _write(folder: Path, file: Path, line: dict) -> None:
    size = file.stat().st_size if file.exists() else 0
    try:
        _put(file, line, os.O_APPEND)
        _put(folder / "end.json.new", {"hash": line["hash"]}, os.O_TRUNC)
        (folder / "end.json.new").replace(folder / "end.json")
    except OSError:
        if file.exists():
            os.truncate(file, size)  # half a line, or one that no end names, would break the chain
        raise


def _put(file: Path, told: dict, how: int) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o640)
    try:
        left = f"{json.dumps(told, ensure_ascii=False)}\n".encode()
        while left:  # a disk that fills up takes a part first, and refuses only the rest
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _mend(file: Path) -> None:
    """Drop half a line at the end: the machine went down while it was written, so nothing has left on its account."""
    tail = _tail(file)
    if tail and not tail.endswith(b"\n"):
        os.truncate(file, file.stat().st_size - len(tail) + tail.rfind(b"\n") + 1)


def _last_hash(known: list[Path]) -> str:
    for file in reversed(known):
        if lines := _tail(file).rstrip(b"\n").split(b"\n")[-1]:
            line = _parsed(lines.decode("utf-8", "replace"))
            if "hash" not in line:
                raise ValueError(f"{file.name} 的末行不是完整的记录，请用 python -m yunnan verify-log 核对")
            return line["hash"]
    return START


def _tail(file: Path) -> bytes:
    with file.open("rb") as source:
        source.seek(max(0, file.stat().st_size - TAIL))
        return source.read()


def _lines(file: Path) -> list[str]:
    # Not splitlines(): a filter may hold one of Unicode's other line ends.
    text = file.read_bytes().decode("utf-8", "replace").removesuffix("\n")
    return text.split("\n") if text else []


def _parsed(text: str) -> dict:
    try:
        line = json.loads(text)
    except ValueError:
        return {}
    return line if isinstance(line, dict) else {}


def _wrong(line: dict, before: str) -> list[str]:
    if "hash" not in line:
        return ["不是完整的记录"]
    altered = ["内容被改动过"] if line["hash"] != seal(line) else []
    return altered + (["与上一行不衔接，中间有记录被删除、插入或改动"] if line.get("before") != before else [])


def _cut_short(folder: Path, last: str) -> list[str]:
    try:
        end = _parsed((folder / "end.json").read_text(encoding="utf-8", errors="replace")).get("hash")
    except FileNotFoundError:
        return ["缺少 end.json，无法确认末尾是否完整"] if files(folder) else []
    return [] if end == last else ["末行不是 end.json 所记的那一行：末尾有记录被删除、添加或改动"]


def _why(error: Exception) -> str:
    if isinstance(error, Timeout):
        return f"另一个程序占用了它，等了{PATIENCE}秒"
    if isinstance(error, OSError):
        return "磁盘已满" if error.errno in FULL else "没有写入权限" if error.errno in CLOSED else "文件夹不能使用"
    return str(error)
