"""A sheet -> its table: rows of the return, and what is title, total, footer or empty form, each named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from yunnan.ingest import forms, headers, personal
from yunnan.ingest.cells import UNITS
from yunnan.ingest.headers import Header
from yunnan.ingest.notes import Note, Unreadable
from yunnan.ingest.sheets import Sheet, letter

TOTAL = re.compile(
    r"^(?:以上|本页|本表|本季|本期|全州|全市|全省|全县|累计|其中)?(?:合计|小计|总计|共计|累计)(?:[(（:：].*)?$"
)
GROUP_TOTAL = re.compile(r"^[一-鿿()（）\d.、\-—]{1,16}(?:合计|小计|总计|共计|累计)(?:[(（:：].*)?$")  # 昆明市小计
CUMULATIVE = re.compile(
    r"[全本上去]年(?:合计|总计|共计)|[年月季期自至].*累计|累计.*[年月季]"
)  # of rows that are not here
FOOTER = re.compile(
    r"^(?:填表|制表|审核|审批|复核|负责|经办|联系|统计|填报|报送|单位负责|分管|主管)(?:人|人员|单位|日期|时间|电话|领导)?(?:[(（].{0,8}[)）])?[:：]"
    r"|^(?:填表|制表|审核|负责|经办|联系)人(?:签[字名]|员)?$|^(?:备注|注|说明|附注|填表说明|电话|日期|单位|计量单位|金额单位|第\d+页|单位[(（]盖章[)）])[:：]?"
)
PAGE = re.compile(
    r"[(]?续?(?:续(?:上|前)?(?:表|页)?[(]?[一二三四五六七八九十\d]*|[接转见](?:上|下|前)(?:表|页)|[上下][接转]第?\d*页)[)]*"
    r"|第?[一二三四五六七八九十\d]+页[,;/]?(?:共[一二三四五六七八九十\d]+页)?|共\d+页|-+\d+-+"
)
NOTE = re.compile(
    r"(?:\d+[.、)]|[(]\d+[)]|[一二三四五六七八九十]+、|注|备注|说明|数据|以上|本表|其中|截[至止]|来源|资料|统计|[*※])"
)
# A bare 元, 万 or 亿 must end there or before a word of the form: 元谋县, 元阳县 and 万达 are no units.
NAMED_UNIT = r"((?:亿|[十百千]?万|[百千])元|(?:元|万(?!元)|亿(?!元))(?=$|[^一-鿿]|[制填报审统编日时年人整]))"
UNIT = re.compile(
    rf"单位(?:均|都)?[为是:]{{0,2}}\(?(?:人民币)?{NAMED_UNIT}|均为{NAMED_UNIT}|\((?:人民币)?{NAMED_UNIT}\)"
    rf"|金额(?:均|都)?[为是:]{{1,2}}(?:人民币)?{NAMED_UNIT}"
    r"|[按以]((?:亿|[十百千]?万|[百千])?元)(?:为单位|计|填|统计|列)|[按以](万|亿)为单位"
)


@dataclass
class Total:
    """A 合计 or 小计 row: where it stands, and how many rows of the table came before it."""

    number: int
    before: int
    is_part: bool  # 小计
    amount: object


@dataclass
class Table:
    """The rows of one sheet under its header; divide fills it line by line, nobody changes it afterwards."""

    sheet: Sheet
    header: Header
    around: list[str]  # names and other sheets, where a unit may stand
    indexes: list[int] = field(default_factory=list)  # of the return's rows in the sheet
    totals: list[Total] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)  # texts above and below the table
    footers: set[int] = field(default_factory=set)  # physical rows of 填表人 and the like
    dropped: list[Note] = field(default_factory=list)  # what is no row of the return, and why
    second: int | None = None  # physical row of another header, below which nothing is read

    def numbers(self) -> list[int]:
        """The physical row of each row of the return."""
        return [self.sheet.numbers[index] for index in self.indexes]

    def column(self, index: int) -> list:
        """The raw cells of one column, by row of the return."""
        rows = self.sheet.rows
        return [row[index] if index < len(row) else "" for row in (rows[i] for i in self.indexes)]


def divide(sheet: Sheet, header: Header, around: list[str]) -> Table:
    """The sheet's rows told apart, to its end or to a second, different header."""
    table = Table(sheet, header, around)
    start = header.first + header.lines
    for row in sheet.rows[: header.first]:
        table.captions.extend(str(cell) for cell in row if isinstance(cell, str) and cell.strip())
    for index in range(start, len(sheet.rows)):
        row = sheet.rows[index]
        filled = [cell for cell in row if cell not in ("", None) and (not isinstance(cell, str) or cell.strip())]
        if not filled and not _has_marks(sheet, index):
            continue
        reason = _reason(table, index, row, filled) if filled else None
        if table.second:
            break
        if reason is None:
            table.indexes.append(index)
        else:
            table.dropped.append(Note(sheet.name, sheet.numbers[index], None, "DQ-24", reason))
    return table


def check(table: Table) -> None:
    """Raise Unreadable for a sheet with a second, different header."""
    if table.second:
        message = f"第{table.second}行又是一个表头，与上面的不同；请一张工作表只放一个表格"
        raise Unreadable("DQ-34", message, table.sheet.name, table.second)


def units_in(text: str) -> set[int]:
    """The units of money that a text names, as factors to yuan."""
    bare = personal.plain(text).replace(" ", "")
    return {UNITS[next(name for name in match.groups() if name)] for match in UNIT.finditer(bare)}


def unit(table: Table) -> int:
    """What the texts around the table say an amount is in, as a factor to yuan; 0 where they say nothing."""
    factors = set().union(*map(units_in, [*table.captions, *table.around]))
    if len(factors) > 1:
        message = "标题、附注、文件名或别的工作表写了两种金额单位，不知用哪一种；请只留一种再报"
        raise Unreadable("DQ-34", message, table.sheet.name)
    return factors.pop() if factors else 0


def count(table: Table) -> int:
    """How many lines below the header hold anything: counted from the sheet, not from what became of them."""
    below = range(table.header.first + table.header.lines, len(table.sheet.rows))
    return sum(
        any(str(v).strip() for v in table.sheet.rows[i] if v is not None) or _has_marks(table.sheet, i) for i in below
    )


def has_values(table: Table) -> dict[int, bool]:
    """For each column under a header, whether any row of the return has something in it."""
    return {h.index: any(str(v).strip() for v in table.column(h.index) if v is not None) for h in table.header.headings}


def strays(table: Table) -> Iterator[tuple[int, str]]:
    """(row of the return, column letter) of each cell that stands under no header."""
    named = {heading.index for heading in table.header.headings}
    width = max(named) + 1
    blanks = [index for index in range(width) if index not in named]
    for at, index in enumerate(table.indexes):
        row = table.sheet.rows[index]
        if table.sheet.name is None and len(row) > len(table.sheet.rows[table.header.first]):
            yield at, letter(len(row) - 1)  # a line of text has one cell too many, be it empty
            continue
        for column in [*blanks, *range(width, len(row))]:
            if column < len(row) and row[column] not in ("", None) and str(row[column]).strip():
                yield at, letter(column)


def broken(table: Table) -> Iterator[tuple[int, str, str]]:
    """(row of the return, column letter, why) of each line of a text file that may have been cut off."""
    if table.sheet.name is not None:
        return
    width = max(heading.index for heading in table.header.headings) + 1
    for at, index in enumerate(table.indexes):
        count = len(table.sheet.rows[index])
        if count < width:
            why = f"这一行只有{count}格，表头有{width}列，后面的内容可能丢了；请核对原表，重新导出再报"
            yield at, letter(count), why
        elif table.sheet.numbers[index] == table.sheet.open_line:
            why = "这是文件的最后一行，行末没有换行，文件可能没有传完；请重新导出，或核对后在末尾加一个换行再报"
            yield at, letter(count - 1), why


def _has_marks(sheet: Sheet, index: int) -> bool:
    number = sheet.numbers[index]
    return any(row == number for row, _ in sheet.marks.errors)


def _reason(table: Table, index: int, row: list, filled: list) -> str | None:
    """Why this row is no row of the return; None for one that is, and for a second header."""
    first = str(filled[0]).strip()
    if any(isinstance(v, str) and forms.tidy(v) in table.header.names for v in filled[:3]):
        if headers.same(table.header, row):
            return "重复的表头，已剔除"
        if headers.looks_like_one(table.header, row):
            table.second = table.sheet.numbers[index]
            return None
    if total := _total_word(table, row, filled):
        return _total(table, index, row, total)
    line = personal.plain(re.sub(r"\s", "", first)) if isinstance(filled[0], str) else ""
    if FOOTER.match(line) and (personal.LABEL.match(line) or not _is_record(table, row)):
        return _aside(table, index, filled, f"表尾的“{_label(line)}”行，已剔除")
    if line and all(isinstance(v, str) for v in filled) and _is_aside(line, filled):
        return _aside(table, index, filled, "续表、页码或说明文字，已剔除")
    if len(filled) >= 4 and str(filled[0]).strip("（(")[:1] in ("1", "甲", "栏") and _is_numbering(filled):
        return "栏次编号行，已剔除"
    return "只有序号的空行，已剔除" if len(filled) == 1 and _is_empty_form(table, row) else None


def _label(line: str) -> str:
    """The word a footer begins with, and nothing of what follows it."""
    footer = FOOTER.match(line)
    return re.sub(r"[(（].*|[:：].*", "", footer[0]) if footer else "说明"


def _is_aside(line: str, filled: list) -> bool:
    """Whether a line is the mark of a page, or the only cell of a line is a sentence."""
    if all(PAGE.fullmatch(personal.plain(re.sub(r"\s", "", v))) for v in filled):
        return True
    return len(filled) == 1 and len(line) >= 6 and bool(NOTE.match(line)) and bool(re.search("[一-鿿]{2}", line))


def _aside(table: Table, index: int, filled: list, reason: str) -> str:
    table.footers.add(table.sheet.numbers[index])
    table.captions.extend(str(cell) for cell in filled if isinstance(cell, str))
    return reason


def _total_word(table: Table, row: list, filled: list) -> str:
    """The word that makes a line a total: alone, or after a name in a line that is no record."""
    words = [re.sub(r"\s", "", v) for v in filled[:3] if isinstance(v, str)]
    total_word = next((word for word in words if TOTAL.match(word)), "")
    if total_word or _is_record(table, row):
        return total_word
    return next((word for word in words if GROUP_TOTAL.match(word)), "")


def _total(table: Table, index: int, row: list, word: str) -> str:
    amount = next(
        (row[h.index] for h in table.header.headings if h.column == amount_of(table) and h.index < len(row)), ""
    )
    is_part = "小计" in word or "本页" in word or not TOTAL.match(word)
    if not CUMULATIVE.search(word):
        table.totals.append(Total(table.sheet.numbers[index], len(table.indexes), is_part, amount))
    bare_word = re.split("[(（:：]", word)[0] if TOTAL.match(word) else re.findall("合计|小计|总计|共计|累计", word)[-1]
    return f"“{bare_word}”行，已剔除"


def amount_of(table: Table) -> str:
    """The column that a total adds up."""
    kinds = {"amount", "money", "number"}
    columns = forms.columns(table.header.table).values()
    return next(
        (c.name for c in columns if c.kind in kinds), "headcount" if table.header.table == "beneficiaries" else ""
    )


def _is_record(table: Table, row: list) -> bool:
    """Whether at least three required columns are filled: then it is a record, whatever it begins with."""
    required = {c.name for c in forms.columns(table.header.table).values() if c.required}
    required_indexes = [h.index for h in table.header.headings if h.column in required]
    return sum(index < len(row) and row[index] not in ("", None) for index in required_indexes) >= 3


def _is_numbering(filled: list) -> bool:
    texts = [str(int(v)) if isinstance(v, float) and v.is_integer() else str(v).strip() for v in filled]
    rest = [t.strip("()（）") for t in texts if t not in ("甲", "乙", "丙", "丁", "栏次")]
    return len(rest) >= 3 and rest == [str(n) for n in range(1, len(rest) + 1)]


def _is_empty_form(table: Table, row: list) -> bool:
    """Whether nothing but a serial number is filled in."""
    kept = {h.index for h in table.header.headings if forms.tidy(h.header) in ("序号", "行号", "项次", "编号")}
    filled = [index for index, value in enumerate(row) if value not in ("", None) and str(value).strip()]
    return bool(filled) and set(filled) <= kept
