"""The whole installation -> one archive: snapshots, returns, what was taken back, logs, agendas, people; never a key.

A tar of files named as they lie below the data folder, and last backup.json: the SHA-256 of each, by name. Written
while holding the locks of publication and of receiving, beside its name, then renamed.
"""

import hashlib
import io
import json
import os
import stat
import tarfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import filelock

from yunnan import settings
from yunnan.data import agendas, due_dates, snapshot_folders
from yunnan.publication import data_nature, durable, staging
from yunnan.words import disk_errors

FORMAT, MANIFEST, PEOPLE = 1, "backup.json", "people.toml"
SETTINGS = (due_dates.FILE, data_nature.MARK)  # files of the data folder itself
FOLDERS = ("snapshots", "staging", "log", "removed", "agendas", "profiles")


class NotPossible(Exception):
    """No archive was written, or nothing was put in place; the sentence says why and what to do."""


@dataclass(frozen=True)
class Log:
    """A log as it is kept: its files by their names in the archive, and the lock of its writer."""

    files: Callable[[], dict[str, Path]]
    lock: Path


@dataclass
class Written:
    """What went into the archive, what did not, and whether all of it is as it was published and received."""

    path: Path
    sums: dict[str, str] = field(default_factory=dict)  # name of a file -> SHA-256
    sha256: str = ""  # of the archive
    nature: str = ""
    left_out: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def write(to: Path, logs: Sequence[Log] = (), wait: float = durable.WAIT) -> Written:
    """Write the archive, which must not exist yet.

    Raises NotPossible, durable.Busy, staging.Unreadable, snapshot_folders.Unlisted, agendas.Unlisted.
    """
    if to.exists():
        raise NotPossible(f"{to} 已经有了，没有备份；备份不覆盖旧的，请换一个文件名")
    if to.resolve().is_relative_to(settings.DATA_DIR.resolve()):
        raise NotPossible(f"{to} 在数据文件夹里，没有备份：它会成为数据的一部分，也会与数据一起丢失；请写到别处")
    if not settings.DATA_DIR.is_dir():
        raise NotPossible(f"数据文件夹 {settings.DATA_DIR} 还没有，没有可以备份的；请核对 YUNNAN_DATA_DIR")
    archive = Written(to)
    with (
        durable.locked(settings.snapshots_dir(), wait),
        _held(staging.folder() / ".lock", wait),
        _appearing(to) as file,
    ):
        archive.nature = _nature()
        out = _Hashing(file)
        with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            for name, path in _own_files(archive):
                archive.sums[name] = _add(tar, name, path)
            for log in logs:
                with _held(log.lock, wait):
                    for name, path in log.files().items():
                        archive.sums[name] = _add(tar, name, path)
            if not archive.sums:
                raise NotPossible(f"数据文件夹 {settings.DATA_DIR} 里什么也没有，没有备份；请核对 YUNNAN_DATA_DIR")
            facts = {"format": FORMAT, "at": settings.now().isoformat(), "nature": archive.nature}
            _add_text(tar, MANIFEST, json.dumps(facts | {"files": archive.sums}, ensure_ascii=False, indent=1))
        archive.sha256 = out.sum.hexdigest()
        archive.faults = list(_faults(archive.sums))
    return archive


def _nature() -> str:
    """Whether the data are a demonstration's or an office's own; '' where there are none. Raises NotPossible."""
    inventory = data_nature.contents()
    if inventory.invented and inventory.own:
        raise NotPossible(
            f"数据文件夹 {settings.DATA_DIR} 里既有{data_nature.INVENTED}又有{data_nature.OWN}，没有备份；"
            f"请先运行 {data_nature.WAY_OUT} 删去演示数据"
        )
    return data_nature.INVENTED if inventory.invented else data_nature.OWN if inventory.own else ""


@contextmanager
def _held(lock: Path, wait: float) -> Iterator[None]:
    """Nothing is received, or written into a log, as long as this lasts. Raises durable.Busy."""
    if not lock.parent.is_dir():
        yield
        return
    holding = filelock.FileLock(lock, timeout=wait)
    try:
        holding.acquire()
    except filelock.Timeout:
        raise durable.Busy(f"正在收报表或写日志（{lock}），已等待 {wait:g} 秒，没有备份；请稍后再试") from None
    try:
        yield
    finally:
        holding.release()


@contextmanager
def _appearing(to: Path) -> Iterator[BinaryIO]:
    """A file, readable by its owner alone, that has its name when it is whole and on the disk, or is gone."""
    made = to.with_name(f"{durable.BUILDING}{to.name}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        made.rename(to)
        durable.sync(to.parent)
    except BaseException as error:
        made.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise NotPossible(f"备份 {to} 没有写成：{disk_errors.why(error)}；请检查空间与权限") from error
        raise


def _own_files(archive: Written) -> Iterator[tuple[str, Path]]:
    """Each file to be kept with its name in the archive: only what the program itself has written, and no key."""
    folder = settings.snapshots_dir()
    for name in sorted(snapshot_folders.listed(folder)):
        if name.endswith(snapshot_folders.RETRACTED):
            yield f"snapshots/{name}", folder / name
    for name in snapshot_folders.ever_published():
        yield from _tree("snapshots", folder / name)
    for path in staging.paths():
        yield from _tree("staging", path)
    for path in sorted(staging.withdrawn_folder().glob("*.json")):
        yield f"staging/{path.parent.name}/{path.name}", path
    counter = staging.folder() / ".receipts"
    if counter.is_file():
        yield f"staging/{counter.name}", counter
    yield from _tree("", settings.DATA_DIR / "removed")
    yield from ((f"profiles/{path.name}", path) for path in sorted((settings.DATA_DIR / "profiles").glob("*.toml")))
    yield from ((name, settings.DATA_DIR / name) for name in SETTINGS if (settings.DATA_DIR / name).is_file())
    yield from _settled(archive)


def _settled(archive: Written) -> Iterator[tuple[str, Path]]:
    """The agendas and the file of people, which may lie outside the data folder."""
    for name in agendas.names():
        path = settings.AGENDAS_DIR / f"{name}.toml"
        if _is_key(path) or not _is_agenda(path):
            archive.left_out.append(f"{path}（不是议程）")
        else:
            yield f"agendas/{path.name}", path
    people = Path(settings.PEOPLE)
    if settings.PEOPLE and people.is_file():
        if _is_key(people):
            archive.left_out.append(f"{people}（是密钥文件）")
        else:
            yield PEOPLE, people


def _tree(below: str, folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield "/".join(filter(None, (below, folder.name, path.relative_to(folder).as_posix()))), path


def _is_agenda(path: Path) -> bool:
    try:
        return "view" in tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def _is_key(path: Path) -> bool:
    """Whether it is the very file that a setting names as one of keys."""
    named = (settings.SIGNING_KEYS, settings.LOG_KEYS, settings.SECRETS)
    return any(os.path.exists(name) and os.path.samefile(name, path) for name in named if name)


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Put a file into the archive; its SHA-256. Raises NotPossible for what is no plain file."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise NotPossible(f"{path} 不是普通的文件（是链接或设备），没有备份；请移走它再试")
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = status.st_size, int(status.st_mtime), stat.S_IMODE(status.st_mode)
        source = _Hashing(file)
        tar.addfile(info, source)
    return source.sum.hexdigest()


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    data = f"{text}\n".encode()
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = len(data), 0o600, int(settings.now().timestamp())
    tar.addfile(info, io.BytesIO(data))


def _faults(sums: dict[str, str]) -> Iterator[str]:
    """A sentence for each snapshot and return that was already damaged when it was kept."""
    for name in snapshot_folders.ever_published():
        try:
            tables = snapshot_folders.manifest(settings.snapshots_dir() / name)["tables"]
        except snapshot_folders.Damaged as error:
            yield str(error)
            continue
        wrong = [t for t, facts in tables.items() if sums.get(f"snapshots/{name}/{t}.parquet") != facts["sha256"]]
        if wrong:
            yield f"快照 {name} 的 {'、'.join(wrong)} 与发布时不一致"
    for batch in staging.batches():
        seal = batch.facts.get("rows_sha256")
        if batch.has_rows and seal and sums.get(f"staging/{batch.id}/rows.parquet") != seal:
            yield f"暂存的 {batch.file}（批次 {batch.id}）与收下时不一致"


class _Hashing(io.RawIOBase):
    """A file that is hashed as it is read or written; who opened it closes it."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        data = self.file.read(size)
        self.sum.update(data)
        return data

    def write(self, data, /) -> int:
        self.sum.update(data)
        return self.file.write(data)
