"""Rows as a workbook of three sheets: 数据 (typed cells, with filters), 说明 (about the data), 字段 (the columns)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import IO

import xlsxwriter

from yunnan.drawing.exports.csv import RISKY
from yunnan.words import palette

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_ROWS = 1_048_575  # Excel's limit, without the header
NARROWEST, WIDEST = 8, 46  # characters
SAMPLE = 200  # the first rows, by which a column's width is chosen
DATED = datetime(2020, 1, 1)  # the file's own date, always the same, so that the same view gives the same bytes


def write(
    file: IO[bytes],
    *,
    header: Sequence[str],
    batches: Iterable[Sequence[tuple]],
    about: Sequence[tuple[str, str]],
    fields: Sequence[tuple[str, ...]],
    sheet_rows: int = SHEET_ROWS,
) -> int:
    """Write the workbook; returns the number of data rows.

    about: lines of the sheet 说明; fields: lines of the sheet 字段, a header line, then one line per column.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": DATED})
        formats = _formats(book)
        written, sheets = _data(book, formats, header, batches, sheet_rows)
        split = [("数据分页", f"超过一张工作表的行数上限，分为{sheets}张：数据、数据2……")] if sheets > 1 else []
        _list(book.add_worksheet("说明"), formats, [("项目", "内容"), *about, *split], (22, 100))
        _list(book.add_worksheet("字段"), formats, fields, (26, 24, 12, 80, 40))
    return written


def _formats(book: xlsxwriter.Workbook) -> dict[str, object]:
    text = {"num_format": "@", "valign": "top"}
    return {
        "head": book.add_format(
            {"bold": True, "bg_color": palette.GRID, "border": 1, "text_wrap": True, "valign": "top"}
        ),
        "text": book.add_format(text),
        "risky": book.add_format(text | {"quote_prefix": True}),  # stays text when somebody edits the cell
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "count": book.add_format({"num_format": "#,##0"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
    }


def _data(book, formats: dict, header: Sequence[str], batches, sheet_rows: int) -> tuple[int, int]:
    """Write the rows to as many sheets as they need; returns (number of rows, number of sheets)."""
    rows = chain.from_iterable(batches)
    sample = list(islice(rows, SAMPLE))
    widths = [_width(cells) for cells in zip(header, *sample, strict=True)]
    sheets, written = [_sheet(book, formats, header, widths, 1)], 0
    for written, values in enumerate(chain(sample, rows), 1):
        row = (written - 1) % sheet_rows + 1
        if row == 1 and written > 1:
            sheets.append(_sheet(book, formats, header, widths, len(sheets) + 1))
        for column, value in enumerate(values):
            _write(sheets[-1], formats, row, column, value)
    for before, sheet in enumerate(sheets):
        sheet.autofilter(0, 0, max(1, min(sheet_rows, written - before * sheet_rows)), len(header) - 1)
    return written, len(sheets)


def _sheet(book, formats: dict, header: Sequence[str], widths: Sequence[int], number: int):
    sheet = book.add_worksheet("数据" if number == 1 else f"数据{number}")
    sheet.freeze_panes(1, 0)
    for column, text in enumerate(header):
        sheet.set_column(column, column, widths[column])
        sheet.write_string(0, column, text, formats["head"])
    return sheet


def _width(cells: Sequence) -> int:
    """The width of a column with these cells, in characters; a Chinese one counts as two, as it does in GB18030."""
    texts = (f"{value:,.2f}" if isinstance(value, Decimal | float) else str(value) for value in cells)
    return min(WIDEST, max(NARROWEST, 3 + max(len(text.encode("gb18030")) for text in texts)))


def _write(sheet, formats: dict, row: int, column: int, value) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "是" if value else "否", formats["text"])
    elif isinstance(value, str):
        sheet.write_string(row, column, value, formats["risky" if RISKY.match(value) else "text"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["date"])
    else:
        sheet.write_number(row, column, value, formats["money" if isinstance(value, Decimal | float) else "count"])


def _list(sheet, formats: dict, lines: Sequence[tuple[str, ...]], widths: Sequence[int]) -> None:
    for column, width in enumerate(widths[: len(lines[0])]):
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(row, column, str(text), formats["wrap" if row else "head"])
    sheet.freeze_panes(1, 0)
