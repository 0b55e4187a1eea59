"""Which snapshots and staged returns may go, and taking them away.

Policy (docs/decisions.md): the newest revision of every as-of date stays, the newest snapshots stay, what is younger
than half a year stays, and what somebody reads stays. A staged return goes once every snapshot that it belongs to
holds it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from yunnan import settings
from yunnan.data import snapshot_folders
from yunnan.publication import durable, staging

KEEP = 3
YOUNG = timedelta(days=180)


@dataclass(frozen=True)
class Fate:
    """What happens to a snapshot or a staged return, and why."""

    name: str
    goes: bool
    why: str


def prune(
    *,
    keep: int = KEEP,
    all_ages: bool = False,
    dry_run: bool = False,
    now: datetime | None = None,
    wait: float = durable.WAIT,
) -> list[Fate]:
    """Remove what the policy allows, a sentence for each; dry_run removes nothing. Raises durable.Busy, .Unreadable."""
    young_since = None if all_ages else (now or settings.now()) - YOUNG
    with durable.locked(settings.snapshots_dir(), wait):
        staging.paths()  # before anything goes: what cannot be listed is not empty
        durable.sweep(staging.folder())
        return [*_snapshots(keep, young_since, dry_run), *_staged(young_since, dry_run)]


def _snapshots(keep: int, young_since: datetime | None, dry_run: bool) -> Iterator[Fate]:
    folder = settings.snapshots_dir()
    for place, name in enumerate(snapshot_folders.published()):
        if why := _stays(name, place, keep, young_since):
            yield Fate(name, False, why)
            continue
        with snapshot_folders.alone(folder / name) as is_free:
            if is_free and not dry_run:
                durable.remove(folder / name)
        yield Fate(name, is_free, "已有更新的版本" if is_free else "正在使用")


def _staged(young_since: datetime | None, dry_run: bool) -> Iterator[Fate]:
    for batch in staging.batches():
        if not batch.has_period:
            is_old = young_since is None or batch.received_at <= young_since
            if is_old and not dry_run:
                durable.remove(batch.path)
            yield Fate(batch.id, is_old, "整份拒收，不知是哪一期，不会进入快照" + ("" if is_old else "；收到不满180天"))
            continue
        is_done = _in_every(batch)
        if is_done and not dry_run:
            durable.remove(batch.path)
        yield Fate(batch.id, is_done, "快照中已有它或更新的一份" if is_done else "还没有进入它所属的每一个最新快照")


def _stays(name: str, place: int, keep: int, young_since: datetime | None) -> str:
    """Why a snapshot stays, judged by its name and manifest; empty if it may go."""
    same_day = [
        other for other in snapshot_folders.published() if snapshot_folders.day(other) == snapshot_folders.day(name)
    ]
    if same_day[0] == name:
        return "该截至日的最新版"
    if place < keep:
        return f"最新的{keep}个之一"
    try:
        published_at = datetime.fromisoformat(
            snapshot_folders.manifest(settings.snapshots_dir() / name)["published_at"]
        )
    except (snapshot_folders.Damaged, KeyError, ValueError):
        return "清单无法读取，不敢动"
    return "发布不满180天" if young_since and published_at > young_since else ""


def _in_every(batch: staging.Batch) -> bool:
    """The newest snapshot of every as-of date from the end of its period on holds it, or a newer one in its place."""
    newest: dict[str, str] = {}
    for name in snapshot_folders.published():
        newest.setdefault(snapshot_folders.day(name), name)
    later = [name for day, name in newest.items() if day >= str(batch.begins)]
    return bool(later) and all(_holds(name, batch) for name in later)


def _holds(name: str, batch: staging.Batch) -> bool:
    """The snapshot has received the return with all its rows, or has a newer one in its place.

    One that lost rows to what stood before is judged anew when that is corrected, and is needed for it.
    """
    path = settings.snapshots_dir() / name
    table, prefecture, period = batch.key
    with duckdb.connect() as db:
        received = db.execute(
            "select 1 from read_parquet($file) where batch_id = $batch and rows_accepted = $rows",
            {"file": str(path / "returns_received.parquet"), "batch": batch.id, "rows": batch.facts["rows_accepted"]},
        ).fetchone()
        stands = db.execute(
            "select batch_id, received_at from read_parquet($file) where table_name = $table"
            " and prefecture_code = $prefecture and report_period = $period",
            {"file": str(path / "snapshot_manifest.parquet"), "table": table, "prefecture": prefecture,
             "period": period},
        ).fetchall()  # fmt: skip
    newer = any(
        (staging.receipt(id_), at) >= batch.order and staging.replaces(staging.part(id_), batch.part)
        for id_, at in stands
        if id_ != batch.id
    )
    return bool(received or (newer and batch.has_rows))
