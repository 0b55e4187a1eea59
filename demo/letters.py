"""File formats of the bureaus' returns: workbooks with titles, totals or two-line headers, text in old encodings."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from demo import reference
from demo.returns import TITLES

__all__ = ["TITLES", "csv_gbk", "csv_semicolons", "csv_utf8", "labels", "misdeclared", "plain", "tabs_utf16", "titled",
           "two_lines", "with_identity_numbers"]  # fmt: skip
MADE_AT = datetime(2020, 7, 20, 9)
Grid = list[list]  # the header and the rows


def labels(table: str) -> dict[str, str]:
    """{column: its name in the return} of a table."""
    own = [row for row in reference.rows("return_columns") if row["table"] == table]
    return {row["column"]: row["label"] + ("（元）" if row["column"].endswith("_yuan") else "") for row in own}


def plain(file: Path, grid: Grid, title: str) -> None:
    """A workbook with the header in its first line."""
    _workbook(file, {"报表": grid})


def titled(file: Path, grid: Grid, title: str) -> None:
    """With a title above, a line of totals and who filled it in below."""
    at = grid[0].index("金额（元）")
    total = ["合计" if column == 0 else sum(_number(row[at]) for row in grid[1:]) if column == at else None
             for column in range(len(grid[0]))]  # fmt: skip
    _workbook(file, {"报表": [[f"{title.partition('_')[0]}社会组织参与脱贫攻坚资金统计表"], [], *grid, total,
                              ["填表人：（演示）", None, "审核人：（演示）"]]})  # fmt: skip


def two_lines(file: Path, grid: Grid, title: str) -> None:
    """With a header of two lines: above some columns stands what they have in common."""
    above = [{"州市": "受益地区", "捐赠人类型": "捐赠人"}.get(str(label)) for label in grid[0]]
    _workbook(file, {"报表": [above, *grid]})


def misdeclared(file: Path, grid: Grid, title: str) -> None:
    """With a sheet that declares three rows more than there are."""
    _workbook(file, {"报表": grid, "填报说明": [["申报行数", len(grid) + 2]]})


def with_identity_numbers(file: Path, grid: Grid, title: str) -> None:
    """With a column that no return may have; the numbers are none that anybody could have."""
    _workbook(file, {"报表": [[*grid[0], "身份证号"], *([*row, "000000000000000000"] for row in grid[1:])]})


def csv_utf8(file: Path, grid: Grid, title: str) -> None:
    """Commas, UTF-8 with its mark."""
    _text(file, grid, ",", "utf-8-sig")


def csv_gbk(file: Path, grid: Grid, title: str) -> None:
    """Commas, as old programs write Chinese."""
    _text(file, grid, ",", "gb18030")


def csv_semicolons(file: Path, grid: Grid, title: str) -> None:
    """Semicolons, UTF-8 without its mark."""
    _text(file, grid, ";", "utf-8")


def tabs_utf16(file: Path, grid: Grid, title: str) -> None:
    """Tabs, UTF-16: what Excel calls Unicode text."""
    _text(file, grid, "\t", "utf-16")


def _text(file: Path, grid: Grid, between: str, encoding: str) -> None:
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=between).writerows([_plain(value) for value in row] for row in grid)
    file.write_bytes(lines.getvalue().encode(encoding))


def _workbook(file: Path, sheets: dict[str, Grid]) -> None:
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": MADE_AT})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    content = _plain(value)
                    if content != "":
                        sheet.write(at, column, content)


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "；".join(str(item) for item in value)
    return value if isinstance(value, int | str) else float(str(value))


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 0.0
