"""An office's own data folder, made whole in an empty place or not at all: mark, due dates, registers offered."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from yunnan import settings
from yunnan.data import due_dates
from yunnan.data.due_dates import DueDates
from yunnan.publication import data_nature, durable, staging
from yunnan.words import disk_errors

IGNORED = {"lost+found"}  # of a disk of its own
MAKING = ".init"


class NotPossible(Exception):
    """Nothing was made; the sentence says why and what to do."""


@dataclass
class Plan:
    """What the folder is to hold: what is due, and files by their path in it."""

    dates: DueDates
    files: Mapping[str, bytes] = field(default_factory=dict)


def make(plan: Plan) -> Path:
    """Make the folder that YUNNAN_DATA_DIR names; the folder. Raises NotPossible."""
    folder = settings.DATA_DIR
    if folder.resolve().is_relative_to(settings.ROOT.resolve()):
        raise NotPossible(
            f"{folder} 在项目文件夹里，没有建立；请先指一个项目外面的文件夹，如 export YUNNAN_DATA_DIR=/var/lib/yunnan"
        )
    try:
        _refuse_taken(folder)
        with _appearing(folder) as made:
            due_dates.write(plan.dates, made)
            for name, data in plan.files.items():
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                (made / name).write_bytes(data)
            data_nature.mark(data_nature.OWN, made)
    except OSError as error:
        why = f"{disk_errors.why(error)}；请检查它与上一级文件夹的空间与权限，或用 YUNNAN_DATA_DIR 另指一个"
        raise NotPossible(f"数据文件夹 {folder} 没有建立，什么也没有留下：{why}") from error
    return folder


def _refuse_taken(folder: Path) -> None:
    """Raises NotPossible where something is there already, OSError where that cannot be seen."""
    if folder.exists() and not folder.is_dir():
        raise NotPossible(f"{folder} 是文件，不是文件夹，没有建立；请用 YUNNAN_DATA_DIR 另指一个")
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    names = [path.name for path in entries if path.name not in (*IGNORED, MAKING) and not _is_leftover(path)]
    if not names:
        return
    inventory = data_nature.contents()
    if inventory.invented:
        raise NotPossible(
            f"数据文件夹 {folder} 里是{data_nature.INVENTED}（{data_nature.listed(inventory.invented)}），没有建立；"
            f"请用 YUNNAN_DATA_DIR 另指一个文件夹，或先运行 {data_nature.WAY_OUT} 删去演示数据"
        )
    if inventory.own:
        raise NotPossible(
            f"数据文件夹 {folder} 已经建立过（{data_nature.listed(inventory.own)}），没有再建，里面的不受影响；"
            f"{_in_force()}要改用 python -m yunnan deadline，登记表与报表接着用 python -m yunnan ingest 收"
        )
    raise NotPossible(
        f"文件夹 {folder} 里已有别的东西（{data_nature.listed(names)}），没有建立；"
        "请用 YUNNAN_DATA_DIR 指一个空的或还没有的文件夹"
    )


def _is_leftover(path: Path) -> bool:
    """Whether it is a folder of ours with nothing in it but locks and counters, as demo --remove leaves it."""
    is_ours = path in (settings.snapshots_dir(), staging.folder())
    return is_ours and path.is_dir() and all(entry.name.startswith(".") for entry in path.iterdir())


def _in_force() -> str:
    try:
        return f"现在{'，'.join(due_dates.stored().sentences)}；"
    except due_dates.Unreadable as error:
        return f"{error}；"


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """A folder inside the other whose entries move up when all are written; else neither is there. Raises OSError.

    Inside, because an office may write in its folder and not beside it.
    """
    new = [path for path in (folder, *folder.absolute().parents) if not path.exists()]
    made = folder / MAKING
    moved: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(made, ignore_errors=True)  # of a run that was killed
        made.mkdir()
        yield made
        for path in sorted(made.rglob("*"), reverse=True):
            durable.sync(path)
        for path in sorted(made.iterdir(), key=lambda path: path.name == data_nature.MARK):  # the mark is the last
            os.rename(path, folder / path.name)
            moved.append(folder / path.name)
        made.rmdir()
        durable.sync(folder)
    except BaseException:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.rmtree(made, ignore_errors=True)
        for path in new:
            with suppress(OSError):
                path.rmdir()
        raise
