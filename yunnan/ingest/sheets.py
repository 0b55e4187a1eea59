"""A workbook -> its sheets of raw cells, by physical rows, with what the file says about rows, columns and cells."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

from yunnan.ingest import forms, workbook_marks, xls_marks
from yunnan.ingest.notes import Unreadable
from yunnan.ingest.personal import masked
from yunnan.ingest.profiles import Profile
from yunnan.ingest.workbook_marks import Marks

Raw = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Sheet:
    """Raw cells. numbers[i] is the physical row of rows[i]; columns count from 0, as in the file."""

    name: str | None
    rows: list[list]
    numbers: list[int]
    is_hidden: bool = False
    marks: Marks = field(default_factory=Marks)
    open_line: int | None = None  # of a text file: its last line, if it has no end
    profile: Profile | None = None  # of an original: what its columns are

    def cell(self, index: int, column: int) -> Raw:
        """One cell; '' where the row is shorter."""
        row = self.rows[index]
        return row[column] if column < len(row) else ""


def read(path: Path, kind: str) -> list[Sheet]:
    """All sheets, hidden ones too. Raises Unreadable."""
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        marks_by_sheet = xls_marks.of_book(path) if kind == "xls" else workbook_marks.of_book(path, kind)
        return _discreet([_sheet(book, sheet, marks_by_sheet) for sheet in book.sheets_metadata if _has_cells(sheet)])
    except python_calamine.PasswordError as error:
        raise Unreadable("DQ-33", "工作簿设了打开密码；请取消密码后再报") from error
    except (python_calamine.CalamineError, workbook_marks.Broken, OSError, ValueError, KeyError) as error:
        raise Unreadable("DQ-33", "工作簿已经损坏，读不出来；请用表格软件重新保存再报") from error


def _has_cells(sheet) -> bool:
    return sheet.typ == python_calamine.SheetTypeEnum.WorkSheet


def _sheet(book: python_calamine.CalamineWorkbook, metadata, marks: dict[str, Marks]) -> Sheet:
    worksheet = book.get_sheet_by_name(metadata.name)
    rows = worksheet.to_python(skip_empty_area=False)
    is_hidden = metadata.visible != python_calamine.SheetVisibleEnum.Visible
    own_marks = replace(marks.get(metadata.name, Marks()), merged=worksheet.merged_cell_ranges or [])
    return Sheet(metadata.name, rows, list(range(1, len(rows) + 1)), is_hidden, own_marks)


def _discreet(all_sheets: list[Sheet]) -> list[Sheet]:
    """The sheets, their names masked and made different from each other."""
    names: list[str] = []
    for sheet in all_sheets:
        own = masked(sheet.name or "")
        names.append(own if own not in names else f"{own}（第{len(names) + 1}张）")
    return [replace(sheet, name=name) for sheet, name in zip(all_sheets, names, strict=True)]


def letter(column: int) -> str:
    """The name a spreadsheet gives a column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def open_to_rows(all_sheets: list[Sheet]) -> list[Sheet]:
    """The sheets that may hold rows: not those that our own form hides, nor its guide, which explains the columns."""
    own = {forms.META, forms.OPTIONS}
    own |= {forms.GUIDE} if any(sheet.name == forms.META for sheet in all_sheets) else set()
    return [sheet for sheet in all_sheets if sheet.name not in own]
