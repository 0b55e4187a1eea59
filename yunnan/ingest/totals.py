"""Control totals: what the sender added up against what was read."""

from collections.abc import Iterator
from decimal import Decimal

from yunnan.ingest import cells, tables, units
from yunnan.ingest.notes import Note, Notes
from yunnan.ingest.result import Result
from yunnan.ingest.rows import Rows
from yunnan.ingest.tables import Table, Total

MONEY = {"amount_yuan": "金额", "need_amount_yuan": "需求资金", "headcount": "人数", "value": "数值"}


def check(result: Result) -> Notes:
    """Warnings where 合计 and 小计 rows, or the declared totals, differ from the rows (DQ-25)."""
    rows = result.rows
    assert rows is not None
    notes, start = Notes(), 0
    for part in result.parts:
        column = tables.amount_of(part)
        amounts = rows.column(column)[start : start + len(part.indexes)] if column else []
        for total in part.totals:
            if message := _difference(part, total, amounts, column):
                notes.warnings.append(Note(part.sheet.name, total.number, rows.head(column), "DQ-25", message))
        start += len(part.indexes)
    notes.warnings.extend(_disagreements(result, rows))
    return notes


def amount(rows: Rows) -> Decimal | None:
    """The sum of the accepted rows; None for tables without money of their own."""
    if rows.table != "funds":
        return None
    values = rows.column("amount_yuan")
    return sum((values[i] for i in rows.good()), Decimal(0))


def declared_amount(result: Result) -> Decimal | None:
    """The amount that the form declares; where it does not, a single 合计 row does."""
    finals = [(part, total) for part in result.parts for total in part.totals if not total.is_part]
    if result.declared_amount is None and result.table == "funds" and len(finals) == 1 and len(result.parts) == 1:
        return _value(*finals[0], "amount_yuan")
    return result.declared_amount


def _difference(part: Table, total: Total, amounts: list, column: str) -> str | None:
    stated = _value(part, total, column)
    if stated is None:
        return None
    begin = _begin(part, total)
    summed = amounts[begin : total.before]
    if any(value is None for value in summed):
        return "合计所含的行有金额读不出来，没有核对合计；请改正后重报"
    if (amount_read := sum(summed, Decimal(0))) != stated:
        return f"写的是{stated:,}，所含各行相加是{amount_read:,}，不一致；请核对是漏行还是算错"
    return None


def _begin(part: Table, total: Total) -> int:
    """The first row a total adds: all before it, or for a 小计 those after the last total."""
    if not total.is_part:
        return 0
    return max((other.before for other in part.totals if other.number < total.number), default=0)


def _value(part: Table, total: Total, column: str) -> Decimal | None:
    if cells.is_blank(total.amount) or not column:
        return None
    if column in ("headcount", "value"):
        return cells.amount(total.amount, least=Decimal(0)).value
    heading = next(h for h in part.header.headings if h.column == column)
    factor = heading.factor or tables.unit(part)
    raw = units.spelled(total.amount, part.sheet.marks.number_formats.get((total.number, heading.index)), factor)
    return cells.amount(raw, factor or 1, Decimal(0)).value


def _disagreements(result: Result, rows: Rows) -> Iterator[Note]:
    """Where the rows are not as many, or not as much money, as is declared."""
    count, money = len(rows), None
    if rows.table == "funds" and None not in rows.column("amount_yuan"):
        money = sum(rows.column("amount_yuan"), Decimal(0))
    if result.declared_rows is not None and result.declared_rows != count:
        message = f"申报{result.declared_rows:,}行，实收{count:,}行；请核对是否漏行"
        yield Note(None, None, None, "DQ-25", message)
    is_own = not any(part.totals for part in result.parts)
    if is_own and result.declared_amount is not None and money is not None and result.declared_amount != money:
        message = f"申报金额{result.declared_amount:,}元，实收{money:,}元；请核对"
        yield Note(None, None, "金额", "DQ-25", message)
