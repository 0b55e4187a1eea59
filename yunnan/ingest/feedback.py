"""The workbook that goes back to the sender: the own rows, bad cells marked, what is wrong and how to mend it."""

import re
from collections import Counter
from datetime import date, datetime, time
from typing import IO

import xlsxwriter

from yunnan.drawing.exports.risky import RISKY
from yunnan.ingest import cells, forms, personal, places, units
from yunnan.ingest.forms import EXCERPT, GUIDE
from yunnan.ingest.notes import Note
from yunnan.ingest.personal import masked
from yunnan.ingest.result import Result
from yunnan.ingest.tables import Table
from yunnan.words import palette

DATED = datetime(2020, 1, 1)  # fixed: with the time of writing, the same return would not give the same bytes
WHOLE = 20_000  # rows of a sheet that are all written; of a longer one only those with something to say
SAME = 20  # lines of the list that differ in nothing but their row
LISTED = 100_000  # lines of the list
HIDDEN = "〔已隐去〕"
STATUS = {"accepted": "全部接收", "partly": "部分接收", "refused": "整份拒收"}
HOW = (
    "改好后把整份报表重新报送，新的一份替换旧的一份",
    "行数多，这里只列有问题的行；请在原表里改好，把整份报表重新报送，新的一份替换旧的一份",
)
LOOKS = {
    "head": {"bold": True, "bg_color": palette.GRID, "border": 1, "text_wrap": True, "valign": "top"},
    "text": {"num_format": "@", "valign": "top"},
    "risky": {"num_format": "@", "valign": "top", "quote_prefix": True},
    "day": {"num_format": "yyyy-mm-dd", "valign": "top"},
    "bad": {"num_format": "@", "valign": "top", "bg_color": palette.WRONG, "quote_prefix": True},
    "doubt": {"num_format": "@", "valign": "top", "bg_color": palette.DOUBTFUL, "quote_prefix": True},
    "gone": {"num_format": "@", "valign": "top", "font_color": palette.MACHINE, "italic": True},
    "wrap": {"num_format": "@", "valign": "top", "text_wrap": True},
}


def write(file: IO[bytes], result: Result) -> None:
    """Write the workbook: 说明, 问题清单, then a sheet for each of the sender's."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": DATED})
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        _about(book, looks, result)
        _list(book, looks, result)
        for number, part in enumerate(result.parts, 1):
            _rows(book, looks, result, part, number)
        if any(len(part.indexes) > WHOLE for part in result.parts):
            book.add_worksheet(EXCERPT).hide()  # sent back it would replace the whole by a part


def _owed(result: Result) -> str:
    """Why the return cannot be late; '' where it can."""
    if result.is_backfill:
        return "（补报：在起报期以前，迟报不适用）"
    return "（不应报的单位报来的：照收，不算迟）" if result.is_unowed else ""


def _about(book, looks: dict, result: Result) -> None:
    notes = result.notes
    is_long = any(len(part.indexes) > WHOLE for part in result.parts)
    lines = [
        ("项目", "内容"),
        ("文件", result.file),
        ("处理结果", STATUS[result.status]),
        ("报表", forms.TABLES.get(result.table or "", "认不出")),
        ("报告期", (result.period or "未知") + _owed(result)),
        ("报送单位", _sender(result)),
        ("读到", f"{result.rows_in:,}行"),
        ("接收", f"{len(result.accepted):,}行"),
        ("拒收", f"{result.rows_refused:,}行"),
        ("剔除", f"{len(notes.dropped):,}行（合计、小计、填表人等，见问题清单）"),
        ("警告", f"{len(notes.warnings):,}处（已接收，请核对）"),
        ("换算", f"{len(notes.normalised):,}处（见问题清单末尾）"),
        ("怎样改", f"红格为拒收原因，黄格为警告，鼠标停在格上看说明；{HOW[is_long]}"),
        ("文件指纹", result.sha256 or ""),
    ]
    _lines(book.add_worksheet("说明"), looks, lines, (14, 100))


def _sender(result: Result) -> str:
    return places.names("prefecture").get(result.sender or "", "省本级" if result.sender else "认不出")


def _list(book, looks: dict, result: Result) -> None:
    issue_lines: list[tuple[str, ...]] = [("级别", "工作表", "行", "列", "规则", "问题与怎样改")]
    notes = result.notes
    issue_lines += _few([_line("错误（拒收）", note) for note in notes.refused])
    issue_lines += _few([_line("警告（已收）", note) for note in notes.warnings])
    issue_lines += _few([_line("提示（剔除）", note) for note in notes.dropped])
    issue_lines += _few([_line("提示（换算）", note) for note in notes.normalised])
    if len(issue_lines) > LISTED:
        rest = len(issue_lines) - LISTED
        issue_lines = [*issue_lines[:LISTED], ("提示", "", "", "", "", f"另有{rest:,}条没有列出，请先改正以上各条")]
    sheet = book.add_worksheet("问题清单")
    _lines(sheet, looks, issue_lines, (14, 16, 8, 22, 9, 90))
    sheet.autofilter(0, 0, max(1, len(issue_lines) - 1), 5)


def _few(lines: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Of lines that differ in nothing but their row the first of each kind, and how many more there are."""
    seen: Counter[tuple[str, ...]] = Counter()
    kept, last = [], {}
    for line in lines:
        kind = (*line[:2], *line[3:])
        seen[kind] += 1
        last[kind] = line[2]
        if seen[kind] <= SAME:
            kept.append(line)
    more = [(kind, count - SAME) for kind, count in seen.items() if count > SAME]
    rest = [(*kind[:2], "", *kind[2:4], f"同样的还有{n:,}处，到第{last[kind]}行为止：{kind[4]}") for kind, n in more]
    return kept + rest


def _line(severity: str, note: Note) -> tuple[str, ...]:
    changed = f"（{note.before} → {note.after}）" if note.before and note.after else ""
    cell = (note.sheet or "", "" if note.row is None else str(note.row), note.column or "")
    return (severity, *cell, note.rule or "", note.message + changed)


def _lines(sheet, looks: dict, lines: list, widths: tuple[int, ...]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            if text:
                sheet.write_string(row, column, _clean(text), looks["wrap" if row else "head"])
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _rows(book, looks: dict, result: Result, part: Table, number: int) -> None:
    """One of the sender's sheets, row for row at its own place, or only the rows to look at when it is long."""
    sheet = book.add_worksheet(_title(part, number, result))
    sheet.set_column(0, max(h.index for h in part.header.headings), 16)
    marked = _marks(result, part)
    secret = _secrets(result, part)
    start = part.header.first + part.header.lines
    indexes = list(range(len(part.sheet.rows)))
    is_long = len(part.indexes) > WHOLE
    if is_long:
        indexes = [*indexes[:start], *_worst(part, indexes[start:], marked)]
    for at, index in enumerate(indexes):
        # A short sheet keeps its rows where they were; the number of the row is the sender's.
        row = at if is_long else part.sheet.numbers[index] - 1
        _row(sheet, looks, part, index, row, marked.get(part.sheet.numbers[index], {}), secret)


def _worst(part: Table, indexes: list[int], marked: dict) -> list[int]:
    """At most WHOLE rows with a remark, in the sheet's order; refused rows are taken before doubtful ones."""
    remarked = [i for i in indexes if part.sheet.numbers[i] in marked]
    looks = {i: min(look for look, _ in marked[part.sheet.numbers[i]].values()) for i in remarked}  # bad before doubt
    return sorted(sorted(remarked, key=lambda i: (looks[i], i))[:WHOLE])


def _title(part: Table, number: int, result: Result) -> str:
    name = masked(part.sheet.name or "报表")
    taken = {"说明", "问题清单", GUIDE}
    title = "".join("_" if c in "[]:*?/\\'" else c for c in name)[:25] or "报表"
    same = [p for p in result.parts[: number - 1] if (p.sheet.name or "报表")[:25].lower() == name[:25].lower()]
    return f"{title}_{number}" if title in taken or same else title


def _marks(result: Result, part: Table) -> dict[int, dict[str, tuple[str, str]]]:
    """Row -> header -> (look, reasons); '' for what concerns the whole row."""
    marks_by_row: dict[int, dict[str, tuple[str, str]]] = {}
    for look, notes in (("doubt", result.notes.warnings), ("bad", result.notes.refused)):
        for note in notes:
            if note.sheet == part.sheet.name and note.row is not None:
                row = marks_by_row.setdefault(note.row, {})
                before = row.get(note.column or "", ("", ""))[1]
                row[note.column or ""] = (look, f"{before}\n{note.message}".strip())
    return marks_by_row


def _secrets(result: Result, part: Table) -> set[tuple[int, str]]:
    cells_of = result.rows.secrets if result.rows is not None else set()
    return {(row, column) for sheet, row, column in cells_of if sheet == part.sheet.name}


def _line_of_words(sheet, looks: dict, part: Table, index: int, row: int) -> None:
    """A title or footer, which is no record: people's names and telephones in it are masked."""
    cells_of = [cells.text_of(raw) for raw in part.sheet.rows[index]]
    for column, text in enumerate(personal.discreet(cells_of)):
        if text.strip():
            safe_text = "〔过长的数，未抄录〕" if re.fullmatch(r"[0-9.e+]{15,}", text) else _clean(text)
            sheet.write_string(row, column, safe_text, looks["risky" if RISKY.match(safe_text) else "text"])


def _row(sheet, looks: dict, part: Table, index: int, row: int, marked: dict, secret: set) -> None:
    number = part.sheet.numbers[index]
    if index < part.header.first or number in part.footers:
        _line_of_words(sheet, looks, part, index, row)
        return
    headings = {heading.index: heading for heading in part.header.headings}
    is_head = index < part.header.first + part.header.lines
    for column in range(max([*headings, len(part.sheet.rows[index]) - 1]) + 1):
        heading = headings.get(column)
        raw: object = part.sheet.cell(index, column)
        if heading and (number_format := part.sheet.marks.number_formats.get((number, column))):
            raw = units.spelled(raw, number_format, heading.factor)  # our own cell has no such format
        if heading is None:
            if not cells.is_blank(raw) and not is_head:
                sheet.write_string(row, column, "〔此列没有表头，内容未抄录〕", looks["bad"])
            elif is_head and not cells.is_blank(raw):
                sheet.write_string(row, column, _masked_text(raw), looks["head"])
            continue
        look, reason = marked.get(heading.header, ("", ""))
        if is_head:
            if not cells.is_blank(raw):
                sheet.write_string(row, column, _masked_text(raw), looks["head"])
        elif not cells.is_blank(raw) and (heading.column == "personal" or (number, heading.header) in secret):
            sheet.write_string(row, column, HIDDEN, looks["bad"])
        elif look:
            sheet.write_string(row, column, _masked_text(raw), looks[look])
        else:
            _cell(sheet, looks, row, column, raw)
        if reason:
            sheet.write_comment(row, column, _clean(reason)[:1_000], {"x_scale": 2})


def _cell(sheet, looks: dict, row: int, column: int, raw: object) -> None:
    if cells.is_blank(raw):
        return
    if isinstance(raw, bool) or not isinstance(raw, int | float | date | time):
        text = _masked_text(raw)
        sheet.write_string(row, column, text, looks["risky" if RISKY.match(text) else "text"])
    elif isinstance(raw, date):
        sheet.write_datetime(row, column, raw, looks["day"])
    elif isinstance(raw, int | float) and abs(raw) < 1e10:
        sheet.write_number(row, column, raw)
    else:
        sheet.write_string(row, column, _masked_text(raw), looks["risky"])


def _masked_text(raw: object) -> str:
    """A cell of the sender as text without anything personal; numbers too long to be an amount are not repeated."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= cells.LONG:
        return "〔过长的数，未抄录〕"
    return _clean(masked(cells.text_of(raw)))


def _clean(text: object) -> str:
    """Without characters that a workbook cannot hold, and not longer than a cell may be."""
    cleaned = "".join(c if c in "\t\n" or c >= " " else "�" for c in str(text))
    return cleaned[:32_000]
