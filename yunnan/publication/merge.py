"""The last snapshot and the staged returns -> a new snapshot.

A return replaces the older one of the same sender, table and period, a part of a return the same part: what came in
that file is withdrawn, then the new rows go in. Later is who has the greater number of receipt, not the later clock.
Organizations and projects are states: of several returns that hold one, that of the latest period counts.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from yunnan import settings
from yunnan.data import contract, due_dates, queries, snapshot_folders
from yunnan.data.due_dates import DueDates
from yunnan.publication import (
    data_nature,
    double_money,
    durable,
    partial_lists,
    publish,
    register_states,
    residences,
    staging,
    withdrawals,
)
from yunnan.publication.outcome import Outcome, judged_anew, nothing, of_key, sorted_out
from yunnan.publication.staging import Batch

PREVIEW = ".preview."
# rows that ship stand beside the office's
SHIPPED_AGAIN = ("code_lists", "stages", "place_traits", "county_names", "pairings")
TABLES = (
    *("organizations", "projects", "project_locations", "funds", "beneficiaries", "activities"),
    *("reported_stats", "snapshot_manifest", "returns_received", "quality_issues", *staging.OFFICE),
)


def publish_staged(
    asof: date,
    *,
    note: str = "",
    published_at: datetime | None = None,
    wait: float = durable.WAIT,
    say: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """A new snapshot for the as-of date. Raises publish.Refused, nature.Mixed, staging.Unreadable,
    due_dates.Unreadable, durable.Busy, durable.NotWritten.
    """
    folder = settings.snapshots_dir()
    with durable.locked(folder, wait):
        return _published(asof, folder, note, published_at or settings.now(), say)


@contextmanager
def previewed(asof: date, say: Callable[[str], None] = lambda _: None) -> Iterator[Outcome]:
    """What publish_staged would make now, in a folder of its own that is gone afterwards. Raises as that does."""
    with durable.locked(settings.snapshots_dir(), durable.WAIT):
        for stale in settings.DATA_DIR.glob(
            f"{PREVIEW}*"
        ):  # of a killed process; safe: only the lock's holder makes one
            shutil.rmtree(stale)
        with TemporaryDirectory(prefix=PREVIEW, dir=settings.DATA_DIR) as folder:
            yield _published(asof, Path(folder), "", settings.now(), say)


def _published(asof: date, into: Path, note: str, published_at: datetime, say: Callable[[str], None]) -> Outcome:
    folder = settings.snapshots_dir()
    is_demo = data_nature.refuse_both()
    base = _base(folder, asof)
    dates = due_dates.read()
    say("合并")
    with duckdb.connect(config={"threads": settings.THREADS}) as db:
        outcome = _merged(db, base, asof, dates)
        base_manifest = snapshot_folders.manifest(base) if base else {}
        facts = {
            "published_at": published_at.isoformat(),
            "is_synthetic": is_demo,
            "note": note or _note(outcome),
            "base": outcome.base,
            "last_receipt": max(outcome.last_receipt, base_manifest.get("last_receipt", 0)),
            "batches": [batch.id for batch in outcome.taken],
            "withdrawn": outcome.taken_back,
            **dates.facts,
        }
        target = into / f"{asof}.r{1 + snapshot_folders.last_revision(str(asof), folder)}"
        tables = {table: f"merged.{table}" for table in TABLES}
        outcome.path, outcome.is_durable = publish.put_out(
            target, tables, facts, _feedback(base, outcome), say, database=db, beside=folder
        )
    return outcome


def _note(outcome: Outcome) -> str:
    taken_back = f"，撤回{len(outcome.taken_back)}份" if outcome.taken_back else ""
    dates = "，报送期限与报送单位有变" if outcome.has_new_dates else ""
    return f"收到报表{len(outcome.taken)}份{taken_back}{dates}"


def _base(folder: Path, asof: date) -> Path | None:
    """The newest snapshot of the as-of date or before, sound and of this contract. Raises Refused."""
    name = next((name for name in snapshot_folders.published(folder) if snapshot_folders.day(name) <= str(asof)), None)
    if name is None:
        return None
    try:
        faults = list(snapshot_folders.damage(folder / name))
    except snapshot_folders.Damaged as error:
        faults = [str(error)]
    if faults:
        raise publish.Refused(f"作为底本的快照 {name} 已损坏：{'；'.join(faults)}；请先用备份恢复它")
    if difference := contract.difference(folder / name):
        raise publish.Refused(f"作为底本的快照 {name} {difference}")
    return folder / name


def _merged(db: duckdb.DuckDBPyConnection, base: Path | None, asof: date, dates: DueDates) -> Outcome:
    """Leave base and staged rows together in the tables of the schema merged. Raises Refused if nothing changes."""
    publish.create(db)
    db.execute("create schema merged")
    for table in TABLES:  # copies without keys: rows may go and come again
        db.execute(f"create table merged.{table} as from main.{table} limit 0")
    db.execute("use merged")
    if base:
        for table in TABLES:
            db.execute(f"insert into {table} by name from read_parquet($f)", {"f": str(base / f"{table}.parquet")})
        for table in SHIPPED_AGAIN:
            db.execute(f"delete from {table} where source_file is null")
    gone = withdrawals.withdrawn()
    outcome = sorted_out(db, [batch for batch in staging.batches() if batch.id not in gone], asof, set(gone))
    outcome.base = base.name if base else ""
    _take_back(db, gone, outcome)
    outcome.has_new_dates = base is not None and dates != due_dates.from_facts(
        snapshot_folders.manifest(base).get("due_dates", {})
    )
    if not (outcome.taken or outcome.taken_back or outcome.has_new_dates):
        raise publish.Refused(nothing(outcome))
    for batch in [*outcome.refused, *outcome.taken]:
        _receive(db, batch, dates)
    for batch in outcome.taken:
        batch.verify()
        if older := _take(db, batch, outcome):
            outcome.replaced[batch.id] = older
    for batch in judged_anew(db, outcome):
        batch.verify()
        _, revision = _withdraw(db, batch.key[0], batch.id, outcome)
        _receive(db, batch, dates)
        _put(db, batch, outcome, revision)
    outcome.remarks += [sentence for batch in outcome.taken for sentence in double_money.sentences(db, batch)]
    register_states.restore_withdrawn(db, outcome.withdrawn, settings.snapshots_dir())
    outcome.remarks += partial_lists.incomplete(db)
    db.execute(queries.load("publish/locations_again").sql)
    if base:
        db.execute(queries.load("publish/former_names").sql, {"file": str(base / "organizations.parquet")})
    twice = db.execute(queries.load("publish/given_twice").sql).fetchall()
    if twice:
        lines = "；".join(f"{table} {given}：{source_lines}" for table, given, source_lines in twice)
        way = "同一行报了两次的，请从其中一份删去；编号写重的，请改正；再用 ingest --replace 重报那一份"
        raise publish.Refused(f"同一编号或同一行出现在两处，没有发布：{lines}；{way}")
    db.execute("use main")
    return outcome


def _take_back(db: duckdb.DuckDBPyConnection, gone: dict[str, str], outcome: Outcome) -> None:
    """Take the rows of withdrawn returns out of the base."""
    sql = "select table_name, batch_id from snapshot_manifest where list_contains($gone, batch_id) order by batch_id"
    for table, batch in _rows(db, sql, gone=list(gone)):
        file, _ = _withdraw(db, table, batch, outcome)
        db.execute("update returns_received set status = '已撤回' where batch_id = $batch", {"batch": batch})
        outcome.taken_back[file] = gone[batch]


def _receive(db: duckdb.DuckDBPyConnection, batch: Batch, dates: DueDates) -> None:
    """Record the return and its issues, once."""
    for table in ("returns_received", "quality_issues"):
        db.execute(f"delete from {table} where batch_id = $batch", {"batch": batch.id})
    facts = batch.facts | {"has_feedback": batch.feedback is not None, "received_at": batch.received_at}
    if batch.issues:
        _insert(db, "quality_issues", batch, batch.issues)
    due = datetime.fromisoformat(facts["due_date"])
    table, sender, period = batch.key
    is_owed = table not in staging.OFFICE and dates.is_sender(sender) and not dates.is_backfill(period)
    if batch.received_at > due and is_owed:
        ((number,),) = _rows(db, "select count(*) + 1 from quality_issues where batch_id = $batch", batch=batch.id)
        message = f"应于{due:%Y年%-m月%-d日%H:%M}前报送，{batch.received_at:%Y年%-m月%-d日%H:%M}收到"
        late = {"rule_id": "DQ-26", "severity": "警告", "message_zh": message, "status": "待处理"}
        _record(db, "quality_issues", late | {"issue_id": f"{batch.id}-{number:04d}", "batch_id": batch.id})
        facts["warnings"] += 1
    _record(db, "returns_received", facts)


def _take(db: duckdb.DuckDBPyConnection, batch: Batch, outcome: Outcome) -> str | None:
    """Put the batch's rows in; the files that they replace."""
    table = batch.key[0]
    replaced = [id_ for id_, _ in of_key(db, batch) if staging.replaces(batch.part, staging.part(id_))]
    older = [_withdraw(db, table, id_, outcome) for id_ in replaced]
    if older and partial_lists.is_original(batch):  # its rows are changes of what other lists say
        register_states.restore_withdrawn(db, outcome.withdrawn, settings.snapshots_dir())
    _put(db, batch, outcome, max((1 + revision for _, revision in older), default=0))
    return "、".join(name for name, _ in older) or None


def _put(db: duckdb.DuckDBPyConnection, batch: Batch, outcome: Outcome, revision: int) -> None:
    """Put the batch's rows in, less those that say another home of somebody, and the line of the return."""
    file, strays = _own_name(db, batch), residences.strays(db, batch)
    partial_lists.remember(db, batch)
    kept = register_states.make_way(db, batch)
    _insert(db, batch.key[0], batch, batch.rows, file)
    outcome.remarks += register_states.take_out(db, batch, file, kept)
    partial_lists.fill(db, batch, file, kept)
    residences.take_out(db, batch, file, strays)
    _record(db, "quality_issues", *residences.issues(db, batch, strays))
    outcome.remarks += residences.sentences(batch, strays)
    facts = residences.less(batch.facts, len(strays)) | {"source_file": file, "received_at": batch.received_at}
    facts |= {"revision": revision, "rows_reject": facts["rows_refused"]}
    facts["rows_in"] = facts["rows_accepted"] + facts["rows_refused"]
    _record(db, "snapshot_manifest", facts)


def _withdraw(db: duckdb.DuckDBPyConnection, table: str, batch: str, outcome: Outcome) -> tuple[str, int]:
    """Take out a return and its rows; its file and revision."""
    sql = "delete from snapshot_manifest where batch_id = $batch returning source_file, revision"
    ((file, revision),) = _rows(db, sql, batch=batch)
    db.execute("update quality_issues set status = '已更正' where batch_id = $batch", {"batch": batch})
    outcome.withdrawn |= register_states.keys_of(db, table, file) | partial_lists.take_back(db, batch)
    db.execute(f"delete from {table} where source_file = $file", {"file": file})
    return file, revision


def _own_name(db: duckdb.DuckDBPyConnection, batch: Batch) -> str:
    """The file's name, told apart from the same name of another return of the table: rows are known by it."""
    taken = "select count(*) from snapshot_manifest where table_name = $table and source_file = $file"
    if _rows(db, taken, table=batch.key[0], file=batch.file) == [(0,)]:
        return batch.file
    stem, dot, kind = batch.file.rpartition(".")
    mark = batch.id.split("-", 3)[-1]
    name = f"{stem or kind}（{mark}）{dot}{kind if stem else ''}"
    db.execute(
        "update returns_received set source_file = $name where batch_id = $batch", {"name": name, "batch": batch.id}
    )
    return name


def _insert(db: duckdb.DuckDBPyConnection, table: str, batch: Batch, rows: Path | None, file: str = "") -> None:
    """The rows of a parquet file, only the contract's columns, under this file name if one is given. Raises Refused."""
    source = f"read_parquet('{str(rows).replace(chr(39), chr(39) * 2)}')"
    values = f"(select * replace ($name as source_file) from {source})" if file else source
    try:
        given = {column for column, *_ in _rows(db, f"describe from {source}")}
        columns = ", ".join(column for column, *_ in _rows(db, f"describe {table}") if column in given)
        db.execute(f"insert into {table} ({columns}) select {columns} from {values}", {"name": file} if file else None)
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except duckdb.Error as error:
        raise publish.Refused(f"{batch.file}（批次 {batch.id}）的行不符合数据约定：{error}") from error


def _record(db: duckdb.DuckDBPyConnection, table: str, *facts: dict) -> None:
    if not facts:
        return
    wanted = [column for column, *_ in _rows(db, f"describe {table}")]
    db.register("facts", pa.Table.from_pylist([{column: one.get(column) for column in wanted} for one in facts]))
    db.execute(f"insert into {table} by name from facts")
    db.unregister("facts")


def feedback_of(snapshot: Path) -> dict[str, bytes]:
    """The feedback workbooks in a snapshot, by batch. Raises snapshot_folders.Damaged."""
    names = snapshot_folders.manifest(snapshot).get("feedback", {})
    return {name: (snapshot / "feedback" / f"{name}.xlsx").read_bytes() for name in names}


def _feedback(base: Path | None, outcome: Outcome) -> dict[str, bytes]:
    """The base's workbooks and those of the batches now recorded."""
    kept = feedback_of(base) if base else {}
    new = {batch.id: batch.feedback for batch in (*outcome.refused, *outcome.taken)}
    return kept | {name: data for name, data in new.items() if data is not None}


def _rows(db: duckdb.DuckDBPyConnection, sql: str, **params: object) -> list[tuple]:
    return db.execute(sql, params or None).fetchall()
