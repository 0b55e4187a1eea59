"""An archive that backup wrote -> a data folder that was empty or not there, checked whole before it has its name."""

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from yunnan.data import snapshot_folders
from yunnan.publication import data_nature, durable
from yunnan.publication.backup import FOLDERS, FORMAT, MANIFEST, PEOPLE, SETTINGS, NotPossible
from yunnan.words import disk_errors

PIECE = 1 << 20  # bytes that are copied at once
NOT_DONE = "没有恢复，什么也没有放进去"


@dataclass(frozen=True)
class Restored:
    """The data folder, and what the archive says of itself: when it was made, of what nature, how many files."""

    path: Path
    at: str
    nature: str
    files: int


def restore(source: Path, into: Path) -> Restored:
    """Put what an archive holds into the folder, which appears whole or stays as it was. Raises NotPossible."""
    _refuse_taken(into)
    try:
        archive = tarfile.open(source, "r:")  # noqa: SIM115 - closed below, and these errors are the archive's alone
    except OSError as error:
        raise NotPossible(f"备份 {source} 读不了：{disk_errors.why(error)}；{NOT_DONE}") from error
    except tarfile.TarError as error:
        raise _changed(source, "不是备份，或开头已损坏") from error
    with archive, _appearing(into) as made:
        try:
            sums = dict(_unpacked(archive, made, source))
        except tarfile.TarError as error:
            raise _changed(source, "中途断了，或被改过") from error
        manifest = _manifest(made, sums, source)
        _refuse_mixed(made, source)
    return Restored(into, str(manifest.get("at")), str(manifest.get("nature")), len(manifest["files"]))


def _refuse_taken(into: Path) -> None:
    try:
        names = sorted(path.name for path in into.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise NotPossible(f"数据文件夹 {into} 打不开：{disk_errors.why(error)}；{NOT_DONE}") from error
    if names:
        raise NotPossible(
            f"数据文件夹 {into} 里已有 {'、'.join(names[:3])}{'等' if len(names) > 3 else ''}，{NOT_DONE}；"
            "请用 YUNNAN_DATA_DIR 指一个空的或还没有的文件夹"
        )


@contextmanager
def _appearing(into: Path) -> Iterator[Path]:
    """A folder beside the other that takes its place when it is whole and on the disk, or is gone. Raises NotPossible.

    What a killed restoration left is removed; its lock has ended with it.
    """
    made = into.absolute().with_name(f".restoring.{into.name}")
    try:
        made.parent.mkdir(parents=True, exist_ok=True)
        _clear(made, into)
        made.mkdir(mode=0o750)
        try:
            with snapshot_folders.alone(made):
                yield made
                _own(made, into)
                for path in sorted(made.rglob("*"), reverse=True):
                    durable.sync(path)
                durable.sync(made)
                made.rename(into)  # takes the place of an empty folder, and of no other
                durable.sync(made.parent)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except OSError as error:
        why = f"{disk_errors.why(error)}；请检查 {made.parent} 的空间与权限"
        raise NotPossible(f"数据文件夹 {into} 写不成：{why}；{NOT_DONE}") from error


def _clear(made: Path, into: Path) -> None:
    """Remove what a killed restoration left. Raises NotPossible where one is still writing, OSError."""
    if not made.exists():
        return
    with snapshot_folders.alone(made) as is_free:
        if not is_free:
            raise NotPossible(f"另一次恢复正在写 {into}，{NOT_DONE}；请等它完成")
        shutil.rmtree(made)


def _own(made: Path, into: Path) -> None:
    """As an empty folder that is replaced was: its mode, and for root its owner."""
    with suppress(FileNotFoundError):
        status = into.stat()
        made.chmod(status.st_mode & 0o777)
        if os.geteuid() == 0:
            for path in [made, *made.rglob("*")]:
                os.chown(path, status.st_uid, status.st_gid)


def _unpacked(archive: tarfile.TarFile, made: Path, source: Path) -> Iterator[tuple[str, str]]:
    """Write each file of the archive; its name and SHA-256. Raises NotPossible, tarfile.TarError."""
    for member in archive:
        if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or member.issparse():
            raise _changed(source, f"里面的 {member.name} 不是普通的文件（是链接、设备或文件夹）")
        path = made / _name(member, made, source)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise _changed(source, f"里面的 {member.name} 有两份")
        data = archive.extractfile(member)
        assert data is not None  # of a plain file there always is
        digest = hashlib.sha256()
        with path.open("xb") as file:
            while piece := data.read(PIECE):
                digest.update(piece)
                file.write(piece)
        if path.stat().st_size != member.size:
            raise _changed(source, "中途断了")
        path.chmod(member.mode & 0o644 | 0o400)
        yield member.name, digest.hexdigest()


def _name(member: tarfile.TarInfo, made: Path, source: Path) -> str:
    """The member's name, if a backup writes files of such a name. Raises NotPossible."""
    parts = PurePosixPath(member.name).parts
    is_ours = member.name in (MANIFEST, PEOPLE, *SETTINGS) or (len(parts) > 1 and parts[0] in FOLDERS)
    try:
        tarfile.data_filter(member, str(made))
    except tarfile.FilterError:
        is_ours = False
    if not is_ours or ".." in parts or "/".join(parts) != member.name:
        raise _changed(source, f"里面的 {member.name} 不是备份会有的文件")
    return member.name


def _manifest(made: Path, sums: dict[str, str], source: Path) -> dict:
    """What the archive says of itself, true of every file that it holds. Raises NotPossible."""
    if MANIFEST not in sums:
        raise _changed(source, f"没有清单 {MANIFEST}，中途断了或不是备份")
    try:
        manifest = json.loads((made / MANIFEST).read_text(encoding="utf-8"))
        number, files = manifest["format"], dict(manifest["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise _changed(source, f"清单 {MANIFEST} 读不了") from error
    if number != FORMAT:
        raise NotPossible(f"备份 {source} 是第{number}版的格式，本程序只认第{FORMAT}版，{NOT_DONE}；请用与它相配的程序")
    held = {name: digest for name, digest in sums.items() if name != MANIFEST}
    if wrong := sorted(name for name in files.keys() | held.keys() if files.get(name) != held.get(name)):
        raise _changed(source, f"{len(wrong)}个文件与清单不一致，例如 {wrong[0]}")
    (made / MANIFEST).unlink()
    return manifest


def _refuse_mixed(made: Path, source: Path) -> None:
    inventory = data_nature.contents(made / "snapshots")
    if inventory.invented and inventory.own:
        raise NotPossible(
            f"备份 {source} 里既有{data_nature.INVENTED}又有{data_nature.OWN}，{NOT_DONE}；两种数据不能放在一起"
        )


def _changed(source: Path, what: str) -> NotPossible:
    return NotPossible(f"备份 {source} {what}，{NOT_DONE}；请换一份备份")
