"""Writing a log: one line of JSON an event, on disk before append() returns; nothing here ever deletes a line but the
rule of keeping, which leaves word of it. What a log is and how it is checked stands in chain.py.
"""

import json
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from yunnan.access.log_chain import START, Chain, digest, parsed
from yunnan.words import disk_errors

PATIENCE = 10  # seconds to wait for another writer
TAIL = 1 << 20  # bytes of a file's end in which its last line is looked for


class CannotLog(Exception):
    """The log cannot be written, and why; nothing may be exported without it."""


def append(chain: Chain, event: dict) -> None:
    """Add one event, on disk before this returns. Raises CannotLog, leaving the log as it was."""
    try:
        chain.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(chain.lock, timeout=PATIENCE):
            line = _append(chain, event)
    except (OSError, Timeout, ValueError) as error:
        print(f"{chain.folder}: {error}", file=sys.stderr, flush=True)
        raise CannotLog(f"{'导出' if chain.name == 'exports' else '访问'}日志无法写入：{_why(error)}") from error
    if sys.stderr.isatty():
        return  # a terminal is nobody's journal
    with suppress(OSError):  # for the journal: `verify-log --heads` holds the log against it
        head = {"log": chain.name, "no": line["no"], "hash": line["hash"]}
        print(json.dumps(head), file=sys.stderr, flush=True)


def outdated(chain: Chain, oldest: str) -> list[Path]:
    """The files of months before this one, '2025-11'; never the last of all."""
    return [file for file in chain.files()[:-1] if file.stem.removeprefix(f"{chain.name}-") < oldest]


def drop(chain: Chain, oldest: str) -> list[Path]:
    """Take these files away: a mark says where the chain goes on, and a line that they are gone. Raises CannotLog."""
    try:
        with FileLock(chain.lock, timeout=PATIENCE):
            gone = outdated(chain, oldest)
            if not gone or not (last := _last(gone)):
                return []
            until = {"no": _number_in(chain, gone, last), "hash": last["hash"], "until": gone[-1].name}
            _set_mark(chain, "start", until)
            for file in gone:
                file.unlink()
    except (OSError, Timeout, ValueError) as error:
        raise CannotLog(f"日志没有清理：{_why(error)}") from error
    append(chain, {"event": "pruned", "files": [file.name for file in gone]})
    return gone


def _append(chain: Chain, event: dict) -> dict:
    files = chain.files()
    last, half = _last(files), _half(files)
    now = datetime.now(UTC)
    line = {"at": now.isoformat(timespec="milliseconds"), **event, "before": last.get("hash", START)}
    line |= {"no": _number(chain, last) + 1, **_cut(chain, last), **({"half": digest(half)} if half else {})}
    line = chain.sealed(line)
    # A clock that was set back must not put a line before those already there.
    name = max([f"{chain.name}-{now:%Y-%m}.jsonl", *(file.name for file in files[-1:])])
    _write(chain, chain.folder / name, line, is_torn=bool(half) and files[-1].name == name)
    return line


def _number(chain: Chain, last: dict) -> int:
    """The number of the last line ever written, though it may be gone: the gap stays to be seen."""
    numbers = [mark.get("no", 0) for mark in (last, chain.marked("end"), chain.marked("start")) if mark]
    if "no" not in last and last:  # a log of before there were numbers
        numbers.append(sum(file.read_bytes().count(b"\n") for file in chain.files()))
    return max(numbers, default=0)


def _number_in(chain: Chain, files: list[Path], last: dict) -> int:
    """The number of the last line of these files, the first of the log; counted where lines have none."""
    start = int((chain.marked("start") or {}).get("no", 0))
    return last.get("no") or start + sum(file.read_bytes().count(b"\n") for file in files)


def _cut(chain: Chain, last: dict) -> dict:
    """{'cut': the end mark} where the mark does not name the last line; one line more is left by a power cut."""
    end = chain.marked("end")
    if end is None:
        return {"cut": {}} if last else {}
    if end.get("hash") not in (last.get("hash", START), last.get("before")) or ("key" in last and "key" not in end):
        return {"cut": end}
    return {}


def _write(chain: Chain, file: Path, line: dict, *, is_torn: bool) -> None:
    """The line, on its own after a torn one, and the mark that names it; or nothing at all."""
    size = file.stat().st_size if file.exists() else 0
    try:
        _put(file, (b"\n" if is_torn else b"") + _bytes(line), os.O_APPEND)
        _set_mark(chain, "end", {"no": line["no"], "hash": line["hash"]})
    except OSError:
        if file.exists():
            os.truncate(file, size)  # half a line, or one that no end names, would break the chain
        raise


def _set_mark(chain: Chain, which: str, facts: dict) -> None:
    mark = chain.mark(which)
    new = mark.with_suffix(".json.new")
    _put(new, _bytes(chain.sealed(facts, "seal") if chain.keys else facts), os.O_TRUNC)
    new.replace(mark)


def _bytes(facts: dict) -> bytes:
    return f"{json.dumps(facts, ensure_ascii=False)}\n".encode()


def _put(file: Path, left: bytes, how: int) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o640)
    try:
        while left:  # a disk that fills up takes a part first, and refuses only the rest
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _half(files: list[Path]) -> str:
    """Half a line at the end: the machine went down while it was written, so nothing has left on its account."""
    tail = _tail(files[-1]) if files else b""
    return tail.rpartition(b"\n")[2].decode("utf-8", "replace")


def _last(files: list[Path]) -> dict:
    """The last whole line; empty without one."""
    for file in reversed(files):
        whole = _tail(file).rpartition(b"\n")[0]
        if text := whole.split(b"\n")[-1]:
            line = parsed(text.decode("utf-8", "replace"))
            if "hash" not in line:
                raise ValueError(f"{file.name} 的末行不是完整的记录，请用 python -m yunnan verify-log 核对")
            return line
    return {}


def _tail(file: Path) -> bytes:
    with file.open("rb") as source:
        source.seek(max(0, file.stat().st_size - TAIL))
        return source.read()


def _why(error: Exception) -> str:
    if isinstance(error, Timeout):
        return f"另一个程序占用了它，等了{PATIENCE}秒"
    if isinstance(error, OSError):
        return disk_errors.why(error)
    return str(error)
