"""The folders of published snapshots: their names, manifests and files, and the leases of the processes that read them.

A lease is a shared lock of the operating system on a folder. It ends with its process, however that ends; a folder with
a lease on it is not removed.
"""

import fcntl
import functools
import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from yunnan import settings
from yunnan.data import due_dates
from yunnan.words import disk_errors

WRITTEN = {"asof", "revision", "is_synthetic", "published_at", "note", "contract_version", "checks_passed", "tables"}
RETRACTED = ".retracted.json"  # after a snapshot's id: that it was closed, and why
ID = re.compile(r"\d{4}-\d{2}-\d{2}\.r\d+")


class NoSnapshot(Exception):
    """There is no such published snapshot."""


class Damaged(Exception):
    """A snapshot's files are not those that its manifest names; the message is a sentence for the reader."""

    remedy = "请通知维护人员用备份恢复"

    def __init__(self, snapshot: str, sentence: str) -> None:
        super().__init__(f"快照 {snapshot} {sentence}")
        self.snapshot = snapshot


class Unlisted(Damaged):
    """The folder of snapshots cannot be listed, so it must not be taken for an empty one."""

    def __init__(self, folder: Path, error: OSError) -> None:
        place = f"{folder.parent.name}/{folder.name}"
        message = f"快照文件夹 {place} 列不出来（{disk_errors.why(error)}），不知有哪些快照；请检查它的权限"
        Exception.__init__(self, message)
        self.snapshot = ""


def published(folder: Path | None = None) -> list[str]:
    """The ids of all published snapshots that are open, newest first. Raises Unlisted."""
    closed = retracted(folder)
    return [name for name in ever_published(folder) if name not in closed]


def ever_published(folder: Path | None = None) -> list[str]:
    """The ids of all published snapshots, those closed since too, newest first. Raises Unlisted."""
    directory = folder or settings.snapshots_dir()
    try:
        ids = [name for name in listed(directory) if ID.fullmatch(name) and _has_manifest(directory / name)]
    except OSError as error:
        raise Unlisted(directory, error) from error
    return sorted(ids, key=lambda i: (day(i), revision(i)), reverse=True)


def retracted(folder: Path | None = None) -> dict[str, str]:
    """Id of each snapshot that was closed -> why; one whose line cannot be read stays closed. Raises Unlisted."""
    directory = folder or settings.snapshots_dir()
    lines = [name for name in listed(directory) if name.endswith(RETRACTED)]
    return {name.removesuffix(RETRACTED): _why(directory / name) for name in lines}


def _why(line: Path) -> str:
    try:
        return str(json.loads(line.read_text(encoding="utf-8"))["why"])
    except (OSError, ValueError, KeyError, TypeError):
        return "原因读不出来"


def path_of(snapshot_id: str) -> Path:
    """The folder of a published snapshot that is open. Raises NoSnapshot, Unlisted."""
    path = settings.snapshots_dir() / snapshot_id
    if not ID.fullmatch(snapshot_id) or not (path / "manifest.json").is_file():
        raise NoSnapshot(f"没有编号为 {snapshot_id} 的快照")
    if why := retracted().get(snapshot_id):
        raise NoSnapshot(f"快照 {snapshot_id} 已关闭：{why}")
    return path


def listed(folder: Path) -> list[str]:
    """The names in a folder of snapshots; an empty list if there is no folder. Raises Unlisted."""
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Unlisted(folder, error) from error


def _has_manifest(path: Path) -> bool:
    """Whether the folder is a published snapshot. Raises OSError if it may not be read."""
    try:
        (path / "manifest.json").stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def day(snapshot_id: str) -> str:
    """The as-of date in an id: '2019-12-31'."""
    return snapshot_id.partition(".")[0]


def revision(snapshot_id: str) -> int:
    """The revision in an id: 2 in '2019-12-31.r2'."""
    return int(snapshot_id.partition(".r")[2])


def last_revision(asof: str, folder: Path | None = None) -> int:
    """The greatest revision ever published of an as-of date, those closed since too; 0 for none. Raises Unlisted."""
    return max((revision(name) for name in ever_published(folder) if day(name) == asof), default=0)


def manifest(path: Path) -> dict:
    """The manifest written at publication: rows, hashes, control totals, warnings. Raises Damaged.

    The dict is shared: callers must not change it.
    """
    try:
        state = (path / "manifest.json").stat()
        return _manifest(path, state.st_mtime_ns, state.st_size, state.st_ino)
    except (OSError, ValueError) as error:
        raise Damaged(path.name, "的清单 manifest.json 无法读取") from error


@functools.lru_cache(maxsize=64)
def _manifest(path: Path, *_state: int) -> dict:
    facts = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    if lacking := _lacking(facts):
        raise Damaged(path.name, f"的清单 manifest.json 不完整：没有 {'、'.join(lacking)}")
    if wrong := _misshapen(facts):
        raise Damaged(path.name, f"的清单 manifest.json 改坏了：{wrong}")
    return facts


def _misshapen(facts: dict) -> str:
    """The key of what a manifest may have and has in no right form; ''."""
    stage = facts.get("stage", {})
    if not isinstance(stage, dict) or not all(isinstance(word, str) for word in stage.values()):
        return "stage"
    return "" if "due_dates" not in facts or due_dates.is_fitting(facts["due_dates"]) else "due_dates"


def _lacking(facts: object) -> list[str]:
    """The keys that a manifest must have and this one lacks, or has without hashes."""
    if not isinstance(facts, dict):
        return sorted(WRITTEN)
    unsealed = {name for name in ("tables", "feedback") if not _is_sealed(facts.get(name, {}))}
    return sorted(WRITTEN - set(facts) | unsealed)


def _is_sealed(files: object) -> bool:
    """Whether a part of a manifest names a hash for each of its files."""
    return isinstance(files, dict) and all(isinstance(facts, dict) and "sha256" in facts for facts in files.values())


def damage(path: Path) -> Iterator[str]:
    """One sentence for each file that is missing or not as published.

    Raises Damaged where a file cannot be read: it may be as published, and is checked again the next time.
    """
    content = manifest(path)
    files = {f"{table}.parquet": facts for table, facts in content["tables"].items()}
    files |= {f"feedback/{batch}.xlsx": facts for batch, facts in content.get("feedback", {}).items()}
    for name, facts in files.items():
        try:
            if hashlib.sha256((path / name).read_bytes()).hexdigest() != facts["sha256"]:
                yield f"文件 {name} 的内容与发布时不一致"
        except FileNotFoundError:
            yield f"缺少文件 {name}"
        except OSError as error:
            raise Damaged(path.name, f"的文件 {name} 无法读取（{disk_errors.why(error)}）") from error


def state(path: Path) -> tuple[tuple[str, int, int, int], ...]:
    """Path, inode, size and change time of each of a snapshot's files; differs if one is changed or removed."""
    entries = []
    for folder in (path, path / "feedback"):
        with suppress(OSError), os.scandir(folder) as files:
            entries += [(file.path, file.stat()) for file in files if file.is_file()]
    return tuple(sorted((name, status.st_ino, status.st_size, status.st_ctime_ns) for name, status in entries))


def lease(path: Path) -> int:
    """A file descriptor that holds a lease on the folder; os.close() ends the lease. Raises NoSnapshot."""
    gone = NoSnapshot(f"快照 {path.name} 已被清理")
    try:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        raise gone from None
    # If a prune is just removing the folder, this waits for it and then finds the folder gone. On file systems without
    # locks (some network ones) no folder is ever known to be free, and none is removed.
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_SH)
    if not _is_still(handle, path):
        os.close(handle)
        raise gone
    return handle


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether the folder has no leases; if so, none can be taken as long as the context lasts."""
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
    """Whether the folder that was opened is still at this path: it may have been removed before it was locked."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), path.stat())
    return False
