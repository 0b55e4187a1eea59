"""What a cell refers to: a word of a list, a project, a document, an organization, a report period."""

import re
from collections.abc import Callable
from functools import partial

from yunnan.ingest import cells, forms, personal
from yunnan.ingest.cells import Reading
from yunnan.ingest.forms import Column
from yunnan.ingest.rows import Rows

LIST = {
    "supervising_unit": "业务主管单位",
    "ethnic_code": "民族",
    "certainty": "确定性",
    "lists": "代码表",
    "sector": "行业领域",
    "poverty_category": "对象类别",
    "help_type": "帮扶方式",
    "fund_source": "资金来源",
    "project_status": "项目状态",
    "activity_type": "活动小类",
    "org_status": "组织状态",
    "policy_status": "文件效力",
}


def word(rows: Rows, column: Column, words: dict[str, str]) -> Callable[[object], Reading]:
    """How the words of a column's code list are read, by code or label: those that ship and the office's own.

    Other words for them count as far as they mean one that is listed.
    """
    listed = codes(rows, column)
    meant = {word: code for word, code in words.items() if forms.fold(code) in listed}
    return partial(cells.listed, codes=listed, words=meant, what=LIST[column.values[0]])


def codes(rows: Rows, column: Column) -> dict[str, str]:
    """Code and label -> code, of a column's code list as it ships, with the office's own."""
    name = column.values[0]
    return forms.labels(name) | rows.context.words.get(name, {})


def item(rows: Rows, known_ids: set[str], column: Column, raw: object) -> Reading:
    """The id of a project or document; with a snapshot it must be known there."""
    reading = cells.code(raw, column.limit, column.label)
    if reading.fault or not rows.context.has_snapshot or reading.value in known_ids:
        return reading
    what = "文件" if column.kind == "policy" else "项目"
    return Reading(None, ("DQ-18", f"{column.label}“{reading.value}”查不到；请核对，新{what}请先报{what}表"))


def organization(rows: Rows, column: Column, raw: object) -> Reading:
    """An organization's own id, by itself, by its credit code, or by the exact name that it alone has or had."""
    text = personal.plain(cells.text_of(raw)).strip().upper()
    if re.search("[一-鿿]", text):
        return _named(rows, column, text)
    if len(text) != 18 and isinstance(raw, str) and "E+" not in text:
        reading = cells.code(raw, column.limit, column.label)
        if reading.fault or not rows.context.has_snapshot or reading.value in rows.context.organizations:
            return reading
        return Reading(None, ("DQ-18", f"{column.label}“{reading.value}”查不到；请核对，新组织请先报社会组织表"))
    coded = cells.credit_code(raw)
    if coded.fault:
        return coded
    org = rows.context.by_credit_code.get(str(coded.value))
    if org is None:
        return Reading(None, ("DQ-18", f"按统一社会信用代码“{coded.value}”查不到组织；请核对，或填组织编号"))
    return Reading(org, change=f"按统一社会信用代码查得{org}")


def _named(rows: Rows, column: Column, text: str) -> Reading:
    owners = rows.context.by_name.get(forms.fold(text), [])
    if len(owners) == 1:
        return Reading(owners[0], change=f"按名称查得{owners[0]}")
    if owners:
        message = f"叫“{personal.masked(text)}”的（含曾用名）有{'、'.join(sorted(owners))}，不知是哪一个"
        return Reading(None, ("DQ-18", f"{message}；请改填组织编号或统一社会信用代码"))
    message = f"{column.label}“{personal.masked(text)}”查不到，没有组织现在或从前叫这个名称"
    return Reading(None, ("DQ-18", f"{message}；请核对全称，或填组织编号，新组织请先报社会组织表"))


def period(rows: Rows, raw: object) -> Reading:
    """A column 报告期 must say the period of the return or the one before, or one of several; it is not kept."""
    text = personal.plain(cells.text_of(raw)).replace(" ", "").upper()
    for quarter in rows.quarters or (rows.quarter, rows.quarter.before):
        year, number = quarter.name.split("Q")
        chinese = "一二三四"[int(number) - 1]
        if text in {
            quarter.name,
            f"{year}年{chinese}季度",
            f"{year}年第{chinese}季度",
            f"{year}年{number}季度",
            f"{year}年第{number}季度",
            f"{year}-Q{number}",
            f"{year}年Q{number}",
        }:
            return Reading(quarter.name)
    wanted = f"{rows.quarters[0].name}至{rows.quarters[-1].name}之一" if rows.quarters else rows.quarter.name
    return Reading(None, ("DQ-07", f"报告期“{personal.masked(cells.text_of(raw))}”不是{wanted}；请另报该期报表"))
