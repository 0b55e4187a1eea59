"""Which row is the header, of which table, and what each of its columns is."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yunnan.ingest import forms, personal
from yunnan.ingest.notes import Unreadable
from yunnan.ingest.sheets import Sheet, letter

SEARCHED = 60  # rows from the top in which a header is looked for
CODE = ".code"  # a place may have two columns, its name and its code
HIDDEN_WORDS = re.compile(
    r"姓名|身份证|证件号|手机|电话|住址|家庭地址|银行卡|银行账|卡号|出生日|出生年|联系人|公民身份|微信|QQ号"
)


@dataclass(frozen=True)
class Heading:
    """One column of a sheet under its header."""

    index: int  # of the column in the sheet
    header: str  # as the sender wrote it
    column: str | None  # in the contract, '' to ignore, 'personal', None where nothing is known
    factor: int  # what one unit is worth in yuan; 0 where no unit is written


@dataclass(frozen=True)
class Header:
    """The header of one sheet, one line or two."""

    table: str
    first: int  # index of its first row in the sheet
    lines: int
    headings: tuple[Heading, ...]
    names: Mapping[str, tuple[str, int]]  # header -> (column, factor): of the form, and of the original's profile
    is_original: bool = False  # some columns of a table, as another system has them

    @property
    def columns(self) -> set[str]:
        """The contract's columns that are there."""
        return {h.column.removesuffix(CODE) for h in self.headings if h.column and h.column != forms.PERSONAL}

    @property
    def missing(self) -> list[str]:
        """Labels of required columns that are not there."""
        columns = forms.columns(self.table).values()
        if self.is_original and self.table == "organizations":  # row by row: it may be registered already
            return [] if {"uscc", "org_id"} & self.columns else [forms.columns(self.table)["uscc"].label]
        return [c.label for c in columns if c.required and c.name not in self.columns and not self._by_code(c.name)]

    @property
    def recognized(self) -> int:
        return sum(h.column is not None for h in self.headings)

    @property
    def rank(self) -> tuple[int, int, int]:
        """The better, the larger: nothing required missing, many columns, few unknown ones."""
        return (-len(self.missing), len(self.columns), self.recognized - len(self.headings))

    def _by_code(self, column: str) -> bool:
        return self.table == "organizations" and column == "org_id" and "uscc" in self.columns


def recognized(cells: Sequence[object]) -> int:
    """How many cells are headers of the table that knows most of them."""
    texts = [forms.tidy(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
    return max(sum(text in forms.headers(table) for text in texts) for table in forms.TABLES)


def find(sheet: Sheet, table: str | None = None) -> list[Header]:
    """The best header of each table that has one in this sheet, best first; none where the sheet is no table."""
    best: dict[str, Header] = {}
    for index in _filled(sheet)[:SEARCHED]:
        texts = _texts(sheet.rows[index])
        if len(texts) < 2 and len(sheet.rows[index]) > 1:
            continue
        own = [sheet.profile.table] if sheet.profile else list(forms.TABLES)
        for name in [table] if table else own:
            for header in _readings(sheet, name, index, texts):
                if name not in best or (header.rank, header.lines) > (best[name].rank, best[name].lines):
                    best[name] = header
    return sorted(best.values(), key=lambda header: header.rank, reverse=True)


def same(header: Header, row: Sequence[object]) -> bool:
    """Whether the row says the header again, as a printed page does."""
    heads = {h.index: forms.tidy(h.header) for h in header.headings}
    texts = _texts(row)
    return (
        len(texts) >= 2
        and len(texts) * 2 >= len(heads)
        and all(text in heads.get(at, "") for at, text in texts.items())
    )


def looks_like_one(header: Header, row: Sequence[object]) -> bool:
    """Whether the row is some other header of the same table."""
    texts = _texts(row)
    hits = [header.names.get(text, (None, 0))[0] for text in texts.values()]
    named = {column for column in hits if column}
    return (
        len(named) >= 4
        and len(named) * 10 >= len(texts) * 7
        and len(texts) == sum(bool(v) for v in map(_stripped_text, row))
    )


def check(header: Header, has_values: dict[int, bool], name: str | None) -> None:
    """Raise Unreadable for a header that lacks a column, has an unknown, a doubled or a forbidden one."""
    filled = [h for h in header.headings if has_values[h.index]]
    if forbidden := [h.header for h in filled if h.column == forms.PERSONAL]:
        headings = "、".join(f"“{personal.masked(text)}”" for text in forbidden)
        raise Unreadable(
            "DQ-20", f"{headings}列是个人信息，不得报送；请删去整列再报（内容没有保存）", name, None, forbidden[0]
        )
    if unknown := [h for h in filled if h.column is None]:
        raise Unreadable("DQ-01", _unknown(header, unknown[0]), name, None, personal.masked(unknown[0].header))
    if header.missing:
        missing_labels = "、".join(header.missing)
        raise Unreadable("DQ-01", f"缺少必填列：{missing_labels}；请对照报送模板补上这些列再报", name)
    columns = [h.column for h in header.headings if h.column and h.column != forms.PERSONAL]
    if doubled := next((h for h in header.headings if h.column and columns.count(h.column) > 1), None):
        label = forms.columns(header.table).get((doubled.column or "").removesuffix(CODE))
        names = "、".join(f"“{h.header}”" for h in header.headings if h.column == doubled.column)
        column_label = label.label if label else "报告期"
        raise Unreadable(
            "DQ-34", f"{names}都可以读作“{column_label}”，不知用哪一列；请只留一列再报", name, None, doubled.header
        )


def _unknown(header: Header, heading: Heading) -> str:
    labels = [column.label for column in forms.columns(header.table).values()]
    near = difflib.get_close_matches(forms.tidy(heading.header), labels, 1, 0.5)
    hint = f"是不是“{near[0]}”？" if near else ""
    place = f"{letter(heading.index)}列"
    return f"{place}“{personal.masked(heading.header)}”不是报送模板中的列。{hint}请改用模板的列名，或删去这一列再报"


def _readings(sheet: Sheet, table: str, index: int, texts: dict[int, str]) -> list[Header]:
    """The row as a header of the table, alone and together with the line below it."""
    upper = _header(sheet, table, index, texts)
    candidates = [upper]
    below = index + 1
    if below < len(sheet.rows) and (lower_texts := _texts(sheet.rows[below])):
        lower = _header(sheet, table, below, lower_texts)
        both = _two_lines(sheet, table, index, texts, lower_texts)
        if both and _is_better(both, upper, lower):
            candidates.append(both)
    return [header for header in candidates if _is_one(header)]


def _is_better(both: Header, upper: Header, lower: Header) -> bool:
    """Whether two lines say more than either alone; a title or a row of data above a header adds nothing.

    In our own form the upper line says for the machine what the lower says for people.
    """
    if [(h.index, h.column) for h in upper.headings] == [(h.index, h.column) for h in lower.headings]:
        return upper.recognized == len(upper.headings)
    has_units = any(h.factor for h in both.headings) and not any(h.factor for h in upper.headings)
    return both.rank > lower.rank and (both.rank > upper.rank or (has_units and both.rank == upper.rank))


def _is_one(header: Header) -> bool:
    hits, all_ = len(header.columns), len(header.headings)
    return (hits >= 3 and header.recognized * 2 >= all_) or (hits >= 2 and header.recognized * 4 >= all_ * 3)


def _names(sheet: Sheet, table: str) -> Mapping[str, tuple[str, int]]:
    """Header -> (column, factor) of a table: what the form declares, and the sheet's profile before it."""
    own = sheet.profile.headers if sheet.profile and sheet.profile.table == table else {}
    return {**forms.headers(table), **own} if own else forms.headers(table)


def _header(sheet: Sheet, table: str, first: int, texts: dict[int, str]) -> Header:
    names, row = _names(sheet, table), sheet.rows[first]
    headings = (_heading(names, index, text, str(row[index]).strip()) for index, text in texts.items())
    return Header(table, first, 1, tuple(headings), names, sheet.profile is not None)


def _heading(names: Mapping[str, tuple[str, int]], index: int, text: str, raw_text: str) -> Heading:
    column, factor = names.get(text, (None, 0))
    if column is None and HIDDEN_WORDS.search(text):
        column = forms.PERSONAL
    return Heading(index, personal.masked(re.sub(r"\s+", "", raw_text)), column, factor)


def _two_lines(sheet: Sheet, table: str, index: int, upper: dict[int, str], lower: dict[int, str]) -> Header | None:
    """Both lines together, if every cell of the lower line is a header by itself or with the group above it."""
    spread, names = _spread(sheet, index, upper, lower), _names(sheet, table)
    headings = []
    for column in sorted(set(upper) | set(lower)):
        above, under = spread.get(column, ""), lower.get(column, "")
        choices = [forms.tidy(above + under), forms.tidy(f"{above}({under})"), under] if under else [above]
        text = next((c for c in choices if c and c in names), None)
        if text is None and under:
            if not HIDDEN_WORDS.search(under):
                return None
            text = under
        headings.append(_heading(names, column, text or above, text or above))
    return Header(table, index, 2, tuple(headings), names, sheet.profile is not None)


def _spread(sheet: Sheet, index: int, upper: dict[int, str], lower: dict[int, str]) -> dict[int, str]:
    """A group's name over each of its columns: as merged; where the file does not say, up to the next group."""
    number = sheet.numbers[index] - 1
    spread, last = dict(upper), ""
    for (top, left), (_, right) in sheet.marks.merged:
        if top == number and left in upper:
            spread |= dict.fromkeys(range(left, right + 1), upper[left])
    for column in range(max([*upper, *lower]) + 1):
        last = spread.get(column, last)
        if column in lower and column not in spread:
            spread[column] = last
    return spread


def _filled(sheet: Sheet) -> list[int]:
    return [index for index, row in enumerate(sheet.rows[: SEARCHED * 4]) if any(_stripped_text(cell) for cell in row)]


def _stripped_text(cell: object) -> str:
    return str(cell).strip() if cell is not None else ""


def _texts(row: Sequence[object]) -> dict[int, str]:
    return {index: forms.tidy(cell) for index, cell in enumerate(row) if isinstance(cell, str) and forms.tidy(cell)}
