"""The unit of a column of numbers: its header, the lines around the table, its cells and their formats must agree."""

from decimal import Decimal

from yunnan.ingest import cells, formats, tables
from yunnan.ingest.formats import NumberFormat
from yunnan.ingest.headers import Heading
from yunnan.ingest.notes import Note, Unreadable
from yunnan.ingest.rows import Rows
from yunnan.ingest.tables import Table

MONEY = {"amount", "money"}
NUMBERS = MONEY | {"number", "count", "year", "share"}
UNCLEAR = "〔格式改变了数值〕"
NAMES = {factor: name for name, factor in cells.UNITS.items() if name.endswith("元")}


def factor(part: Table, heading: Heading) -> int:
    """Yuan per unit of an amount column, by its header and the lines around the table; 0 where none is written."""
    above, own = tables.unit(part), heading.factor
    if above and own and above != own:
        message = f"标题或附注与表头“{heading.header}”写的金额单位不同，不知用哪一种；请统一后再报"
        raise Unreadable("DQ-34", message, part.sheet.name, None, heading.header)
    return own or above


def column(rows: Rows, part: Table, heading: Heading, raws: list, kind: str) -> list:
    """The raw cells; a number whose format shows a unit becomes its text. Raises Unreadable where units differ."""
    if kind not in NUMBERS:
        return raws
    number_formats = {row: one for (row, at), one in part.sheet.marks.number_formats.items() if at == heading.index}
    unit = factor(part, heading) if kind in MONEY else 0
    written = [spelled(raw, number_formats.get(number), unit) for raw, number in zip(raws, part.numbers(), strict=True)]
    if kind in MONEY:
        _agree(part, heading, written, unit)
        _say(rows, part, heading, written, unit)
    return written


def spelled(raw: object, number_format: NumberFormat | None, unit: int) -> object:
    """The number as the cell shows it, with all its digits, and with the unit that the format writes."""
    if number_format is None or isinstance(raw, bool) or not isinstance(raw, int | float):
        return raw
    number = Decimal(f"{raw:.15g}").normalize()
    if number_format.unit == formats.PER_CENT:
        return f"{(number * 100).normalize():f}%"
    is_clear = number_format.unit != formats.UNCLEAR
    if is_clear and number_format.scale == 1:
        return f"{number:f}{number_format.unit}"
    if is_clear and number_format.scale == (cells.UNITS[number_format.unit] if number_format.unit else unit):
        if unit == number_format.scale:
            return f"{(number / number_format.scale).normalize():f}{NAMES[unit]}"
        return f"{number:f}元"
    return f"{number:f}{UNCLEAR}"


def _agree(part: Table, heading: Heading, raws: list, unit: int) -> None:
    """Raise Unreadable, with the rows, where a cell's unit is not the column's."""
    numbers = part.numbers()
    own = {n: name for n, raw in zip(numbers, raws, strict=True) if (name := _own(raw))}
    bare = [n for n, raw in zip(numbers, raws, strict=True) if n not in own and _is_number(raw)]
    expected = unit or (1 if bare else 0)
    wrong = [n for n, name in own.items() if name == UNCLEAR or (expected and cells.UNITS[name] != expected)]
    if not wrong:
        return
    first = own[wrong[0]]
    says = "显示的与存的数不同，单位不明" if first == UNCLEAR else f"写的或显示的单位是“{first}”"
    other = f"表头或标题写的是“{NAMES[unit]}”" if unit else f"{_listed(bare)}没有写单位" if bare else "表头没有写单位"
    message = f"金额单位不一致：{_listed(wrong)}{says}，{other}；请把整列统一为一种单位、写在表头，再报"
    raise Unreadable("DQ-34", message, part.sheet.name, wrong[0], heading.header)


def _own(raw: object) -> str:
    """The unit that is written in a cell, if the cell is understood."""
    if not isinstance(raw, str):
        return ""
    return UNCLEAR if raw.endswith(UNCLEAR) else cells.written(raw)[1]


def _is_number(raw: object) -> bool:
    if isinstance(raw, str):
        return cells.written(raw)[0] is not None
    return isinstance(raw, int | float) and not isinstance(raw, bool)


def _listed(numbers: list[int]) -> str:
    row_numbers = "、".join(map(str, numbers[:8]))
    return f"第{row_numbers}行等{len(numbers):,}行" if len(numbers) > 8 else f"第{row_numbers}行"


def _say(rows: Rows, part: Table, heading: Heading, raws: list, unit: int) -> None:
    """Say what was multiplied, and that a column without a unit is read as yuan."""
    if unit > 1:
        message = f"整列按每单位{unit:,}元换算为元"
        rows.notes.changed(Note(part.sheet.name, None, heading.header, None, message))
    elif not unit and not all(_own(raw) for raw in raws if not cells.is_blank(raw)):
        _refuse_other(rows, part, heading)
        message = f"表头“{heading.header}”没有写单位，按元读；若不是元，请改表头重报"
        rows.notes.warnings.append(Note(part.sheet.name, None, heading.header, "DQ-09", message))


def _refuse_other(rows: Rows, part: Table, heading: Heading) -> None:
    """Raise Unreadable where amounts elsewhere in the file are not in yuan: these might not be either."""
    around = {tables.unit(one) for one in rows.parts}
    headers = {other.factor for one in rows.parts for other in one.header.headings}
    if others := (around | headers) - {0, 1}:
        written = "、".join(NAMES[factor] for factor in sorted(others))
        message = f"表头“{heading.header}”没有写单位，同一份文件的别处写的是“{written}”；请在这一列的表头写明单位，再报"
        raise Unreadable("DQ-34", message, part.sheet.name, None, heading.header)
