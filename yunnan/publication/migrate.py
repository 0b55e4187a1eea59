"""A snapshot of an older version of the contract -> a new revision of its date in the present version.

What was published is read into tables of a schema named former, changed by the steps queries/migrations/from_<n>.sql,
and published like any other rows: the same checks, everything derived computed anew. The old folder stays as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from yunnan import settings
from yunnan.data import contract, queries, snapshot_folders
from yunnan.publication import data_nature, durable, merge, publish, shipped_rows
from yunnan.publication.publish import Refused

COMPUTED = {"known_date"}  # columns of source tables that publication fills


@dataclass(frozen=True)
class Migrated:
    """The new snapshot, and what its manifest says of the old one: snapshot, contract_version, changed.

    changed is {table: rows that the steps changed}.
    """

    path: Path
    is_durable: bool
    origin: dict


def migrate(
    snapshot_id: str,
    *,
    published_at: datetime | None = None,
    wait: float = durable.WAIT,
    say: Callable[[str], None] = lambda _: None,
) -> Migrated:
    """Publish the rows of a snapshot as the next revision of its date in the present contract.

    Raises Refused, snapshot_folders.NoSnapshot, snapshot_folders.Damaged, data_nature.Mixed, staging.Unreadable,
    durable.Busy, durable.NotWritten, leaving all as it was.
    """
    folder = settings.snapshots_dir()
    with durable.locked(folder, wait):
        path = snapshot_folders.path_of(snapshot_id)
        steps = steps_from(path)
        is_demo = data_nature.refuse_both()
        day = snapshot_folders.day(snapshot_id)
        name = f"{day}.r{1 + snapshot_folders.last_revision(day, folder)}"
        facts: dict = {
            "id": name,
            "asof": day,
            "revision": snapshot_folders.revision(name),
            "published_at": (published_at or settings.now()).isoformat(),
            "is_synthetic": is_demo,
        }
        with duckdb.connect(config={"threads": settings.THREADS}) as db:
            facts |= prepared(db, path, steps, say)
            say("写入")
            is_durable = publish.write_out(db, folder / name, facts, merge.feedback_of(path))
    return Migrated(folder / name, is_durable, facts["migrated_from"])


def prepared(
    db: duckdb.DuckDBPyConnection,
    path: Path,
    steps: list[queries.Query],
    say: Callable[[str], None] = lambda _: None,
) -> dict:
    """Leave the snapshot's rows in the tables of the contract, checked, all else computed; the manifest's part on it.

    Raises Refused.
    """
    say("读入")
    changed = _former(db, path, steps)
    tables = {table: f"former.{table}" for table in _tables(path)}
    asof, version = date.fromisoformat(snapshot_folders.day(path.name)), contract.version_of(path)
    kept = {key: value for key, value in snapshot_folders.manifest(path).items() if key == "due_dates"}
    warnings = publish.prepare(db, tables, asof, say, publish.beside_in(path.parent), kept)
    say("核对")
    _refuse_changed(db, path, steps)
    return kept | {
        "note": f"由 {path.name} 从第{version}版数据约定迁移到第{contract.version()}版",
        "migrated_from": {"snapshot": path.name, "contract_version": version, "changed": changed},
        "last_receipt": snapshot_folders.manifest(path).get("last_receipt", 0),
        "warnings": warnings,
    }


def steps_from(path: Path) -> list[queries.Query]:
    """The steps from the snapshot's contract to the present one. Raises Refused where there is no way, Damaged."""
    version, own = contract.version_of(path), contract.version()
    if version >= own:
        why = "就是本程序所用的，不用迁移" if version == own else "比本程序的新；请用与它相配的程序"
        raise Refused(f"快照 {path.name} 的第{version}版数据约定{why}")
    same_day = [
        name
        for name in snapshot_folders.published(path.parent)
        if snapshot_folders.day(name) == snapshot_folders.day(path.name)
    ]
    if same_day[0] != path.name:
        origin = snapshot_folders.manifest(path.parent / same_day[0]).get("migrated_from", {})
        if origin.get("snapshot") == path.name:
            raise Refused(f"快照 {path.name} 已经迁移为 {same_day[0]}，不用再迁移")
        raise Refused(
            f"快照 {path.name} 已有更新的修订版 {same_day[0]}，没有迁移：旧的一版会成为最新的；请迁移最新的修订版"
        )
    if faults := list(snapshot_folders.damage(path)):
        raise Refused(f"快照 {path.name} 已损坏，没有迁移：{'；'.join(faults)}；请先用备份恢复它")
    try:
        return [queries.load(f"migrations/from_{number}") for number in range(version, own)]
    except FileNotFoundError:
        raise Refused(
            f"快照 {path.name} 的第{version}版数据约定太旧，本程序不能迁移；请先用中间一版的程序迁移它"
        ) from None


def _tables(path: Path) -> list[str]:
    """The tables that hold what was sent and are in the snapshot; places and rules ship with the program."""
    return [table for table in merge.TABLES if table in snapshot_folders.manifest(path)["tables"]]


def _former(db: duckdb.DuckDBPyConnection, path: Path, steps: list[queries.Query]) -> dict[str, int]:
    """Read what was published into the schema former and take the steps; how many rows of which table they changed."""
    db.execute("create schema if not exists former")
    try:
        for table in _tables(path):
            file = {"file": str(path / f"{table}.parquet")}
            db.execute(f"create or replace table former.{table} as from read_parquet($file)", file)
        for step in steps:
            db.execute(step.sql)
        return {table: count for table in _tables(path) if (count := _changed(db, path, table))}
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except duckdb.Error as error:
        raise Refused(f"快照 {path.name} 与它自己的数据约定不符，没有迁移：{error}") from error


def _changed(db: duckdb.DuckDBPyConnection, path: Path, table: str) -> int:
    """How many rows of a published table are not among those of the schema former."""
    file = f"read_parquet('{str(path / table).replace(chr(39), chr(39) * 2)}.parquet')"
    columns = ", ".join(column for column, *_ in db.execute(f"describe from {file}").fetchall())
    lost = f"select {columns} from {file} except all select {columns} from former.{table}"
    ((count,),) = db.execute(f"select count(*) from ({lost})").fetchall()
    return count


def _refuse_changed(db: duckdb.DuckDBPyConnection, path: Path, steps: list[queries.Query]) -> None:
    """Raises Refused unless the tables to be written hold the rows that were published, each as the steps left it."""
    _former(db, path, steps)
    for table in _tables(path):
        given = {column for column, *_ in db.execute(f"describe former.{table}").fetchall()} - COMPUTED
        kinds = {column: kind for column, kind, *_ in db.execute(f"describe {table}").fetchall() if column in given}
        columns = ", ".join(kinds)
        former = f"select {', '.join(f'{name}::{kind} as {name}' for name, kind in kinds.items())} from former.{table}"
        differences = [f"{former} except all select {columns} from {table}"]
        if table not in shipped_rows.SHIPPED:  # to these, words that ship with the program may have come
            differences.append(f"select {columns} from {table} except all {former}")
        for difference in differences:
            ((count,),) = db.execute(f"select count(*) from ({difference})").fetchall()
            if count:
                raise Refused(f"表 {table} 有 {count:,} 行与 {path.name} 公布的不同，没有迁移；请把这句话告诉开发人员")
    db.execute("drop schema former cascade")
