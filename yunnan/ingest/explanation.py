"""What would become of a file, before it is received: each column, then all faults at once, one line a kind."""

import difflib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from yunnan.ingest import forms, headers, one_return, originals, personal, profiles, reading, rules, sheets, tables
from yunnan.ingest.context import Context
from yunnan.ingest.headers import CODE, Header, Heading
from yunnan.ingest.notes import Note, Unreadable
from yunnan.ingest.rows import Order, Rows
from yunnan.ingest.sheets import Sheet, letter
from yunnan.ingest.tables import Table
from yunnan.publication.periods import Quarter, quarter_of

EXAMPLES = 3  # of the sentences of one kind


def lines(path: Path, order: Order, context: Context) -> tuple[list[str], str]:
    """Sentences on a file, and what its status would be: 'accepted', 'partly', 'refused'. Nothing is written."""
    start = one_return.beginning(path, order)
    try:
        all_sheets = originals.applied(one_return.opened(path, start.sha256), context.profiles)
        report, status = [], "accepted"
        parts: dict[str, list[Table]] = defaultdict(list)
        for sheet in sheets.open_to_rows(all_sheets):
            sentences, part = _sheet(sheet, order, context)
            report += sentences
            if part:
                parts[part.header.table].append(part)
        for table, own in parts.items():
            faults = [fault for part in own for fault in _of_header(part)]
            report += faults
            sentences, is_whole = _of_rows(table, own, order, context)
            report += sentences
            status = "refused" if faults else status if is_whole or status == "refused" else "partly"
    except Unreadable as error:
        return [error.note.message], "refused"
    except OSError:
        return ["文件读不了；请核对路径与权限"], "refused"
    return report, status if parts else "refused"


def _sheet(sheet: Sheet, order: Order, context: Context) -> tuple[list[str], Table | None]:
    ranked = headers.find(sheet, order.table)
    place = f"“{sheet.name}”" if sheet.name else ""
    if not ranked:
        if not any(str(cell).strip() for row in sheet.rows for cell in row if cell is not None):
            return [], None
        way = "请用报送模板的列名，或在数据文件夹的 profiles 里写一个导入方案"
        return [f"{place}找不到报表的表头；{way}", *_nearest(sheet, context)], None
    header = ranked[0]
    way = f"按导入方案“{sheet.profile.name}”" if sheet.profile else "按报送模板的列名"
    report = [f"{place}第{sheet.numbers[header.first]}行是表头，{way}读作{forms.TABLES[header.table]}："]
    report += [
        f"  {letter(heading.index)}列“{_masked(heading)}” → {_meaning(header, heading, sheet)}"
        for heading in header.headings
    ]
    if not sheet.profile and (header.missing or any(heading.column is None for heading in header.headings)):
        report += _nearest(sheet, context)
    return report, tables.divide(sheet, header, [])


def _masked(heading: Heading) -> str:
    return personal.masked(heading.header)


def _meaning(header: Header, heading: Heading, sheet: Sheet) -> str:
    """What a column becomes."""
    text, profile = forms.tidy(heading.header), sheet.profile
    if profile and text in profile.persons:
        return "涉及个人，不读取，也不保存"
    if profile and text in profile.given:
        return f"{text}，原表没有，方案给的：{profile.given[text]}"
    if heading.column == forms.PERSONAL:
        return "个人信息，不得报送：整份会退回"
    if heading.column is None:
        near = difflib.get_close_matches(
            text, [column.label for column in forms.columns(header.table).values()], 1, 0.5
        )
        return f"认不出：整份会退回{f'（是不是“{near[0]}”？）' if near else ''}"
    column = forms.columns(header.table).get(heading.column.removesuffix(CODE))
    return column.label if column else "报告期" if heading.column else "不是登记的内容，不读取"


def _nearest(sheet: Sheet, context: Context) -> Iterator[str]:
    """Which profile the sheet's header is nearest to, and how it differs; nothing where none has two of its columns."""
    best: tuple[tuple[int, int], str] | None = None
    for row in sheet.rows[: originals.SEARCHED]:
        texts = {forms.tidy(cell): personal.masked(cell.strip()) for cell in row if isinstance(cell, str)}
        for profile in profiles.made(context.profiles):
            extra = [written for text, written in texts.items() if text and text not in profile.allowed]
            missing = [header for header in profile.columns if header in profile.needed and header not in texts]
            hits = len(set(texts) & set(profile.columns))
            rank = (hits, -len(extra) - len(missing))
            if hits > 1 and (best is None or rank > best[0]):
                parts = [f"缺“{'”“'.join(missing)}”"] if missing else []
                parts += [f"多“{'”“'.join(extra)}”"] if extra else []
                best = (rank, f"  最像导入方案“{profile.name}”：{'，'.join(parts)}")
    if best:
        yield best[1]


def _of_header(part: Table) -> list[str]:
    """All that would refuse the file for its header."""
    header, has_values = part.header, tables.has_values(part)
    filled = [heading for heading in header.headings if has_values[heading.index]]
    faults = []
    if persons := [_masked(heading) for heading in filled if heading.column == forms.PERSONAL]:
        faults.append(f"{'、'.join(persons)}是个人信息（DQ-20）；请删去整列，或在导入方案的 persons 里写明读出后丢弃")
    if strange := [_masked(heading) for heading in filled if heading.column is None]:
        faults.append(f"{'、'.join(strange)}认不出（DQ-01）；请改用模板的列名、删去，或在导入方案里写明是哪一列")
    if header.missing:
        faults.append(f"缺必填列：{'、'.join(header.missing)}（DQ-01）；请补上这些列")
    columns = [heading.column for heading in header.headings if heading.column]
    for column in dict.fromkeys(name for name in columns if columns.count(name) > 1 and name != forms.PERSONAL):
        doubled = "、".join(_masked(heading) for heading in header.headings if heading.column == column)
        faults.append(f"{doubled}都可以读作同一列（DQ-34）；请只留一列")
    return [f"✗ {fault}" for fault in faults]


def _of_rows(table: str, parts: list[Table], order: Order, context: Context) -> tuple[list[str], bool]:
    """The faults of the cells in the columns that are understood; whether no row would be refused."""
    quarter = Quarter(order.period) if order.period else quarter_of(order.received_at.date())
    rows = Rows(table, quarter, order.prefecture, context, [_understood(part) for part in parts])
    try:
        reading.read(rows)
        rules.check(rows)
    except Unreadable as error:
        return [f"✗ {error.note.message}"], False
    report = [f"✗ {line}" for line in _grouped(rows.notes.refused)] + [
        f"△ {line}" for line in _grouped(rows.notes.warnings)
    ]
    of_columns = [note for note in rows.notes.normalised if note.row is None and note.message[:2] != "另有"]
    report += [f"○ {line}" for line in [*_grouped(of_columns), *_converted(rows.notes.changes)]]
    refused = len(rows.wrong)
    report.append(f"读到{len(rows):,}行，可以收{len(rows) - refused:,}行，退回{refused:,}行；以上是说明，什么也没有收")
    return report, not refused


def _understood(part: Table) -> Table:
    """The table with nothing in the columns that would refuse it."""
    gone = {heading.index for heading in part.header.headings if heading.column in (None, forms.PERSONAL)}
    seen: set[str] = set()
    headings = []
    for heading in part.header.headings:
        is_double = bool(heading.column) and heading.column in seen
        gone |= {heading.index} if is_double else set()
        headings.append(replace(heading, column=forms.NOTHING) if heading.index in gone else heading)
        seen |= {heading.column or ""}
    first = part.header.first + part.header.lines
    below = [["" if at in gone else cell for at, cell in enumerate(row)] for row in part.sheet.rows[first:]]
    sheet = replace(part.sheet, rows=[*part.sheet.rows[:first], *below])
    return tables.divide(sheet, replace(part.header, headings=tuple(headings)), part.around)


def _converted(changes: list[Note]) -> Iterator[str]:
    """One line a column: the first cells that are read as something else than what stands in them."""
    columns: dict[tuple, dict[str, Note]] = defaultdict(dict)
    for note in changes:
        if note.row is not None and note.before and note.after:
            columns[note.sheet, note.column].setdefault(note.before, note)
    for (sheet, column), cells in columns.items():
        some = "，".join(f"“{note.before}”读作“{note.after}”" for note in list(cells.values())[:EXAMPLES])
        more = f"等{len(cells):,}种" if len(cells) > EXAMPLES else ""
        yield f"{f'“{sheet}”' if sheet else ''}“{column}”：{some}{more}"


def _grouped(notes: list[Note]) -> list[str]:
    """One line a column and rule: how many rows, the first of them, some of the sentences."""
    kinds: dict[tuple, list[Note]] = defaultdict(list)
    for note in notes:
        kinds[note.sheet, note.column, note.rule].append(note)
    grouped = []
    for (sheet, column, rule), own in kinds.items():
        sentences = list(dict.fromkeys(note.message for note in own))
        numbers = sorted({note.row for note in own if note.row is not None})
        which = (
            f"{len(numbers):,}行（第{'、'.join(map(str, numbers[:3]))}行{'等' if len(numbers) > 3 else ''}）"
            if numbers
            else ""
        )
        more = f"；另有{len(sentences) - EXAMPLES:,}种" if len(sentences) > EXAMPLES else ""
        place = "".join([f"“{sheet}”" if sheet else "", f"“{column}”" if column else ""])
        grouped.append(f"{place}{which}：{'；'.join(sentences[:EXAMPLES])}{more}{f'（{rule}）' if rule else ''}")
    return grouped
