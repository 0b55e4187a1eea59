"""Every return received, replaced ones included, and what was wrong with its rows: as many issues as its batch tells.

Refused rows have an 错误 each, rows taken with a warning a 警告 each; of the whole return a 警告 says that it came late
or that it holds other than the declared number of rows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from demo import reference
from demo.quarters import NAMES
from demo.returns import Batch

EPOCH = datetime(1970, 1, 1)
SHEET = "Sheet1"
A_DAY = 86_400
# Why rows of a table were refused, in turn: rule, column, value, message.
REFUSALS = {
    "organizations": (
        ("DQ-13", "统一社会信用代码", "5.153E+17", "代码已被 Excel 转为科学计数法；请把列设为文本，重填18位代码"),
        ("DQ-27", "公开募捐资格取得日期", "2017-09-01", "不是慈善组织而有公开募捐资格；请补填认定日期"),
    ),
    "projects": (
        ("DQ-19", "实际完成日", "", "状态为已完成而没有实际完成日；请补填日期或改状态"),
        ("DQ-02", "实施县", "532900X", "没有代码为532900X的县；请填6位县级代码或县的全称"),
    ),
    "funds": (
        ("DQ-08", "金额(元)", "约5万", "金额不是数；请填以元为单位的数，如50000"),
        ("DQ-18", "项目编号", "P99999", "没有编号为P99999的项目；请先报送项目，或改正编号"),
        ("DQ-06", "日期", "2019-13-05", "没有这一天；请填如2019-03-05的日期"),
    ),
    "beneficiaries": (
        ("DQ-21", "人数", "48", "对象类型为家庭而人数为48，家庭不超过15人；请改正人数或类型"),
        ("DQ-06", "服务日期", "2019.2.30", "没有这一天；请填如2019-03-05的日期"),
    ),
    "activities": (
        ("DQ-28", "其中党员", "80", "其中党员80人，多于参加人数60人；请核对两数"),
        ("DQ-06", "日期", "去年三月", "日期认不出；请填如2019-03-05的日期"),
    ),
    "reported_stats": (("DQ-02", "州市", "532900X", "没有代码为532900X的州市；请填6位代码或州市名称"),),
}  # fmt: skip
WITHOUT_BASIS = "DQ-10", "折价依据", "", "捐赠形式为物资而没有折价依据；请补填发票、评估、市场价或捐赠方声明"
Issue = tuple[str, str, str | None, int | None, str | None, str | None, str]  # rule, severity, sheet ... message
Warned = dict[tuple[str, str], list[int]]  # (prefecture, period) -> row numbers in the file


def goods_without_basis(unit: np.ndarray, quarter: np.ndarray, row: np.ndarray, which: np.ndarray) -> Warned:
    """The rows of each funds return that were taken with a warning."""
    rows_by_return: Warned = defaultdict(list)
    codes = reference.unit_codes()
    for at in np.flatnonzero(which):
        rows_by_return[codes[unit[at]], NAMES[quarter[at]]].append(int(row[at]) + 2)
    return rows_by_return


def tables(batches: list[Batch], replaced: list[Batch], warned: Warned, replaced_warned: Warned,
           year: int) -> dict[str, pa.Table]:  # fmt: skip
    """The tables returns_received and quality_issues; year is the as-of date's."""
    issues = {batch.batch_id: list(_issues_of(batch, warned)) for batch in batches}
    issues |= {batch.batch_id: list(_issues_of(batch, replaced_warned)) for batch in replaced}
    every = sorted([*batches, *replaced], key=lambda batch: (batch.received_at, batch.batch_id))
    gone = {batch.batch_id for batch in replaced}
    rows = [
        (f"{batch.batch_id}-{number:04d}", batch.batch_id, *issue, _status(batch, issue, batch.batch_id in gone, year))
        for batch in every
        for number, issue in enumerate(issues[batch.batch_id], 1)
    ]
    return {"returns_received": _received(every, issues), "quality_issues": _issues(rows)}


def _issues_of(batch: Batch, warned: Warned) -> Iterator[Issue]:
    reasons, last = REFUSALS[batch.table_name], batch.rows_ok + batch.rows_warn + 1
    for number in range(batch.rows_reject):
        rule, column, value, message = reasons[(last + number) % len(reasons)]
        yield rule, "错误", SHEET, last + 1 + number, column, value or None, message
    if batch.rows_warn:
        rule, column, value, message = WITHOUT_BASIS
        rows = warned[batch.prefecture_code, batch.report_period]
        for row in rows * (batch.rows_warn // len(rows)):
            yield rule, "警告", SHEET, row, column, value or None, message
    if batch.declared_rows != batch.rows_in:
        message = f"申报{batch.declared_rows:,}行，实收{batch.rows_in:,}行；请核对后补报，或更正申报数"
        yield "DQ-25", "警告", None, None, None, str(batch.declared_rows), message
    if batch.received_at > batch.due_date:
        late = -(-(batch.received_at - batch.due_date) // A_DAY)
        yield (
            "DQ-26",
            "警告",
            None,
            None,
            None,
            None,
            f"应于{_when(batch.due_date)}前报送，{_when(batch.received_at)}收到，迟{late}天",
        )


def _status(batch: Batch, issue: Issue, is_replaced: bool, year: int) -> str:
    """A return sent again mends its issues; at the end of the year what is not mended is let be, but for valuations."""
    if is_replaced:
        return "已更正"
    return "已豁免" if int(batch.report_period[:4]) < year and issue[0] != WITHOUT_BASIS[0] else "待处理"


def _received(every: list[Batch], issues: dict[str, list[Issue]]) -> pa.Table:
    warnings = Counter(
        {batch_id: sum(issue[1] == "警告" for issue in own_issues) for batch_id, own_issues in issues.items()}
    )
    columns: dict[str, list] = {
        "batch_id": [batch.batch_id for batch in every],
        "source_file": [batch.source_file for batch in every],
        "source_sha256": [batch.source_sha256 for batch in every],
        "table_name": [batch.table_name for batch in every],
        "report_period": [batch.report_period for batch in every],
        "prefecture_code": [batch.prefecture_code for batch in every],
        "status": ["部分接收" if batch.rows_reject else "全部接收" for batch in every],
        "rows_in": [batch.rows_in for batch in every],
        "rows_accepted": [batch.rows_ok + batch.rows_warn for batch in every],
        "rows_refused": [batch.rows_reject for batch in every],
        "rows_dropped": [0 for _ in every],
        "warnings": [warnings[batch.batch_id] for batch in every],
        "received_at": [EPOCH + timedelta(seconds=batch.received_at) for batch in every],
        "has_feedback": [False for _ in every],
        "is_synthetic": [True for _ in every],
    }
    return pa.table(columns)


def _issues(rows: list[tuple]) -> pa.Table:
    text, names = pa.string(), ("issue_id", "batch_id", "rule_id", "severity", "sheet", "row_no", "column_name",
                                "raw_value", "message_zh", "status")  # fmt: skip
    kinds = [pa.int32() if name == "row_no" else text for name in names]
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return pa.table({name: pa.array(values, kind) for name, values, kind in zip(names, columns, kinds, strict=True)})


def _when(seconds: int) -> str:
    return f"{EPOCH + timedelta(seconds=seconds):%Y年%-m月%-d日%H:%M}"
