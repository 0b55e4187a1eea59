"""Which staged returns go into a snapshot, which are only recorded, which wait, and why."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb

from yunnan.publication import residences, staging
from yunnan.publication.staging import Batch


@dataclass
class Outcome:
    """What became of the staged returns."""

    taken: list[Batch] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)  # batch -> the file it replaces
    refused: list[Batch] = field(default_factory=list)  # whole: they are recorded, their rows are nowhere
    unknown: list[Batch] = field(default_factory=list)  # refused whole, of no known period: no snapshot records them
    remarks: list[str] = field(default_factory=list)  # rows of those taken that do not count, or may count twice
    waiting: list[tuple[Batch, str]] = field(default_factory=list)  # and why
    withdrawn: set[tuple[str, str]] = field(default_factory=set)  # table and key of the states that went
    taken_back: dict[str, str] = field(default_factory=dict)  # file -> why: returns of the base that were withdrawn
    has_new_dates: bool = False  # deadline, first quarter or senders are no more those of the base
    last_receipt: int = 0
    base: str = ""
    path: Path = Path()
    is_durable: bool = True


def sorted_out(db: duckdb.DuckDBPyConnection, staged: list[Batch], asof: date, gone: set[str]) -> Outcome:
    """Which batches go in, which are only recorded, which wait; those the base has dealt with are none of these."""
    recorded = {batch for (batch,) in _rows(db, "select batch_id from returns_received")}
    held = {batch for (batch,) in _rows(db, "select batch_id from snapshot_manifest")}
    outcome = Outcome(last_receipt=max((staging.receipt(batch.id) for batch in staged), default=0))
    for batch in staged:
        newer = None if batch.id in held or not batch.has_rows else _newer(db, batch, gone)
        if batch.id in held or (batch.id in recorded and (newer or not batch.has_rows)):
            continue
        if not batch.has_period:
            outcome.unknown.append(batch)
        elif batch.begins > asof:
            outcome.waiting.append((batch, f"报告期 {batch.facts['report_period']} 晚于截至日"))
        elif not batch.has_rows:
            outcome.refused.append(batch)
        elif newer:
            outcome.waiting.append((batch, f"快照中已有更新的同一报表，收到于 {newer:%Y-%m-%d %H:%M}"))
        else:
            outcome.taken.append(batch)
    return outcome


def judged_anew(db: duckdb.DuckDBPyConnection, outcome: Outcome) -> list[Batch]:
    """Staged returns in the base that lost rows to what stood before, now that something else of their table came."""
    news = {batch.id for batch in outcome.taken if batch.key[0] == residences.TABLE}
    sql = "select batch_id, rows_accepted from returns_received inner join snapshot_manifest using (batch_id)"
    counted = dict(_rows(db, sql)) if news else {}
    held = (batch for batch in staging.batches() if batch.id in counted and batch.id not in news)
    return [batch for batch in held if counted[batch.id] < batch.facts["rows_accepted"]]


def _newer(db: duckdb.DuckDBPyConnection, batch: Batch, gone: set[str]) -> datetime | None:
    """When a later receipt came that takes the batch's place and is in the base; None if there is none."""
    for id_, received_at in of_key(db, batch):
        is_later = (staging.receipt(id_), received_at) >= batch.order
        if is_later and id_ not in gone and staging.replaces(staging.part(id_), batch.part):
            return received_at
    return None


def of_key(db: duckdb.DuckDBPyConnection, batch: Batch) -> list[tuple]:
    """Batch and time of what stands of the same sender, table and period."""
    table, prefecture, period = batch.key
    wanted = "table_name = $table and prefecture_code = $prefecture and report_period = $period"
    sql = f"select batch_id, received_at from snapshot_manifest where {wanted} order by batch_id"
    return _rows(db, sql, table=table, prefecture=prefecture, period=period)


def nothing(outcome: Outcome) -> str:
    reasons = [f"{batch.file}：{why}" for batch, why in outcome.waiting]
    reasons += [f"{batch.file}：整份拒收，没有可入库的行" for batch in [*outcome.refused, *outcome.unknown]]
    why = f"；{'；'.join(reasons)}" if reasons else ""
    return f"没有能改变快照的报表，没有发布{why}。收到报表后先运行 python -m yunnan ingest"


def _rows(db: duckdb.DuckDBPyConnection, sql: str, **params: object) -> list[tuple]:
    return db.execute(sql, params or None).fetchall()
