"""A read return in data/staging: one folder, whole or not at all, never changed afterwards.

data/staging/<batch_id>/batch.json, rows.parquet, issues.parquet, feedback.xlsx
"""

import hashlib
import os
import shutil
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import filelock
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from yunnan import settings
from yunnan.ingest import feedback, forms, receipts, report, totals
from yunnan.ingest.context import Context
from yunnan.ingest.headers import CODE
from yunnan.ingest.notes import Note, Unreadable
from yunnan.ingest.result import Result
from yunnan.publication.periods import Quarter

FORMAT = 2
STATUS = {"accepted": "全部接收", "partly": "部分接收", "refused": "整份拒收"}
TYPES = {
    "amount": pa.decimal128(16, 2),
    "money": pa.decimal128(16, 2),
    "number": pa.decimal128(16, 2),
    "share": pa.decimal128(18, 4),
    "date": pa.date32(),
    "count": pa.int32(),
    "year": pa.int16(),
    "yes": pa.bool_(),
    "years": pa.list_(pa.int16()),
}
ISSUE = (
    "issue_id",
    "batch_id",
    "rule_id",
    "severity",
    "sheet",
    "row_no",
    "column_name",
    "raw_value",
    "message_zh",
    "status",
)


def batch_id(result: Result, receipt: int) -> str:
    """The name of a batch: whose return of what, the number of its receipt, and which part it is."""
    period = result.period or result.order.period or "0000Q0"
    sender = result.sender or result.order.prefecture or "000000"
    part = f"-{result.order.part}" if result.order.part else ""
    return f"{result.table or 'unknown'}-{sender}-{period}-{receipt:06d}{part}"


def stage(result: Result, folder: Path, context: Context, *, dry_run: bool = False) -> tuple[Result, str | None, bool]:
    """Write the batch into the staging folder; returns the result as decided, the batch's name, whether that is new.

    A second return of one sender, table and period that is sent neither to replace the first nor as a part of it is
    refused and has no name. The same file with the same outcome is the batch already staged. The rename is the staging.
    Raises staging.Unreadable.
    """
    rows = None if result.is_refused else _parquet(rows_of(result))
    if dry_run:
        return *_decided(result, folder, context, rows), False
    folder.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(folder / ".lock"):
        result, same = _decided(result, folder, context, rows)
        if same or (rows is not None and result.is_refused):
            return result, same, False
        for stale in folder.glob(".incoming.*"):  # of a killed process; safe: only the lock's holder writes here
            shutil.rmtree(stale)
        number = 1 + receipts.last(folder, context)
        receipts.count(folder, number)
        name = batch_id(result, number)
        incoming = folder / f".incoming.{name}"
        incoming.mkdir()
        try:
            _write(result, name, rows, incoming)
            _commit(incoming, folder / name)
        except BaseException:
            shutil.rmtree(incoming, ignore_errors=True)
            raise
    return result, name, True


def _decided(result: Result, folder: Path, context: Context, rows: bytes | None) -> tuple[Result, str | None]:
    """The result beside what stands, refused if a person has to decide; the batch that holds the very same already."""
    if rows is None:
        return result, None
    stands = receipts.standing(result, folder, context)
    if question := receipts.question(result, stands):
        return result.refused(Unreadable("DQ-34", question)), None
    now = receipts.outcome(facts(result, "", rows))
    replaced = receipts.replaced(result, stands)
    is_same = [(one.sha256, one.outcome) for one in replaced] == [(result.sha256, now)]
    does_count = bool(result.accepted or not result.rows_refused)  # else it takes nothing's place
    result = replace(result, beside=receipts.beside(result, replaced, stands) if does_count else [])
    return result, replaced[0].batch_id if is_same else None


def _parquet(rows: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd")
    return sink.getvalue().to_pybytes()


def _commit(incoming: Path, target: Path) -> None:
    for file in incoming.iterdir():
        file.chmod(0o444)
        _sync(file)
    _sync(incoming)
    incoming.rename(target)
    _sync(target.parent)


def _write(result: Result, name: str, rows: bytes | None, folder: Path) -> None:
    batch_facts = facts(result, name, rows)
    (folder / "batch.json").write_bytes(orjson.dumps(batch_facts, default=_plain, option=orjson.OPT_INDENT_2))
    if rows is not None:
        (folder / "rows.parquet").write_bytes(rows)
    pq.write_table(issues(result, name), folder / "issues.parquet", compression="zstd")
    with (folder / "feedback.xlsx").open("wb") as file:
        feedback.write(file, result)


def facts(result: Result, name: str, rows: bytes | None) -> dict:
    """batch.json: the columns of returns_received, and what snapshot_manifest needs."""
    accepted = len(result.accepted)
    doubtful = len(result.rows.doubtful - result.rows.wrong) if result.rows is not None and not result.is_refused else 0
    period = result.period or result.order.period or ""
    return {
        "format": FORMAT,
        "batch_id": name,
        "source_file": result.file,
        "source_sha256": result.sha256,
        "table_name": result.table,
        "report_period": period,
        "prefecture_code": result.sender or result.order.prefecture,
        "status": STATUS[result.status],
        "rows_in": result.rows_in,
        "rows_accepted": accepted,
        "rows_refused": result.rows_refused,
        "rows_dropped": len(result.notes.dropped),
        "warnings": len(result.notes.warnings),
        "received_at": _zoned(result.order.received_at),
        "has_feedback": True,
        "is_synthetic": result.order.is_synthetic,
        "covers_province": result.order.covers_province,
        "rows_ok": accepted - doubtful,
        "rows_warn": doubtful,
        "rows_reject": result.rows_refused,
        "sum_amount_ok": totals.amount(result.rows) if result.rows is not None and not result.is_refused else None,
        "declared_rows": result.declared_rows,
        "declared_amount": result.declared_amount,
        "rows_sha256": None if rows is None else hashlib.sha256(rows).hexdigest(),
        "due_date": Quarter(period).due(result.order.dates.deadline).isoformat(sep=" ") if period else None,
    } | _columns(result)


def _columns(result: Result) -> dict:
    """Which columns a register of organizations had, and by which profile it was read; nothing of any other return."""
    if result.rows is None or result.table != "organizations":
        return {}
    given = set(forms.columns(result.table)) & {name.removesuffix(CODE) for name in result.rows.heads}
    return {"columns": sorted(given), "profile": result.rows.profile.name if result.rows.profile else None}


def rows_of(result: Result) -> pa.Table:
    """The accepted rows with exactly the contract's columns of their table."""
    assert result.rows is not None
    read, keep = result.rows, result.accepted
    fields = {}
    for name in report.contract(read.table):
        column = forms.columns(read.table).get(name)
        kind = column.kind if column else "text"
        default = pa.list_(pa.string()) if kind in forms.LISTS else pa.string()
        values = read.column(name)
        fields[name] = pa.array([values[i] for i in keep], TYPES.get(kind, default))
    fields["source_file"] = pa.array([result.file] * len(keep), pa.string())
    fields["source_row"] = pa.array([read.numbers[i] for i in keep], pa.int32())
    return pa.table(fields)


def issues(result: Result, name: str) -> pa.Table:
    """What was found wrong, as rows of quality_issues; every text is masked already."""
    notes = result.notes
    severities = {row["rule_id"]: row["severity"] for row in forms.rows("validation_rules")}
    graded_notes = [("错误", note) for note in notes.refused]
    graded_notes += [("提示" if severities.get(note.rule or "") == "提示" else "警告", note) for note in notes.warnings]
    graded_notes += [("提示", note) for note in notes.dropped]
    issue_rows = [_issue(number, name, severity, note) for number, (severity, note) in enumerate(graded_notes, 1)]
    types = [pa.string()] * 5 + [pa.int32()] + [pa.string()] * 4
    columns = zip(*issue_rows, strict=True) if issue_rows else [()] * len(ISSUE)
    return pa.table(
        {key: pa.array(list(column), kind) for key, column, kind in zip(ISSUE, columns, types, strict=True)}
    )


def _issue(number: int, name: str, severity: str, note: Note) -> tuple:
    cell = (note.sheet, note.row, note.column, note.before or None)
    return (f"{name}-{number:04d}", name, note.rule or "DQ-34", severity, *cell, note.message, "待处理")


def _zoned(moment: datetime) -> str:
    """A moment of the clock of settings.ZONE, with the zone's distance from Greenwich."""
    return moment.replace(tzinfo=settings.ZONE).isoformat(sep=" ", timespec="seconds")


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
