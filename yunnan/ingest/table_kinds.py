"""Which table a file holds, by its header alone: registers are read before what cites them."""

from datetime import date
from pathlib import Path

from yunnan.ingest import file_kinds, headers, originals, sheets, text_files
from yunnan.ingest.context import CITED, Context
from yunnan.ingest.notes import Unreadable
from yunnan.ingest.result import Result

REGISTERS = ("code_lists", "programmes", "policies", "organizations", "projects")  # each before what cites it


def table(path: Path, context: Context) -> str | None:
    """The table that the file seems to hold; None where that is not clear, which reading it will say."""
    try:
        kind = file_kinds.kind(path)
        all_sheets = text_files.read(path) if kind == "csv" else sheets.read(path, kind)
    except (Unreadable, OSError):
        return None
    for sheet in sheets.open_to_rows(originals.applied(all_sheets, context.profiles)):
        if ranked := headers.find(sheet, None):
            return ranked[0].table
    return None


def place(table: str | None) -> int:
    """Where a table stands in the order of reading."""
    return REGISTERS.index(table) if table in REGISTERS else len(REGISTERS)


def codes(result: Result) -> dict[str, list]:
    """The codes that a register brings, of its accepted rows: what the files after it may cite."""
    if result.table not in CITED or result.rows is None:
        return {}
    columns = [result.rows.column(name) for name in CITED[result.table]]
    return {result.table: [[_plain(column[i]) for column in columns] for i in result.accepted]}


def _plain(value: object) -> object:
    """A day as text: what is cited goes to the process that reads."""
    return value.isoformat() if isinstance(value, date) else value
