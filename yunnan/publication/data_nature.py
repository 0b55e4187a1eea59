"""What a data folder holds: a demonstration or an office's own data, never both; and taking a demonstration away.

DATA_DIR/nature.json marks the folder for one of them, before anything is in it: demo writes it, and so does init.
"""

import itertools
import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from yunnan import settings
from yunnan.data import snapshot_folders
from yunnan.publication import durable, staging

INVENTED, OWN = "演示数据", "真实数据"
MARK = "nature.json"
WAY_OUT = "python -m yunnan demo --remove"


class Mixed(Exception):
    """What is to come does not belong with what is there; the sentence says the way out."""


@dataclass
class Contents:
    """The snapshots and staged returns of a data folder, by nature, as they are called in a sentence."""

    invented: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)

    def add(self, name: str, is_synthetic: bool) -> None:
        (self.invented if is_synthetic else self.own).append(name)


def contents(snapshots: Path | None = None) -> Contents:
    """What the data folder holds, or only a folder of snapshots. What cannot be read is of neither nature."""
    inventory = Contents()
    for name in snapshot_folders.ever_published(snapshots):
        with suppress(snapshot_folders.Damaged):
            manifest = snapshot_folders.manifest((snapshots or settings.snapshots_dir()) / name)
            inventory.add(f"快照 {name}", manifest.get("is_synthetic", False))
    for batch in [] if snapshots else _staged():
        inventory.add(f"暂存的 {batch.file}", batch.facts.get("is_synthetic", False))
    if not snapshots and (nature := marked()):
        inventory.add(f"记号 {MARK}", nature == INVENTED)
    return inventory


def marked() -> str | None:
    """INVENTED or OWN, for which the data folder is marked; None without a mark. A spoiled mark is an office's."""
    try:
        return _nature_of(json.loads((settings.DATA_DIR / MARK).read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return OWN


def _nature_of(facts: object) -> str:
    return INVENTED if isinstance(facts, dict) and facts.get("nature") == INVENTED else OWN


def mark(nature: str, folder: Path | None = None) -> None:
    """Mark a folder, the data folder if no other is given, unless it is marked. Raises OSError."""
    file = (folder or settings.DATA_DIR) / MARK
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        facts = {"nature": nature, "at": settings.now().isoformat()}
        making = file.with_suffix(".making")
        making.write_text(json.dumps(facts, ensure_ascii=False) + "\n", encoding="utf-8")
        making.replace(file)


def refuse_other(is_synthetic: bool, snapshots: Path | None = None) -> None:
    """Let returns or snapshots of this nature come only where none of the other are. Raises Mixed."""
    inventory = contents(snapshots)
    folder = snapshots or settings.DATA_DIR
    if inventory.invented and not is_synthetic:
        raise Mixed(
            f"数据文件夹 {folder} 里是{INVENTED}（{listed(inventory.invented)}），真实报表不能收在一起；"
            f"请先运行 {WAY_OUT} 删去演示数据，或用 YUNNAN_DATA_DIR 另指一个文件夹；只是练习，请加 --synthetic"
        )
    if inventory.own and is_synthetic:
        raise Mixed(
            f"数据文件夹 {folder} 里是{OWN}（{listed(inventory.own)}），{INVENTED}不能放在一起；"
            "请用 YUNNAN_DATA_DIR 另指一个文件夹"
        )


def refuse_both() -> bool:
    """Whether what would be published is a demonstration. Raises Mixed where the folder holds both."""
    inventory = contents()
    if inventory.invented and inventory.own:
        raise Mixed(
            f"数据文件夹 {settings.DATA_DIR} 里既有{INVENTED}（{listed(inventory.invented)}）"
            f"又有{OWN}（{listed(inventory.own)}），不能合成一份快照，没有发布；请先运行 {WAY_OUT} 删去演示数据"
        )
    return bool(inventory.invented)


def letters() -> Path:
    """Where the demonstration writes the returns that it invents."""
    return settings.DATA_DIR / "demo"


def remove(wait: float = durable.WAIT) -> Iterator[str]:
    """Take away what is a demonstration's and nothing else; a sentence for each. Raises durable.Busy."""
    with durable.locked(settings.snapshots_dir(), wait):
        for name in snapshot_folders.ever_published():
            with suppress(snapshot_folders.Damaged):
                path = settings.snapshots_dir() / name
                if snapshot_folders.manifest(path).get("is_synthetic", False):
                    yield _removed(path)
        for batch in _staged():
            if batch.facts.get("is_synthetic", False):
                durable.remove(batch.path)
                yield f"已删去 暂存的 {batch.file}（批次 {batch.id}）"
        if letters().is_dir():
            shutil.rmtree(letters())
            yield f"已删去 演示报表的文件夹 {letters()}"
        if marked() == INVENTED:
            (settings.DATA_DIR / MARK).unlink()
            yield f"已删去 演示数据的记号 {settings.DATA_DIR / MARK}"


def _removed(snapshot: Path) -> str:
    """Take a snapshot of a demonstration away; one that holds an office's returns is only put aside."""
    with snapshot_folders.alone(snapshot) as is_free:
        if not is_free:
            return f"保留 快照 {snapshot.name}：正在使用；请先停止看板，再运行一次"
        own = _own_files(snapshot)
        if own == []:
            durable.remove(snapshot)
            return f"已删去 快照 {snapshot.name}"
        aside = _free(settings.DATA_DIR / "removed" / snapshot.name)
        aside.parent.mkdir(exist_ok=True)
        snapshot.rename(aside)
        mixed = f"里面混有真实报表（{listed(own)}）" if own else "它已损坏，有没有混入真实报表读不出来"
        return f"已移到 {aside}：{mixed}；这些报表仍在暂存的会进入下一次发布，不在的请重新 ingest"


def _free(path: Path) -> Path:
    """The path, or the first beside it that does not exist: what was put aside before stays."""
    others = (path.with_name(f"{path.name}-{n}") for n in itertools.count(2))
    return next(one for one in itertools.chain([path], others) if not one.exists())


def _own_files(snapshot: Path) -> list[str] | None:
    """The files of an office's own returns in a snapshot; None where that cannot be read."""
    try:
        rows = pq.read_table(snapshot / "snapshot_manifest.parquet", columns=["source_file", "is_synthetic"])
    except (pa.ArrowException, OSError, KeyError):
        return None
    return sorted(rows.filter(pc.invert(rows["is_synthetic"]))["source_file"].to_pylist())


def _staged() -> Iterator[staging.Batch]:
    for path in staging.paths():
        with suppress(staging.Unreadable):
            yield staging.read(path)


def listed(names: list[str]) -> str:
    """The first two of some names, and how many there are."""
    return "、".join(names[:2]) + (f"等{len(names)}项" if len(names) > 2 else "")
