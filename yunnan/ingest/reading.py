"""Tables of raw cells -> rows of the contract's values; every cell is read, refused or listed as changed."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from yunnan.ingest import (
    cells,
    credit_codes,
    dates,
    forms,
    originals,
    personal,
    places,
    profiles,
    references,
    tables,
    units,
)
from yunnan.ingest.cells import Reading
from yunnan.ingest.context import PROGRAMME
from yunnan.ingest.forms import Column
from yunnan.ingest.headers import CODE, Heading
from yunnan.ingest.rows import Rows
from yunnan.ingest.tables import Table

Reader = Callable[[object], Reading]
MONEY = {"amount", "money"}
HIDDEN_CELL = re.compile("已隐去〕|未抄录〕")  # what a feedback workbook writes in place of a cell
DITTO = re.compile(r"同[上左前]|[〃″々]|[\"”“]|''|〝|〞|(?i:ditto)")
PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(")  # how WPS keeps a picture in a cell
YES = Column("is_yes", "", "yes", False, "", ("是", "否"), "", "")


def read(rows: Rows) -> None:
    """Fill the rows' values from their parts. Raises Unreadable where a part's units contradict each other."""
    for part in rows.parts:
        start = len(rows)
        rows.sheets.extend([part.sheet.name] * len(part.indexes))
        rows.numbers.extend(part.numbers())
        for heading in part.header.headings:
            _column(rows, part, heading, start)
        for name, values in rows.values.items():
            values.extend([_default(rows.table, name)] * (len(rows) - len(values)))
        for at, letter in tables.strays(part):
            message = f"{letter}列没有表头，这一行却有内容（多半是分隔符或逗号使列错位）；请补表头，或清空这一格"
            rows.refuse(start + at, f"{letter}列", "DQ-01", message)
        for at, letter, why in tables.broken(part):
            rows.refuse(start + at, f"{letter}列", "DQ-33", why)
    for column in forms.columns(rows.table).values():
        rows.values.setdefault(column.name, [_default(rows.table, column.name)] * len(rows))


def _default(table: str, name: str) -> object:
    column = forms.columns(table).get(name)
    if column is None or not column.default:
        return None
    return (
        column.default == "是"
        if column.kind == "yes"
        else int(column.default)
        if column.kind == "count"
        else column.default
    )


def _column(rows: Rows, part: Table, heading: Heading, start: int) -> None:
    name = heading.column or ""
    target = name.removesuffix(CODE) if not name.endswith(CODE) else name
    if name and name != forms.PERSONAL:
        rows.heads.setdefault(target, heading.header)
        rows.values.setdefault(target, [_default(rows.table, target)] * start)
    head = target or heading.header
    if not name:
        rows.heads.setdefault(head, heading.header)
    reader = _reader(rows, part, name, heading)
    faults = _faulty(part, heading.index)
    raws = units.column(rows, part, heading, _unmerged(rows, part, heading, start), _kind(rows.table, name))
    memo: dict[tuple, Reading] = {}
    out = rows.values.get(target) if name and name != forms.PERSONAL else None
    for at, raw in enumerate(raws):
        mark = (raw.__class__, raw)
        reading = memo.get(mark)
        if reading is None:
            reading = memo[mark] = reader(raw)
        number = part.sheet.numbers[part.indexes[at]]
        if fault := faults.get(number):
            reading = Reading(None, fault)
        elif (number, heading.index) in part.sheet.marks.pictures:
            reading = _picture(forms.columns(rows.table).get(name.removesuffix(CODE)))
        if reading.fault or reading.change or reading.warned:
            _say(rows, start + at, head, raw, reading)
        if out is not None:
            out.append(reading.value)


def _say(rows: Rows, i: int, column: str, raw: object, reading: Reading) -> None:
    if reading.fault:
        is_secret = reading.fault[0] == "DQ-20"
        rows.refuse(i, column, *reading.fault, before=None if is_secret else _sent(raw))
        if is_secret:
            rows.secrets.add((rows.sheets[i], rows.numbers[i], rows.head(column)))
        return
    if reading.warned:
        rows.warn(i, column, *reading.warned, before=_sent(raw))
    if reading.change or (reading.warned and reading.value != raw):
        change = reading.change or "按对照表换算"
        rows.change(i, column, change, cells.text_of(raw), "" if reading.value is None else reading.value)


def _sent(raw: object) -> str:
    """The cell as it was sent, short; a number that has lost its last digits is not repeated."""
    is_long = isinstance(raw, int | float) and abs(raw) >= cells.LONG
    return "" if is_long else cells.text_of(raw)[:200]


def _faulty(part: Table, column: int) -> dict[int, tuple[str, str]]:
    """Cells of a column that hold an error, a formula without a result or a dangerous one: row -> fault."""
    marks = part.sheet.marks
    fault_by_row = {
        row: ("DQ-32", f"单元格{why}；请在表格软件里算出结果，粘贴为数值再报")
        for (row, at), why in marks.errors.items()
        if at == column
    }
    danger = ("DQ-29", "单元格的公式会打开链接或读取别的文件；请粘贴为数值再报")
    return fault_by_row | {row: danger for row, at in marks.dangers if at == column}


def _unmerged(rows: Rows, part: Table, heading: Heading, start: int) -> list:
    """The column's raw cells; a cell merged over several rows says the same for each, unless it is an amount."""
    raws = part.column(heading.index)
    kind = _kind(rows.table, heading.column)
    at_row = {number: at for at, number in enumerate(part.numbers())} if part.sheet.marks.merged else {}
    for (top, left), (bottom, right) in part.sheet.marks.merged:
        if not left <= heading.index <= right or bottom == top or top + 1 not in at_row:
            continue
        if left != right or kind in (*MONEY, "count", "number", "id", "key"):
            message = "合并单元格跨了几行，不知这个值怎样分到各行；请取消合并，逐行填写"
            for number in range(top + 1, bottom + 2):
                if number in at_row:
                    rows.refuse(start + at_row[number], heading.column or heading.header, "DQ-34", message)
                    raws[at_row[number]] = raws[at_row[top + 1]]
            continue
        for number in range(top + 2, bottom + 2):
            if number in at_row:
                raws[at_row[number]] = raws[at_row[top + 1]]
                rows.change(start + at_row[number], heading.column or heading.header, "合并单元格，取首行的值")
    return raws


def _kind(table: str, name: str | None) -> str:
    column = forms.columns(table).get((name or "").removesuffix(CODE))
    return column.kind if column else "text"


def _reader(rows: Rows, part: Table, name: str, heading: Heading) -> Reader:
    """How one column is read: blanks, formulas and persons first, then by its kind."""
    column = forms.columns(rows.table).get(name.removesuffix(CODE))
    if column is None:
        inner = partial(references.period, rows) if name == "report_period" else (lambda raw: Reading(None))
        return partial(_guarded, None, False, inner, "text", ("", None))
    inner = _by_kind(rows, part, column, heading)
    # A blank place may be filled from the sender, a blank id from another column: decided by row.
    may_wait = name.removesuffix(CODE) in ("prefecture_code", "org_id") or name.endswith(CODE)
    default = _default(rows.table, column.name) if not name.endswith(CODE) else None
    if part.header.is_original and rows.table == "organizations":
        may_wait, default = True, None  # unknown, unless another list says it
    return partial(_guarded, column, column.required and not may_wait, inner, column.kind, (column.label, default))


def _guarded(column: Column | None, required: bool, inner: Reader, kind: str, blank: tuple, raw: object) -> Reading:
    label, default = blank
    if cells.is_blank(raw):
        fault = ("DQ-31", f"“{label}”必填，这里是空的；请补上") if required else None
        return Reading(default, fault)
    if column and isinstance(raw, str) and HIDDEN_CELL.search(raw):
        return Reading(None, ("DQ-31", "这一格是反馈工作簿里隐去的内容；请补填，不该报送的请清空"))
    if isinstance(raw, str) and PICTURE.match(raw):
        return _picture(column)
    if column and isinstance(raw, str) and DITTO.fullmatch(raw.strip()):
        return Reading(None, ("DQ-31", f"“{raw.strip()}”排序或拆分后就不知指什么；请把上面的内容逐格填上"))
    if person := personal_number(kind, raw):
        return Reading(None, ("DQ-20", f"这一格里有{person}，不得报送；请删去后再报（内容没有保存）"))
    if cells.is_dangerous(raw):
        return Reading(None, ("DQ-29", "这一格以 = + - @ 开头，表格软件会当作公式运行；请删去开头的符号"))
    reading = inner(raw)
    if reading.fault and column and not required and cells.text_of(raw).strip().upper() in cells.BLANKS:
        return Reading(default, change=f"“{cells.text_of(raw).strip()}”读作空")
    return reading


def _picture(column: Column | None) -> Reading:
    """A picture in a cell: nothing where the column is not kept, a fault where words are asked."""
    if column is None:
        return Reading(None, change="单元格里的图片没有读取")
    return Reading(None, ("DQ-31", "这一格是图片，不是文字；请改填文字，不需要的请清空"))


def personal_number(kind: str, raw: object) -> str | None:
    """The kind of personal number that stands in a cell, if any."""
    if isinstance(raw, str):
        if len(raw) < personal.SHORTEST or (kind in ("uscc", "org", "orgs") and _is_credit_code(raw)):
            return None
        return (
            None
            if kind == "key" and cells.KEY.fullmatch(raw.lower()) and not raw.isdigit()
            else personal.kind_of_number(raw)
        )
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 1e10 <= raw < 1e19 or raw != raw // 1:
        return None
    if person := personal.kind_of_number(str(int(raw))):
        return person
    if 1e17 <= raw < 1e18 and kind not in ("uscc", "org") and str(int(raw))[6:8] in ("18", "19", "20"):
        return "身份证号（已被表格软件改坏）"
    return "像证件号或银行卡号的长数（已被表格软件改坏）" if raw >= 1e15 and kind == "text" else None


def _is_credit_code(raw: str) -> bool:
    text = raw.strip().upper()
    return bool(credit_codes.WRITTEN.fullmatch(text)) and credit_codes.check_digit(text[:17]) == text[17]


def _by_kind(rows: Rows, part: Table, column: Column, heading: Heading) -> Reader:
    kind, context = column.kind, rows.context
    words = profiles.words(context.profiles, part.sheet.profile, column.name)
    named = context.county_names | words
    if kind in MONEY:
        least = cells.CENT if kind == "amount" else Decimal(0)
        return partial(cells.amount, factor=units.factor(part, heading) or 1, least=least)
    simple: dict[str, Reader] = {
        "date": partial(dates.day, from_1904=part.sheet.marks.from_1904),
        "number": partial(cells.amount, least=Decimal(0)),
        "count": partial(cells.count, limit=column.limit),
        "year": partial(cells.count, limit="2000-2100"),
        "choice": partial(cells.choice, column=column, words=words),
        "yes": partial(_yes, profiles.words(context.profiles, part.sheet.profile, YES.name)),
        "text": partial(cells.words_of, limit=column.limit),
        "id": partial(cells.code, pattern=column.limit, what=column.label),
        "key": cells.key,
        "uscc": cells.credit_code,
        "prefecture": partial(_place, places.prefecture, words),
        "county": partial(_place, places.county, named),
        "region": partial(_place, places.region, named),
        "area": partial(_place, places.area, named),
        "indicator": partial(cells.listed, codes=forms.indicators(), words={}, what="指标"),
        "share": partial(cells.share, most=column.limit),
        "project": partial(references.item, rows, context.projects, column),
        "policy": partial(references.item, rows, context.documents, column),
        "org": partial(references.organization, rows, column),
        "programme": partial(
            cells.listed, codes=forms.programmes() | context.words.get(PROGRAMME, {}), words={}, what="品牌计划"
        ),
    }
    if kind == "list":
        if part.header.is_original and column.values[0] == "supervising_unit":
            return partial(originals.unit, references.codes(rows, column), words)
        return references.word(rows, column, words)
    if kind in forms.LISTS:
        return partial(_several, column, _item_reader(rows, column, words))
    return simple[kind]


def _item_reader(rows: Rows, column: Column, words: dict[str, str]) -> Reader:
    readers: dict[str, Reader] = {
        "orgs": partial(references.organization, rows, column),
        "choices": partial(cells.choice, column=column, words=words),
        "years": partial(cells.count, limit="2000-2100"),
        "counties": partial(_place, places.county, rows.context.county_names | words),
        "texts": partial(cells.words_of, limit="80"),
    }
    return references.word(rows, column, words) if column.kind == "words" else readers[column.kind]


def _several(column: Column, item: Reader, raw: object) -> Reading:
    """A list; one faulty item is a faulty cell."""
    readings = [item(part) for part in cells.parts(raw)]
    if fault := next((reading.fault for reading in readings if reading.fault), None):
        return Reading(None, fault)
    values = list(dict.fromkeys(reading.value for reading in readings if reading.value is not None))
    if not values or len(values) > int(column.limit if column.limit.isdigit() else 50):
        return Reading(None, ("DQ-31", f"“{column.label}”应有1至{column.limit or 50}项，用分号隔开；请核对"))
    change = next((reading.change for reading in readings if reading.change), None)
    return Reading(values, change=change, warned=next((r.warned for r in readings if r.warned), None))


def _place(reader: Reader, words: dict[str, str], raw: object) -> Reading:
    """A place by the names an office has written for itself too, such as zones that are no counties."""
    meant = words.get(forms.fold(cells.text_of(raw)))
    if meant is None:
        return reader(raw)
    reading = reader(meant)
    return reading if reading.fault else reading._replace(change=f"按本单位的用词读作{meant}")


def _yes(words: dict[str, str], raw: object) -> Reading:
    reading = cells.choice(raw, YES, words)
    value = None if reading.value is None else reading.value == "是"
    return reading._replace(value=value)
