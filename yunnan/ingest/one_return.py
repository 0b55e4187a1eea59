"""One return from beginning to end: a file -> what was accepted, what was refused and why. Writes nothing."""

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from yunnan.ingest import (
    cells,
    file_kinds,
    forms,
    headers,
    originals,
    places,
    reading,
    remarks,
    rules,
    sheets,
    tables,
    text_files,
    totals,
)
from yunnan.ingest.cells import Reading
from yunnan.ingest.context import Context
from yunnan.ingest.forms import EXCERPT, GUIDE, META
from yunnan.ingest.headers import Header
from yunnan.ingest.notes import Note, Notes, Unreadable
from yunnan.ingest.personal import masked
from yunnan.ingest.result import Result
from yunnan.ingest.rows import Order, Rows
from yunnan.ingest.sheets import Sheet
from yunnan.ingest.tables import Table
from yunnan.publication import staging
from yunnan.publication.periods import QUARTER, Quarter, quarter_of
from yunnan.words import disk_errors

META_VALUES = {
    "table": re.compile("|".join(forms.TABLES)),
    "prefecture": re.compile("53[0-9]{4}"),
    "period": QUARTER,
}


def read(path: Path, order: Order, context: Context) -> Result:
    """Read one file. Whatever is in it, the answer is a result: a file that cannot be read is a refused one."""
    return kept(beginning(path, order), lambda result: stages(result, opened(path, result.sha256), context))


def beginning(path: Path, order: Order) -> Result:
    """The result of a file of which nothing is read yet."""
    return Result(file_kinds.label(path), file_kinds.fingerprint(path), order)


def kept(result: Result, read_on: Callable[[Result], Iterator[Result]]) -> Result:
    """The result as the last stage leaves it; where one raises Unreadable or OSError, refused for that reason."""
    try:
        for fuller in read_on(result):
            result = fuller
    except Unreadable as error:
        return result.refused(error)
    except FileNotFoundError:
        return result.refused(Unreadable("DQ-33", "没有这个文件；请核对路径"))
    except OSError as error:
        return result.refused(Unreadable("DQ-33", f"文件读不了：{disk_errors.why(error)}；请核对路径与权限"))
    return result


def stages(result: Result, all_sheets: list[Sheet], context: Context) -> Iterator[Result]:
    """The result as each stage leaves it: what stands when the next one raises Unreadable."""
    result = yield from placed(result, all_sheets, context)
    assert result.period
    rows = rows_of(result, Quarter(result.period), context)
    yield from judged(result, rows, reading.read, rules.check)


def placed(result: Result, all_sheets: list[Sheet], context: Context) -> Generator[Result, None, Result]:
    """The result stage by stage until it is known what and whose it is, and no row is read. Raises Unreadable."""
    yield (result := result.noted(remarks.secret_names(all_sheets)))
    for sheet in all_sheets:
        result = result.noted(originals.remark(sheet))
    meta = _meta(all_sheets)
    ordered_period = "..".join(result.order.periods[:: max(1, len(result.order.periods) - 1)]) or result.order.period
    yield (result := replace(result, period=_agreed("报告期", ordered_period, meta.get("period"))))
    given = _agreed("报送单位", result.order.prefecture, meta.get("prefecture"))
    wanted = _agreed("报表种类", result.order.table, meta.get("table"))
    if not result.period and _is_office(all_sheets, wanted):
        yield (result := replace(result, period=quarter_of(result.order.received_at.date()).name))
    if not result.period:
        raise Unreadable("DQ-34", "不知是哪一期的报表；请在命令行写 --period，或用报送模板填报")
    rows, amount = _declared(all_sheets)
    yield (result := replace(result, declared_rows=rows, declared_amount=amount))
    result = yield from _divided(result, all_sheets, wanted)
    for part in result.parts:
        yield (result := result.noted(remarks.empty_columns(part)))
    _filled(result)
    sender = given or (places.PROVINCE if result.order.covers_province else _sender(result.parts))
    if _is_provincial(result.parts) and sender != places.PROVINCE:
        name = forms.TABLES[result.parts[0].header.table]
        raise Unreadable(
            "DQ-34", f"{name}登记表只由省里报，这里写的是{places.names('prefecture')[sender]}；请交省里报（530000）"
        )
    if result.order.covers_province and sender != places.PROVINCE:
        raise Unreadable("DQ-34", "全省台账由省里报送；请去掉 --whole-province，或由省本级（530000）报送")
    yield (result := replace(result, sender=sender).noted(_doubts(result.parts, given, context)))
    return result


def opened(path: Path, sha256: str | None) -> list[Sheet]:
    """The sheets of a file, by its hash if it has one. Raises Unreadable, OSError."""
    if not path.is_file():
        raise FileNotFoundError(path) if not path.exists() else Unreadable("DQ-33", "不是普通文件；请给出报表文件")
    kind = file_kinds.kind(path)
    if sha256 is None:
        raise Unreadable("DQ-33", "文件读不了；请核对权限")
    all_sheets = text_files.read(path) if kind == "csv" else sheets.read(path, kind)
    if any(sheet.name == EXCERPT for sheet in all_sheets):
        raise Unreadable("DQ-34", "这是反馈工作簿，只有有问题的行；请在原表里改好，报送整份原表")
    return all_sheets


def _meta(all_sheets: list[Sheet]) -> dict[str, str]:
    sheet = next((sheet for sheet in all_sheets if sheet.name == META), None)
    pairs = ((row[0], row[1]) for row in (sheet.rows if sheet else []) if len(row) > 1)
    meta = {str(key): cells.text_of(value) for key, value in pairs if value not in ("", None)}
    if any(not META_VALUES[key].fullmatch(value) for key, value in meta.items() if key in META_VALUES):
        raise Unreadable("DQ-34", "报送模板里隐藏的报表种类、报送单位或报告期改坏了；请重新下载模板填报")
    return meta


def _agreed(what: str, ordered: str | None, written: str | None) -> str | None:
    if ordered and written and ordered != written:
        raise Unreadable("DQ-34", f"{what}矛盾：命令行是{ordered}，报送模板里是{masked(written)}；请核对后再报")
    return ordered or written


def _is_office(all_sheets: list[Sheet], wanted: str | None) -> bool:
    """Whether the file is one of the office's registers, which hold from the quarter in which they come."""
    candidates = [headers.find(sheet, wanted) for sheet in sheets.open_to_rows(all_sheets)]
    tables_held = {ranked[0].table for ranked in candidates if ranked}
    return bool(tables_held) and tables_held <= set(staging.OFFICE)


def _declared(all_sheets: list[Sheet]) -> tuple[int | None, Decimal | None]:
    """The control totals that a form's guide sheet asks for: how many rows, how much money."""
    count, money = None, None
    for row in (row for sheet in all_sheets if sheet.name == GUIDE for row in sheet.rows):
        label, value = (str(row[0]).strip(), row[1]) if len(row) > 1 else ("", "")
        if label.startswith("申报行数") and not cells.is_blank(value):
            count = cells.count(value, "0-10000000").value
        if label.startswith("申报金额") and not cells.is_blank(value):
            money = cells.amount(value, least=Decimal(0)).value
    return count, money


def _divided(result: Result, all_sheets: list[Sheet], wanted: str | None) -> Generator[Result, None, Result]:
    """The result with its table, and after each sheet: divided where it holds that table. Raises Unreadable."""
    candidates = [(sheet, headers.find(sheet, wanted)) for sheet in sheets.open_to_rows(all_sheets)]
    yield (result := replace(result, table=_table(candidates, wanted)))
    around = [result.file, *_other_units(sheet for sheet, ranked in candidates if not ranked)]
    for sheet, ranked in candidates:
        if not ranked:
            yield (result := result.noted(remarks.unread(sheet)))
            continue
        part = tables.divide(sheet, ranked[0], [*around, sheet.name or ""])
        yield (result := result.noted(Notes(dropped=part.dropped)))
        tables.check(part)
        result = replace(result, parts=(*result.parts, part))
        yield (result := result.noted(Notes(warnings=[*remarks.hidden(part)], changes=[*remarks.formulas(part)])))
    return result


def _table(candidates: list[tuple[Sheet, list[Header]]], wanted: str | None) -> str:
    """The one table of all sheets. Raises Unreadable where there is none or several."""
    names = {_only(sheet, ranked) for sheet, ranked in candidates if ranked}
    if not names:
        table_label = f"“{forms.TABLES[wanted]}”报表的" if wanted else ""
        raise Unreadable("DQ-01", f"找不到{table_label}表头；请用报送模板的列名，表头各列写在同一行")
    if len(names) > 1:
        table_names = "、".join(f"{forms.TABLES[name]}（--table {name}）" for name in sorted(names))
        raise Unreadable("DQ-34", f"几张工作表像是不同的报表：{table_names}；请一份文件只报一种")
    return names.pop()


def _other_units(unread: Iterable[Sheet]) -> list[str]:
    """Texts of sheets without a table that name a unit of money; our own guide and lists are no such sheets."""
    cells_of = (cell for s in unread if s.name not in (GUIDE, "问题清单") for row in s.rows[:200] for cell in row)
    return [cell for cell in cells_of if isinstance(cell, str) and tables.units_in(cell)]


def _only(sheet: Sheet, ranked: list[Header]) -> str:
    """The table of a sheet. Raises Unreadable when two suit it equally well."""
    best = [header for header in ranked if header.rank == ranked[0].rank]
    if len(best) > 1:
        table_names = "、".join(f"{forms.TABLES[header.table]}（--table {header.table}）" for header in best)
        raise Unreadable("DQ-34", f"表头同样像几种报表：{table_names}；请用 --table 指明，或用报送模板", sheet.name)
    return best[0].table


def _filled(result: Result) -> None:
    """There are rows, or it is declared that there are none. Raises Unreadable."""
    if not any(part.indexes for part in result.parts) and result.declared_rows != 0:
        message = "表头下没有数据行；本期确无数据，请用报送模板，并在“填报说明”的申报行数填0"
        raise Unreadable("DQ-33", message, result.parts[0].sheet.name)


def _is_provincial(parts: Sequence[Table]) -> bool:
    """Whether the return is a register that the province alone sends."""
    return parts[0].header.table in forms.PROVINCIAL


def _sender(parts: Sequence[Table]) -> str:
    """Whose return it is: as its title or 填报单位 says, else the one prefecture of all its rows. Raises Unreadable.

    What only the province keeps is the province's, and so is a list of documents of several places.
    """
    table = parts[0].header.table
    if _is_provincial(parts):
        return places.PROVINCE
    named = _titled(parts)
    if len(named) == 1:
        return named.pop()
    prefectures = _places_of(parts)
    if len(prefectures) == 1:
        return prefectures.pop()
    if table in staging.OFFICE and prefectures:
        return places.PROVINCE
    what = "各行分属几个州市" if prefectures else "各行没有写州市"
    message = f"{what}，不知由谁报送；请用 --prefecture 指明（省本级写 530000），或按州市拆开各报一份"
    raise Unreadable("DQ-34", message)


def _titled(parts: Sequence[Table]) -> set[str]:
    """The prefectures named above or below the tables."""
    return places.mentioned([line for part in parts for line in part.captions])


def _places_of(parts: Sequence[Table]) -> set[str]:
    """The prefectures that the rows name; where they name none, those of their counties."""
    counties = _named(parts, "county_code", places.county)
    authorities = [part for part in parts if part.sheet.profile]
    named = _named(parts, "prefecture_code", places.prefecture) or {f"{code[:4]}00" for code in counties}
    of_authorities = _named(authorities, "reg_authority_code", places.region)
    return named or {f"{code[:4]}00" for code in of_authorities if code.startswith("53")}


def _named(parts: Sequence[Table], column: str, read: Callable[[object], Reading]) -> set[str]:
    columns = [
        part.column(heading.index)
        for part in parts
        for heading in part.header.headings
        if (heading.column or "").startswith(column)
    ]
    values = {read(raw).value for cells_ in columns for raw in set(cells_) if not cells.is_blank(raw)}
    return {str(code) for code in values if code}


def _doubts(parts: Sequence[Table], given: str | None, context: Context) -> Notes:
    """What the rows as a whole leave open: whose they are, and whether what they cite exists."""
    notes = Notes()
    if given and (named := _titled(parts)) and named != {given} and given != places.PROVINCE:
        message = "标题写的州市与指明的报送单位不同，按指明的收；请核对"
        notes.warnings.append(Note(None, None, None, "DQ-34", message))
    if not context.has_snapshot:
        message = "还没有已发布的快照，组织、项目、文件编号没有核对；发布时再核对"
        notes.warnings.append(Note(None, None, None, "DQ-18", message))
    return notes


def rows_of(result: Result, quarter: Quarter, context: Context) -> Rows:
    """The rows of a result, none of them read yet."""
    assert result.table
    return Rows(result.table, quarter, result.sender, context, result.parts)


def judged(result: Result, rows: Rows, *steps: Callable[[Rows], None]) -> Iterator[Result]:
    """The result with its rows after these steps, then with its totals compared. Raises Unreadable."""
    try:
        for step in steps:
            step(rows)
    except Unreadable:
        yield result.noted(rows.notes)
        raise
    yield (result := replace(result.noted(rows.notes), rows=rows))
    yield (result := replace(result, declared_amount=totals.declared_amount(result)).noted(totals.check(result)))
    outcome = len(result.accepted) + result.rows_refused + len(result.notes.dropped)
    if outcome != result.rows_in:
        message = f"表头下有{result.rows_in:,}行，接收、拒收、剔除共{outcome:,}行，对不上"
        raise Unreadable("DQ-33", f"{message}；没有收下，请把文件名告诉维护人员")
