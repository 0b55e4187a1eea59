"""What is to be remarked on a sheet, whatever its rows say: its name, what is hidden, columns nobody asked for."""

from collections.abc import Iterator

from yunnan.ingest import cells, forms, headers, tables
from yunnan.ingest.forms import GUIDE
from yunnan.ingest.notes import Note, Notes
from yunnan.ingest.personal import masked
from yunnan.ingest.sheets import Sheet
from yunnan.ingest.tables import Table

OWN = {GUIDE, "说明", "问题清单"}  # sheets of our own forms and workbooks, which hold no rows


def secret_names(all_sheets: list[Sheet]) -> Notes:
    """Warnings on sheets whose name held a personal number."""
    message = "工作表名里有证件号、电话、账号或银行卡号，没有保存；请改工作表名再报"
    names = [sheet.name for sheet in all_sheets if "已隐去〕" in (sheet.name or "")]
    return Notes(warnings=[Note(name, None, None, "DQ-20", message) for name in names])


def unread(sheet: Sheet) -> Notes:
    """A warning on a sheet that has no header of a return, unless it is one of our own or empty."""
    if sheet.name in OWN or all(cells.is_blank(cell) for row in sheet.rows for cell in row):
        return Notes()
    message = "这张工作表没有报表的表头，没有读取；若有数据，请补表头再报"
    return Notes(warnings=[Note(sheet.name, None, None, "DQ-01", message)])


def empty_columns(part: Table) -> Notes:
    """Which columns should not be there, though nothing is in them. Raises Unreadable where something is."""
    notes, has_values = Notes(), tables.has_values(part)
    headers.check(part.header, has_values, part.sheet.name)
    for heading in part.header.headings:
        if not has_values[heading.index] and heading.column in (None, forms.PERSONAL):
            is_personal = heading.column == forms.PERSONAL
            message = (
                "这一列不该报送，幸好是空的；请把整列删去" if is_personal else "不是报送模板中的列，是空的，没有读取"
            )
            rule = "DQ-20" if is_personal else "DQ-01"
            notes.warnings.append(Note(part.sheet.name, None, masked(heading.header), rule, message))
    return notes


def hidden(part: Table) -> Iterator[Note]:
    """What was hidden and read all the same, and that the last line has no end."""
    sheet = part.sheet
    if sheet.open_line and sheet.open_line not in part.numbers():
        message = "文件的最后一行没有换行，可能没有传完；请核对有没有漏行"
        yield Note(sheet.name, sheet.open_line, None, "DQ-33", message)
    if sheet.is_hidden:
        yield Note(sheet.name, None, None, "DQ-35", "隐藏的工作表，已照常读入；请确认应当报送")
    if rows := [number for number in part.numbers() if number in sheet.marks.hidden_rows]:
        row_numbers = "、".join(map(str, rows[:10])) + (f"等{len(rows):,}行" if len(rows) > 10 else "")
        message = f"隐藏的行（第{row_numbers}行），已照常读入；请确认应当报送"
        yield Note(sheet.name, None, None, "DQ-35", message)
    for heading in part.header.headings:
        if heading.index in sheet.marks.hidden_columns:
            message = "隐藏的列，已照常读入；请确认应当报送"
            yield Note(sheet.name, None, masked(heading.header), "DQ-35", message)


def formulas(part: Table) -> Iterator[Note]:
    """Which columns hold formulas; their results are read as the file has them."""
    rows, sheet = set(part.numbers()) if part.sheet.marks.formulas else set(), part.sheet
    for heading in part.header.headings:
        count = sum(column == heading.index and row in rows for row, column in sheet.marks.formulas)
        if count:
            message = f"{count:,}格是公式，按文件里存下的结果读入"
            yield Note(sheet.name, None, masked(heading.header), None, message)
