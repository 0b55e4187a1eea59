"""One file -> its returns: one as a rule, one a quarter of a file of several, one a table of a workbook of all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from yunnan.ingest import (
    forms,
    headers,
    identity,
    money,
    one_return,
    originals,
    reading,
    rules,
    sheets,
    table_kinds,
    tables,
    totals,
)
from yunnan.ingest.context import Context
from yunnan.ingest.forms import ALL, GUIDE, META, SEPARATOR
from yunnan.ingest.notes import Notes, Unreadable
from yunnan.ingest.result import Result
from yunnan.ingest.rows import Order, Rows
from yunnan.ingest.sheets import Sheet
from yunnan.ingest.tables import Table
from yunnan.publication.periods import Quarter, quarter_of


@dataclass(frozen=True)
class Sections:
    """The returns of one file in the order in which they are received, and a sentence on what became of the whole."""

    returns: list[Result]
    summary: str = ""


def read(path: Path, order: Order, context: Context) -> Sections:
    """Read one file. Whatever is in it, the answer is at least one result; a table's codes count for the next."""
    start = one_return.beginning(path, order)
    all_sheets: list[Sheet] = []

    def opened(result: Result) -> Iterator[Result]:
        all_sheets.extend(originals.applied(one_return.opened(path, result.sha256), context.profiles))
        yield result

    if (result := one_return.kept(start, opened)).is_refused:
        return Sections([result])
    if (held := _tables_of(all_sheets)) is not None:
        return _by_table(start, all_sheets, held, context)
    if order.periods:
        return _by_quarter(start, all_sheets, context)
    return Sections([one_return.kept(start, partial(_staged, all_sheets, context))])


def _tables_of(all_sheets: list[Sheet]) -> dict[str, str] | None:
    """Sheet -> table, of a workbook made of the forms of several tables; None for any other file."""
    meta = {str(row[0]): row[1] for sheet in all_sheets if sheet.name == META for row in sheet.rows if len(row) > 1}
    held: dict[str, str] = {}
    forms_held: set[str] = set()
    for sheet in sheets.open_to_rows(all_sheets):
        if sheet.name and (ranked := headers.find(sheet)):
            held[sheet.name] = ranked[0].table
            forms_held |= {ranked[0].table} if _is_form(sheet, ranked[0].table) else set()
    return held if meta.get("table") == ALL or len(forms_held) > 1 else None


def _is_form(sheet: Sheet, table: str) -> bool:
    """Whether the sheet has the line of our form that names the columns for the machine."""
    names = set(forms.columns(table))
    lines = ({cell for cell in row if isinstance(cell, str) and cell} for row in sheet.rows[:5])
    return any(len(line) >= 3 and line <= names for line in lines)


def _by_table(start: Result, all_sheets: list[Sheet], held: dict[str, str], context: Context) -> Sections:
    """One return a table: registers first, each with its own verdict; a sheet without a row is not reported."""
    order = start.order
    if order.periods or order.table:
        option = "--periods" if order.periods else "--table"
        message = f"这本工作簿里有几种报表，不能与 {option} 合用；请去掉 {option}，或一种报表一份文件"
        return Sections([start.refused(Unreadable("DQ-34", message))])
    results: list[Result] = []
    unreported = []
    others = [sheet for sheet in sheets.open_to_rows(all_sheets) if sheet.name not in held]
    for table in sorted(dict.fromkeys(held.values()), key=table_kinds.place):
        own = [sheet for sheet in all_sheets if held.get(sheet.name or "") == table]
        guide = [_guide(sheet, table) for sheet in all_sheets if sheet.name == GUIDE]
        if not any(map(_has_rows, own, [table] * len(own))) and not _declares(guide):
            unreported.append(forms.TABLES[table])
            continue
        meta = [_meta(sheet, table) for sheet in all_sheets if sheet.name == META]
        section_sheets = [*own, *guide, *meta, *others]
        others = []  # what belongs to no table is remarked on once
        section = replace(start, file=f"{start.file}{SEPARATOR}{'、'.join(sheet.name or '' for sheet in own)}")
        results.append(one_return.kept(section, partial(_staged, section_sheets, context)))
        context.add(table_kinds.codes(results[-1]))
    if not results:
        message = "各张工作表的表头下都没有数据行；本期确无数据的，请在“填报说明”该报表的申报行数填0"
        return Sections([start.refused(Unreadable("DQ-33", message))])
    summary = f"共{len(held)}张报表，收到{len(results)}张"
    if unreported:
        way = "没有填，等于未报送，不当作零；本期确无数据的，请在“填报说明”该报表的申报行数填0"
        summary += f"；{'、'.join(unreported)}{way}"
    return Sections(results, summary)


def _staged(own: list[Sheet], context: Context, result: Result) -> Iterator[Result]:
    return one_return.stages(result, own, context)


def _has_rows(sheet: Sheet, table: str) -> bool:
    return bool(tables.divide(sheet, headers.find(sheet, table)[0], []).indexes)


def _declares(guide: list[Sheet]) -> bool:
    rows = (row for sheet in guide for row in sheet.rows if len(row) > 1)
    return any(str(row[0]).startswith("申报") and str(row[1]).strip() for row in rows if row[1] is not None)


def _guide(sheet: Sheet, table: str) -> Sheet:
    """The guide of all tables as one of this table: only its own declarations."""
    mark = f"{SEPARATOR}{forms.TABLES[table]}"
    rows = [row for row in sheet.rows if row and (SEPARATOR not in str(row[0]) or str(row[0]).strip().endswith(mark))]
    own = [[str(row[0]).strip().removesuffix(mark), *row[1:]] for row in rows]
    return replace(sheet, rows=own, numbers=list(range(1, len(own) + 1)))


def _meta(sheet: Sheet, table: str) -> Sheet:
    rows = [["table", table] if row and row[0] == "table" else row for row in sheet.rows]
    return replace(sheet, rows=rows)


def _by_quarter(start: Result, all_sheets: list[Sheet], context: Context) -> Sections:
    """One return a quarter of the order's, each row by its own date; a last one of the rows that are of none."""
    periods = start.order.periods
    whole = one_return.kept(start, lambda result: _whole(result, all_sheets, context))
    if whole.is_refused or whole.rows is None:
        return Sections([replace(whole, period=None)])
    placed = _placed(whole.rows, periods)
    lines = set(zip(whole.rows.sheets, whole.rows.numbers, strict=True))
    common = whole.notes.joined(whole.rows.notes.besides(lines)).joined(totals.check(whole))
    results: list[Result] = []
    for period in [period for period in periods if period in placed]:
        section = _section(whole, placed, period, with_rest=not results, context=context)
        order = replace(start.order, period=period, periods=())
        result = replace(_begun(whole, section, order), period=period, notes=Notes() if results else common)
        results.append(one_return.kept(result, partial(_judged, section)))
        context.add(table_kinds.codes(results[-1]))
        if whole.table == "funds":
            money.count(section)
    count = len(whole.rows)
    if None in placed:
        rest = _section(whole, placed, None, with_rest=not results, context=context)
        order = replace(start.order, periods=())
        refused = replace(_begun(whole, rest, order), notes=Notes() if results else common).noted(rest.notes)
        results.append(replace(refused, is_refused=True, is_rest=True))
    if sum(len(part.indexes) for result in results for part in result.parts) != count:
        message = "各报告期的行数相加与读到的行数不等，没有收下；请把文件名告诉维护人员"
        return Sections([replace(whole, period=None, rows=None).refused(Unreadable("DQ-33", message))])
    return Sections(results, _summary(placed, periods))


def _begun(whole: Result, section: Rows, order: Order) -> Result:
    return Result(whole.file, whole.sha256, order, whole.table, whole.sender, parts=tuple(section.parts))


def _judged(section: Rows, result: Result) -> Iterator[Result]:
    return one_return.judged(result, section, rules.check)


def _summary(placed: Sequence[str | None], periods: Sequence[str]) -> str:
    """'读到5行＝2023Q1 2行＋2023Q2 2行＋不知是哪一期的1行；2023Q3没有行，等于未报送'."""
    counts = [f"{period} {placed.count(period):,}行" for period in periods if period in placed]
    counts += [f"不知是哪一期的{placed.count(None):,}行"] if None in placed else []
    absent = [period for period in periods if period not in placed]
    summary = f"读到{len(placed):,}行＝{'＋'.join(counts)}"
    return summary + (f"；{'、'.join(absent)}没有行，等于未报送，不当作零" if absent else "")


def _whole(result: Result, all_sheets: list[Sheet], context: Context) -> Iterator[Result]:
    """The file with all its cells read, as if it were one return: units, merged cells and totals are of the whole."""
    periods = result.order.periods
    result = yield from one_return.placed(result, all_sheets, context)
    if result.table not in forms.DATES and not all(_has_period(part) for part in result.parts):
        message = (
            f"{forms.TABLES[result.table or '']}报表没有日期列，分不出各行是哪一期的；请加“报告期”列，或一期一份报"
        )
        raise Unreadable("DQ-34", message)
    rows = one_return.rows_of(result, Quarter(periods[-1]), context)
    rows.quarters = tuple(map(Quarter, periods))
    try:
        reading.read(rows)
    except Unreadable:
        yield result.noted(rows.notes)
        raise
    yield replace(result, rows=rows)


def _has_period(part: Table) -> bool:
    return any(heading.column == "report_period" for heading in part.header.headings)


def _placed(rows: Rows, periods: Sequence[str]) -> list[str | None]:
    """The quarter of each row: that of its date, or what its 报告期 says; None where that is not known, and refused."""
    column = forms.DATES.get(rows.table, "report_period")
    days, spoken = rows.column(column), rows.column("report_period")
    placed: list[str | None] = []
    for i, day in enumerate(days):
        period = day if isinstance(day, str) else quarter_of(day).name if day else None
        if period is None and i not in rows.wrong:
            message = "没有日期或报告期，不知记到哪一期，没有收；请补上再报"
            rows.refuse(i, column, "DQ-07", message)
        elif period and period not in periods:
            message = f"{day}不在{periods[0]}至{periods[-1]}之内，没有收；请核对日期，或另报该期报表"
            rows.refuse(i, column, "DQ-07", message)
            period = None
        elif period and spoken[i] and spoken[i] != period:
            rows.refuse(i, column, "DQ-07", f"日期在{period}，报告期写的是{spoken[i]}，不知记到哪一期；请核对")
            period = None
        placed.append(period)
    _twice(rows, placed)
    return placed


def _twice(rows: Rows, placed: Sequence[str | None]) -> None:
    """Refuse the rows of events that have one id in two quarters: which of them counts nobody can tell."""
    if rows.table not in identity.LETTERS:
        return
    (key,) = forms.KEYS[rows.table]
    quarters: dict[object, set[str | None]] = {}
    for value, period in zip(rows.column(key), placed, strict=True):
        quarters.setdefault(value, set()).add(period)
    for i, value in enumerate(rows.column(key)):
        if value is not None and len(quarters[value]) > 1:
            rows.refuse(i, key, "DQ-16", f"“{value}”在两个报告期里重复；一个编号只写一行，请核对后重报")


def _section(
    whole: Result, placed: Sequence[str | None], period: str | None, with_rest: bool, context: Context
) -> Rows:
    """The rows of one quarter as a return of their own, at their own lines of the file.

    with_rest: with the lines that are no rows of any quarter, such as totals and footers.
    """
    rows = whole.rows
    assert rows is not None
    chosen = [i for i, one in enumerate(placed) if one == period]
    parts, start = [], 0
    for part in whole.parts:
        own = [part.indexes[i - start] for i in chosen if start <= i < start + len(part.indexes)]
        start += len(part.indexes)
        if own or with_rest:
            parts.append(_part(part, own, with_rest))
    lines = {(rows.sheets[i], rows.numbers[i]) for i in chosen}
    at = {i: n for n, i in enumerate(chosen)}
    return Rows(
        rows.table,
        Quarter(period or whole.order.periods[-1]),
        rows.sender,
        context,
        parts,
        notes=rows.notes.on(lines),
        sheets=[rows.sheets[i] for i in chosen],
        numbers=[rows.numbers[i] for i in chosen],
        values={name: [values[i] for i in chosen] for name, values in rows.values.items()},
        heads=dict(rows.heads),
        secrets={one for one in rows.secrets if one[:2] in lines},
        wrong={at[i] for i in rows.wrong if i in at},
        doubtful={at[i] for i in rows.doubtful if i in at},
        quarters=rows.quarters,
    )


def _part(part: Table, own: list[int], with_rest: bool) -> Table:
    """The sheet with these rows under its header, and with what is no row if it is to be there too."""
    first = part.header.first + part.header.lines
    gone = set(part.indexes) - set(own)
    kept = [i for i in range(len(part.sheet.rows)) if i < first or i in own or (with_rest and i not in gone)]
    at = {index: n for n, index in enumerate(kept)}
    sheet = replace(part.sheet, rows=[part.sheet.rows[i] for i in kept], numbers=[part.sheet.numbers[i] for i in kept])
    footers = part.footers if with_rest else set()
    return Table(sheet, part.header, part.around, [at[i] for i in own], captions=part.captions, footers=footers)
