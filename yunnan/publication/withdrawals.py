"""What was taken back: staged or published returns, and published snapshots. Each leaves a line that says why.

data/staging/.withdrawn/<batch_id>.json, data/snapshots/<id>.retracted.json: why, by whom, when. Nothing is removed: a
return stays where it was staged, a snapshot's folder stays as it was published, and no number is given twice.
"""

import getpass
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from yunnan import settings
from yunnan.data import snapshot_folders
from yunnan.publication import durable, staging
from yunnan.words import disk_errors

LEAST = 4  # characters of a reason


class NotPossible(Exception):
    """Nothing was taken back; the sentence says why and what to do."""


@dataclass(frozen=True)
class Published:
    """A return as the newest snapshot that holds it names it."""

    batch_id: str
    file: str
    snapshot: str


def withdrawn() -> dict[str, str]:
    """Batch -> why it was withdrawn. Raises staging.Unreadable."""
    folder = staging.withdrawn_folder()
    try:
        return {
            file.stem: json.loads(file.read_text(encoding="utf-8"))["why"] for file in sorted(folder.glob("*.json"))
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise staging.Unreadable(f"撤回的记录 {folder} 读不了，不知哪些报表已撤回；请从备份恢复它") from error


def withdraw(batch_id: str, why: str) -> str:
    """Take a return back; a sentence on what follows. Raises NotPossible, staging.Unreadable, durable.Busy, OSError."""
    _reasoned(why)
    with durable.locked(settings.snapshots_dir()):
        if batch_id in withdrawn():
            raise NotPossible(f"批次 {batch_id} 已经撤回过；运行 python -m yunnan publish 即从下一份快照里去掉")
        staged = next((path for path in staging.paths() if path.name == batch_id), None)
        held = _holding(batch_id)
        if staged is None and held is None:
            raise NotPossible(f"没有批次 {batch_id}；python -m yunnan staged 列出批次")
        file = staging.read(staged).file if staged else held.file if held else ""
        _write(staging.withdrawn_folder() / f"{batch_id}.json", {"why": why, "file": file})
    if held is None:
        return f"已撤回 {file}：它还没有进入快照，以后也不会进入"
    return f"已撤回 {file}：快照 {held.snapshot} 不变；运行 python -m yunnan publish --as-of 日期，新的修订版里就没有它"


def retract(snapshot_id: str, why: str) -> str:
    """Close the newest revision of a date; a sentence on what follows.

    Raises NotPossible, snapshot_folders.Damaged, staging.Unreadable, durable.Busy, OSError.
    """
    _reasoned(why)
    folder = settings.snapshots_dir()
    with durable.locked(folder):
        same_day = [
            name
            for name in snapshot_folders.published()
            if snapshot_folders.day(name) == snapshot_folders.day(snapshot_id)
        ]
        if snapshot_id not in same_day:
            is_closed = snapshot_id in snapshot_folders.retracted()
            raise NotPossible(
                f"快照 {snapshot_id} {'已经关闭过' if is_closed else '没有发布过'}；python -m yunnan snapshots 列出快照"
            )
        if same_day[0] != snapshot_id:
            raise NotPossible(
                f"快照 {snapshot_id} 已有更新的修订版 {same_day[0]}，看的人看到的是那一版；只能关闭最新的修订版"
            )
        _keep_returns(snapshot_id)
        _write(folder / f"{snapshot_id}{snapshot_folders.RETRACTED}", {"why": why})
    former = f"这个截至日改看 {same_day[1]}" if len(same_day) > 1 else "这个截至日没有别的快照"
    return f"已关闭 {snapshot_id}：{former}，写明它的链接说明原因；文件夹原样保留，修订号不再用"


def _keep_returns(snapshot_id: str) -> None:
    """Raise NotPossible where returns that came with the snapshot are nowhere else any more."""
    batches = snapshot_folders.manifest(settings.snapshots_dir() / snapshot_id).get("batches", [])
    staged = {path.name for path in staging.paths()}
    if lost := [batch for batch in batches if batch not in staged]:
        message = (
            f"快照 {snapshot_id} 收入的{len(lost)}份报表已从暂存里清理（{'、'.join(lost[:3])}），关闭它就没有了这些行"
        )
        raise NotPossible(f"{message}；请改用 python -m yunnan withdraw 撤回有错的报表，再发布修订版")


def _holding(batch_id: str) -> Published | None:
    """The newest snapshot that holds a return, and the file's name there."""
    import duckdb

    for name in snapshot_folders.published():
        file = settings.snapshots_dir() / name / "snapshot_manifest.parquet"
        with suppress(duckdb.Error), duckdb.connect() as db:
            sql = "select source_file from read_parquet($file) where batch_id = $batch"
            for (source_file,) in db.execute(sql, {"file": str(file), "batch": batch_id}).fetchall():
                return Published(batch_id, source_file, name)
    return None


def _reasoned(why: str) -> None:
    if len(why.strip()) < LEAST:
        raise NotPossible(f"请用 --why 写明原因，至少{LEAST}个字；看的人会看到它")


def _write(file: Path, facts: dict) -> None:
    """Write the line, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    made = file.with_name(f".{file.name}.{os.getpid()}")
    text = json.dumps(facts | {"at": settings.now().isoformat(), "who": person()}, ensure_ascii=False)
    try:
        with made.open("w", encoding="utf-8") as lines:
            lines.write(text + "\n")
            lines.flush()
            os.fsync(lines.fileno())
        made.rename(file)
    except OSError as error:
        made.unlink(missing_ok=True)
        raise NotPossible(f"{file} 写不下：{disk_errors.why(error)}；什么也没有改，请检查空间与权限") from error


def person() -> str:
    """Who types the command, as the logs name him."""
    return f"命令行 {getpass.getuser()}"
