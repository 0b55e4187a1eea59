"""A folder of files that appears whole or not at all: filled beside, synced to disk, renamed while holding the lock.

The rename is the commit. Needs a local disk: locks do not hold on network file systems (docs/decisions.md).
"""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from yunnan.data import snapshot_folders
from yunnan.words import disk_errors

BUILDING, REMOVED = ".building.", ".removed."  # beginnings of folders that are not there for readers
WAIT = 60.0  # seconds that a publication or removal waits for another to end


class Busy(Exception):
    """Another process holds the lock, and has held it for as long as one waits."""


class NotWritten(Exception):
    """The disk did not take the files: why, and what to do. Nothing has changed."""


@contextmanager
def locked(folder: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the only right to add to or remove from the folder; unfinished folders of killed processes are removed.

    Raises Busy, folders.Unlisted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(folder / ".lock", timeout=wait)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise Busy(f"另一次发布、清理或备份正在进行，已等待 {wait:g} 秒；请等它完成后再试") from None
    try:
        sweep(folder)
        yield
    finally:
        try:
            lock.release()
        except OSError as error:  # what was done is done: it must not be taken for a failure of it
            message = f"{folder} 的锁没有放开（{disk_errors.why(error)}），已完成的不受影响；本程序结束后锁自行消失"
            print(message, file=sys.stderr, flush=True)


def sweep(folder: Path) -> None:
    """Remove what interrupted publications and removals left; call only while holding the lock. Raises Unlisted."""
    for name in snapshot_folders.listed(folder):
        if name.startswith((BUILDING, REMOVED)):
            shutil.rmtree(folder / name)


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """An empty folder beside the target; it is gone again if what fills it fails. Raises NotWritten."""
    made = target.with_name(BUILDING + target.name)
    try:
        made.mkdir()
        yield made
    except BaseException as error:
        shutil.rmtree(made, ignore_errors=True)
        if complaint := disk_says(error):
            raise NotWritten(f"{complaint}，{target.name} 没有发布，已有的快照不受影响；请处理磁盘后再试") from error
        raise


def commit(made: Path, target: Path) -> bool:
    """Give the filled folder its name; false if that is done but may not outlive a power failure."""
    files = [path for path in sorted(made.rglob("*")) if path.is_file()]
    for file in files:
        file.chmod(0o444)
        sync(file)
    for folder in sorted({file.parent for file in files} | {made}, reverse=True):
        sync(folder)
    made.rename(target)
    try:
        sync(target.parent)
    except OSError:
        return False  # the name is there: nothing may fail any more
    return True


def remove(path: Path) -> None:
    """Take a folder away: first its name, so that no reader finds half of it."""
    gone = path.with_name(REMOVED + path.name)
    path.rename(gone)
    sync(path.parent)
    shutil.rmtree(gone)


def sync(path: Path) -> None:
    """Have a file, or a folder's list of names, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def disk_says(error: BaseException) -> str:
    """The disk's fault in words; '' for any other error. DuckDB has no errno: its message text is searched instead."""
    number = getattr(error, "errno", None)
    if number is None:
        duckdb_text = str(error) if type(error).__module__.startswith(("duckdb", "_duckdb")) else ""
        number = next((code for code in (*disk_errors.FULL, errno.EIO) if os.strerror(code) in duckdb_text), None)
        number = number or (errno.EIO if "IO Error" in duckdb_text or '"exception_type":"IO"' in duckdb_text else None)
    return disk_errors.FULL.get(number, f"读写磁盘出错（{disk_errors.meaning(number)}）") if number else ""
