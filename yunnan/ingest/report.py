"""What became of a file, as data: the machine's form of the feedback workbook."""

from datetime import date
from decimal import Decimal

import orjson

from yunnan.ingest import forms
from yunnan.ingest.notes import Note
from yunnan.ingest.result import Result

EVENTS = {"funds", "beneficiaries", "activities", "reported_stats"}  # whose rows carry their period


def file_report(result: Result) -> dict:
    """The report of one file; rows_in = accepted + rows_refused + rows_dropped."""
    notes = result.notes
    return {
        "file": result.file,
        "sha256": result.sha256,
        "status": result.status,
        "table": result.table,
        "period": result.period,
        "prefecture": result.sender,
        "rows_in": result.rows_in,
        "accepted": len(result.accepted),
        "rows_refused": result.rows_refused,
        "rows_dropped": len(notes.dropped),
        "refused": [_note_record(note._replace(before=None)) for note in notes.refused],
        "dropped": [{"sheet": n.sheet, "row": n.row, "reason": n.message} for n in notes.dropped],
        "warnings": [_note_record(note) for note in notes.warnings],
        "normalised": [_note_record(note) for note in notes.normalised],
        "rows": rows(result),
    }


def rows(result: Result) -> list[dict]:
    """The accepted rows: the contract's columns as read, with sheet and row."""
    if result.rows is None:
        return []
    read = result.rows
    columns = [(name, read.column(name)) for name in contract(read.table)]
    return [
        {name: values[i] for name, values in columns} | {"sheet": read.sheets[i], "row": read.numbers[i]}
        for i in result.accepted
    ]


def contract(table: str) -> list[str]:
    """The contract's columns of a table that a return fills."""
    names = list(forms.columns(table))
    return ["report_period", *names] if table in EVENTS else names


def written(reports: list[dict]) -> bytes:
    """One report as an object, several as a list; money as a number, days as 2020-05-12."""
    whole: object = reports[0] if len(reports) == 1 else reports
    return orjson.dumps(whole, default=_plain, option=orjson.OPT_INDENT_2)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


def _note_record(note: Note) -> dict:
    record = {"sheet": note.sheet, "row": note.row, "column": note.column, "rule": note.rule, "message": note.message}
    if note.before is not None or note.after is not None:
        record |= {"from": note.before, "to": note.after}
    return record
