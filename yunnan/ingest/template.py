"""The form an office fills in: title, headers a person and a machine can read, choices, and how to fill it in."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from yunnan import settings
from yunnan.data.target_split import Target
from yunnan.ingest import forms, places, table_kinds
from yunnan.ingest.context import COUNTY, PROGRAMME
from yunnan.ingest.forms import ALL, GUIDE, META, OPTIONS, SEPARATOR, Column
from yunnan.ingest.rows import Order
from yunnan.publication import staging
from yunnan.publication.periods import Quarter
from yunnan.words import palette

LINES = 2_000  # rows that are prepared with choices and formats
FIRST = 3  # index of the first row to fill in: title, machine's header, header
CODES = {"id", "project", "org", "orgs", "policy", "uscc", "key", "prefecture", "county", "counties", "region", "text"}
WIDTHS = {
    "date": 14,
    "amount": 16,
    "money": 16,
    "number": 14,
    "count": 12,
    "yes": 10,
    "counties": 28,
    "uscc": 22,
    "key": 20,
    "text": 28,
}
HOW = {
    "date": "写年月日，如2020-05-12",
    "amount": "填数字，单位元，最多两位小数",
    "money": "填数字，单位元，最多两位小数",
    "number": "填数字",
    "count": "填整数",
    "year": "填四位年份",
    "years": "填四位年份，多个用分号隔开",
    "prefecture": "从下拉选项中选，或填6位代码",
    "county": "从下拉选项中选，或填6位代码",
    "counties": "填县（市、区）全称或6位代码，多个用分号隔开",
    "region": "填州市、省份全称或6位代码",
    "uscc": "18位，单元格是文本格式，请勿改动",
    "choice": "从下拉选项中选",
    "list": "从下拉选项中选",
    "words": "填名称，多个用分号隔开",
    "programme": "从下拉选项中选",
    "yes": "填是或否",
}


def file_name(order: Order) -> str:
    """'怒江州_资金_2020Q2_模板.xlsx', as far as it is known whose form it is."""
    names = {row["prefecture_code"]: row["name_zh"] for row in forms.rows("prefectures")}
    what = forms.TABLES[order.table] if order.table else "季度报表"
    parts = (names.get(order.prefecture or "", ""), what, order.period or "", "模板")
    return "_".join(part for part in parts if part) + ".xlsx"


def day(order: Order) -> date:
    """As of when the form calls the counties: the last day of its period, today where it has none."""
    return Quarter(order.period).end if order.period else settings.today()


def quarterly() -> list[str]:
    """The tables that are due each quarter, each before what cites it."""
    tables = [table for table in forms.TABLES if table not in staging.OFFICE]
    return sorted(tables, key=table_kinds.place)


def write(
    order: Order,
    file: Path,
    choices: Mapping[str, Sequence[str]] | None = None,
    filled: Sequence[Target] = (),
    remarks: Sequence[str] = (),
) -> Path:
    """Write the form of order.table for its sender and period, where they are given; the file. Raises OSError.

    Without a table it is the form of all quarterly ones, a sheet each. choices: the words of each list as
    context.choices gives them; without them what ships is offered. filled: the rows of a form of targets that are
    there already; remarks: what the guide says besides its rules.
    """
    tables = [order.table] if order.table else quarterly()
    offered = {COUNTY: places.county_names(day(order))} | dict(choices or {})
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        looks = _looks(book)
        sheets = [book.add_worksheet(forms.TABLES[table]) for table in tables]
        guide = book.add_worksheet(GUIDE)
        options = book.add_worksheet(OPTIONS)
        for number, (table, sheet) in enumerate(zip(tables, sheets, strict=True)):
            columns = list(forms.columns(table).values())
            _head(sheet, looks, replace(order, table=table), columns)
            for index, column in enumerate(columns):
                _choices(sheet, options, index, 100 * number + index, _values(column, offered), column)
        _fill(sheets[0], list(forms.columns(tables[0])), filled)
        _guide(guide, looks, tables, remarks)
        _meta(book.add_worksheet(META), order)
        options.hide()
        sheets[0].activate()
    file.write_bytes(data.getvalue())
    return file


def label(column: Column) -> str:
    """The header of a column in the form; amounts say their unit."""
    return f"{column.label}(元)" if column.kind in ("amount", "money") else column.label


def _looks(book) -> dict[str, object]:
    head = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "valign": "vcenter"}),
        "must": book.add_format(head | {"bg_color": palette.WRONG}),
        "may": book.add_format(head | {"bg_color": palette.GRID}),
        "machine": book.add_format({"font_color": palette.MACHINE, "font_size": 8}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "fill": book.add_format({"border": 1, "bg_color": palette.TO_FILL}),
        "bold": book.add_format({"bold": True}),
    }


def _head(sheet, looks: dict, order: Order, columns: list[Column]) -> None:
    sheet.write_string(0, 0, _title(order), looks["title"])
    sheet.set_row(0, 28)
    sheet.set_row(1, 12, None, {"hidden": True})
    sheet.set_row(2, 34)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, WIDTHS.get(column.kind, 16), looks[_look(column)])
        sheet.write_string(1, index, column.name, looks["machine"])
        sheet.write_string(2, index, label(column), looks["must" if column.required else "may"])
    sheet.freeze_panes(FIRST, 1)


def _fill(sheet, columns: list[str], filled: Sequence[Target]) -> None:
    """Write rows as text, so that each number stays exactly what it is."""
    for at, row in enumerate(filled, FIRST):
        values = asdict(row)
        for index, name in enumerate(columns):
            if (value := values[name]) is not None:
                sheet.write_string(at, index, f"{value.normalize():f}" if isinstance(value, Decimal) else str(value))


def _look(column: Column) -> str:
    if column.kind in CODES or column.name in ("sex_code", "age_band"):
        return "text"
    return {"date": "date", "amount": "money", "money": "money", "number": "money"}.get(column.kind, "text")


def _title(order: Order) -> str:
    names = {row["prefecture_code"]: row["name_zh"] for row in forms.rows("prefectures")} | {places.PROVINCE: "省本级"}
    whose = names.get(order.prefecture or "", "")
    period = f"（{order.period}）" if order.period else ""
    return f"{whose}社会组织{forms.TABLES[order.table or '']}报表{period}"


def _choices(sheet, options, index: int, at: int, values: list[str], column: Column) -> None:
    """A drop-down of a column's values, kept in a column of a hidden sheet because they may be many."""
    if column.kind == "date":
        sheet.data_validation(FIRST, index, LINES, index, _date_validation(column))
    if not values:
        return
    for row, value in enumerate(values):
        options.write_string(row, at, value)
    source = f"={OPTIONS}!${_letter(at)}$1:${_letter(at)}${len(values)}"
    validation = {
        "validate": "list",
        "source": source,
        "error_title": "不在选项之内",
        "error_message": "请从下拉选项中选择。",
    }
    is_open = column.kind in ("prefecture", "county", "programme")  # a code is as good as a name
    sheet.data_validation(FIRST, index, LINES, index, validation | ({"error_type": "information"} if is_open else {}))


def _date_validation(column: Column) -> dict:
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": date(1949, 10, 1),
        "maximum": date(2049, 12, 31),
        "error_title": "不是日期",
        "error_message": "请写年月日，如2020-05-12。",
    }


def _values(column: Column, choices: Mapping[str, Sequence[str]]) -> list[str]:
    if column.kind == "prefecture":
        return [row["name_zh"] for row in forms.rows("prefectures")] + ["省本级"]
    if column.kind == "county":
        return list(choices[COUNTY])
    if column.kind == "programme":
        return list(choices.get(PROGRAMME) or (row["name_zh"] for row in forms.rows("programmes")))
    if column.kind == "list":
        name = column.values[0]
        return list(choices.get(name) or (row["label"] for row in forms.rows("code_lists") if row["list"] == name))
    return list(column.values) if column.kind in ("choice", "yes") else []


def _guide(sheet, looks: dict, tables: list[str], remarks: Sequence[str]) -> None:
    """What to declare of each table, the rules, and how each column is filled in."""
    for at, width in enumerate((24, 18, 10, 90)):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, "填报说明", looks["title"])
    row = 2
    for table in tables:
        mark = f"{SEPARATOR}{forms.TABLES[table]}" if len(tables) > 1 else ""
        _declared(sheet, looks, row, f"申报行数{mark}", "填数据的行数；本期确无数据填0")
        if table == "funds":
            row += 1
            _declared(sheet, looks, row, f"申报金额(元){mark}", "各行金额之和，与实收核对")
        row += 1
    row = max(row + 1, 5)
    for text in (*RULES, *(RULES_OF_ALL if len(tables) > 1 else ()), *remarks):
        sheet.write_string(row, 0, text)
        row += 1
    for table in tables:
        row += 1
        if len(tables) > 1:
            sheet.write_string(row, 0, forms.TABLES[table], looks["bold"])
            row += 1
        for at, text in enumerate(("列", "字段", "必填", "怎样填")):
            sheet.write_string(row, at, text, looks["may"])
        for column in forms.columns(table).values():
            row += 1
            _explain(sheet, looks, row, column)
        row += 1


def _declared(sheet, looks: dict, row: int, label_text: str, how: str) -> None:
    sheet.write_string(row, 0, label_text, looks["bold"])
    sheet.write_blank(row, 1, None, looks["fill"])
    sheet.write_string(row, 3, how)


RULES = (
    "1. 一行一条记录，不要合并单元格，不要改动表头；桃色表头为必填。",
    "2. 不得填写个人姓名、证件号、电话、住址、银行卡号；有这样的列，整份退回。",
    "3. 代码、编号的单元格是文本格式，请勿改为数值，否则18位代码会丢失末几位。",
    "4. 合计行可留可不留；留的会与各行核对后剔除。",
    "5. 另存为 CSV（同样的中文表头）也可以报送。",
)
RULES_OF_ALL = (
    "6. 一张工作表一种报表，各算一份，一张有错不影响别的；没有报表的工作表留空，等于未报送。",
    "7. 本期确无数据的，在上面该报表的申报行数填0。",
)


def _explain(sheet, looks: dict, row: int, column: Column) -> None:
    remarks = [HOW.get(column.kind, ""), column.note]
    if column.kind in ("choice", "choices"):
        remarks.append("可填：" + "、".join(column.values))
    if column.default:
        remarks.append(f"不填即为“{column.default}”")
    sheet.write_string(row, 0, label(column))
    sheet.write_string(row, 1, column.name, looks["machine"])
    sheet.write_string(row, 2, "必填" if column.required else "")
    sheet.write_string(row, 3, "；".join(dict.fromkeys(part for part in remarks if part)), looks["wrap"])


def _meta(sheet, order: Order) -> None:
    for row, (key, value) in enumerate(
        (("form", "1"), ("table", order.table or ALL), ("prefecture", order.prefecture), ("period", order.period))
    ):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value or "")
    sheet.hide()


def _letter(index: int) -> str:
    return xlsxwriter.utility.xl_col_to_name(index)
