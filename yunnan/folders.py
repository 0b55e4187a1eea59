"""The folders of published snapshots: their names, manifests and files, and the leases of those who read them.

A lease is a shared lock of the operating system on a folder: it ends with its process, however that ends, and a folder
that somebody holds is not taken away.
"""

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from yunnan import settings

ID = re.compile(r"\d{4}-\d{2}-\d{2}\.r\d+")


class NoSnapshot(Exception):
    """There is no such published snapshot."""


class Damaged(Exception):
    """A snapshot's files are not those its manifest names."""


def published(folder: Path | None = None) -> list[str]:
    """Ids of all published snapshots, newest first."""
    found = [p.parent.name for p in (folder or settings.snapshots_dir()).glob("*/manifest.json")]
    return sorted(filter(ID.fullmatch, found), key=lambda i: (day(i), revision(i)), reverse=True)


def day(snapshot_id: str) -> str:
    """The as-of date in an id: '2019-12-31'."""
    return snapshot_id.partition(".")[0]


def revision(snapshot_id: str) -> int:
    """The revision in an id: 2 in '2019-12-31.r2'."""
    return int(snapshot_id.partition(".r")[2])


def manifest(path: Path) -> dict:
    """What was written at publication: rows, hashes, control totals, warnings. Raises Damaged."""
    try:
        return json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Damaged(f"快照 {path.name} 的清单 manifest.json 无法读取") from error


def damage(path: Path) -> Iterator[str]:
    """One sentence per file that is missing or is not the one published. Raises Damaged."""
    told = manifest(path)
    files = {f"{table}.parquet": facts for table, facts in told["tables"].items()}
    files |= {f"feedback/{batch}.xlsx": facts for batch, facts in told.get("feedback", {}).items()}
    for name, facts in files.items():
        if not (path / name).is_file():
            yield f"缺少文件 {name}"
        elif hashlib.sha256((path / name).read_bytes()).hexdigest() != facts["sha256"]:
            yield f"文件 {name} 的内容与发布时不一致"


def lease(path: Path) -> int:
    """A lease on the folder, to be closed with os.close() when it is read no more. Raises NoSnapshot."""
    gone = NoSnapshot(f"快照 {path.name} 已被清理")
    try:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        raise gone from None
    # Waits for whoever is just taking the folder away, and then finds it gone. Without locks (some network file
    # systems) nothing is known to be free either, and nothing is taken away.
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_SH)
    if not _is_still(handle, path):
        os.close(handle)
        raise gone
    return handle


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether nobody holds a lease on the folder."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        is_free = False
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_free = True
        yield is_free
    finally:
        os.close(handle)


def _is_still(handle: int, path: Path) -> bool:
    """What was opened still has this name: it may have been taken away before it was locked."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), path.stat())
    return False
