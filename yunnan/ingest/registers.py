"""What rows of the two registers must keep: projects and organizations, as they stand at the end of the period."""

from datetime import date

from yunnan.ingest import credit_codes, forms, identity, originals
from yunnan.ingest.money import LARGE
from yunnan.ingest.rows import Rows

BRANCHES = {"单独成立", "联合成立", "功能型党组织"}


def projects(rows: Rows) -> None:
    """Dates follow each other, whoever runs the project is named, needs are likely (DQ-19, DQ-11)."""
    columns = {name: rows.column(name) for name in ("status", "lead_org_id", "project_name", "need_amount_yuan")}
    for i in range(len(rows)):
        name = columns["project_name"][i]
        if name is not None and len(name) < 2:
            rows.refuse(i, "project_name", "DQ-31", "项目名称至少2个字；请写全称")
        status = rows.context.meaning("project_status", columns["status"][i])
        if status not in (None, "需求发布") and not columns["lead_org_id"][i]:
            rows.refuse(i, "lead_org_id", "DQ-31", "除需求发布外，牵头组织必填；请补组织编号")
        need = columns["need_amount_yuan"][i]
        if need is not None and need > LARGE:
            rows.warn(i, "need_amount_yuan", "DQ-11", f"需求资金{need:,}元，超过5000万元；请核对单位")
        _project_dates(rows, i)


def _project_dates(rows: Rows, i: int) -> None:
    day = {
        name: rows.column(name)[i]
        for name in ("posted_date", "matched_date", "start_date", "planned_end_date", "actual_end_date")
    }
    orders = (
        ("start_date", "actual_end_date", "实际完成日期早于开工日期", True),
        ("posted_date", "matched_date", "对接日期早于需求发布日期", True),
        ("posted_date", "start_date", "开工日期早于需求发布日期", True),
        ("start_date", "planned_end_date", "计划完成日期不晚于开工日期", False),
    )
    for first, second, message, may_equal in orders:
        if day[first] and day[second] and (day[second] < day[first] or (day[second] == day[first] and not may_equal)):
            rows.refuse(i, second, "DQ-19", f"{message}；请核对两个日期")
    is_done = rows.context.meaning("project_status", rows.column("status")[i]) == "已完成"
    if is_done and not day["actual_end_date"]:
        rows.refuse(i, "actual_end_date", "DQ-19", "状态是已完成，却没有实际完成日期；请补上")
    for name in ("posted_date", "matched_date", "start_date", "actual_end_date"):
        _not_after(rows, i, name, day[name])


def _not_after(rows: Rows, i: int, name: str, day: date | None) -> None:
    if day and day > rows.quarter.end:
        rows.refuse(i, name, "DQ-07", f"{day}晚于报告期末{rows.quarter.end}；请核对日期")


def organizations(rows: Rows) -> None:
    """Qualifications, states and Party coverage agree with their dates; a code with its kind (DQ-27, DQ-15)."""
    from_level = {"民政部", "省外"}
    coded = set(rows.context.by_credit_code.values())
    for i in range(len(rows)):
        row = {name: values[i] for name, values in rows.values.items()}
        if row["org_id"] or i not in rows.wrong:
            _number(rows, i, row, coded)
        originals.refuse_unregistered(rows, i)
        if row["is_yunnan"] is None and row["reg_level"]:
            rows.values["is_yunnan"][i] = row["reg_level"] not in from_level
        elif row["reg_level"] and row["is_yunnan"] is (row["reg_level"] in from_level):
            rows.refuse(i, "is_yunnan", "DQ-31", "省内登记与登记层级矛盾；请核对")
        if row["org_name"] is not None and len(row["org_name"]) < 2:
            rows.refuse(i, "org_name", "DQ-31", "组织名称至少2个字；请写全称")
        if row["public_fundraising_date"] and not row["charity_date"]:
            rows.refuse(i, "public_fundraising_date", "DQ-27", "有公开募捐资格，却没有慈善组织认定日期；请补认定日期")
        state = rows.context.meaning("org_status", row["status"])
        is_undated = state in originals.CLOSED and not row["deregistered_date"]
        if is_undated and not originals.lacks(rows, "deregistered_date"):
            rows.refuse(i, "deregistered_date", "DQ-31", f"状态是{row['status']}，却没有注销日期；请补上")
        stated = credit_codes.kind(row["uscc"]) if row["uscc"] else None
        if stated and row["org_type"] and stated != row["org_type"]:
            rows.warn(i, "org_type", "DQ-15", f"信用代码说是{stated}，组织类型填的是{row['org_type']}；请核对")
        _party(rows, i, row)
        for name in ("registered_date", "party_cover_date", "party_work_date"):
            _not_after(rows, i, name, row[name])


def _number(rows: Rows, i: int, row: dict, coded: set[str]) -> None:
    """The organization's number: its own, that of its credit code, or one issued to the code."""
    context, uscc, number = rows.context, row["uscc"], row["org_id"]
    registered = context.by_credit_code.get(uscc or "")
    if number:
        if registered and registered != number:
            message = f"这个信用代码在册的组织编号是{registered}，这里写的是{number}；请改正，或不写组织编号"
            rows.refuse(i, "org_id", "DQ-16", message)
        return
    if not uscc:
        message = "没有组织编号，也没有统一社会信用代码，不知是哪个组织；请补上其中一个"
        rows.refuse(i, "org_id", "DQ-31", message)
        return
    namesakes = [] if registered else context.by_name.get(forms.fold(row["org_name"] or ""), [])
    if uncoded := sorted(set(namesakes) - coded):
        message = f"在册的{'、'.join(uncoded)}同名而没有信用代码，不知是否同一个；是的请写这个编号，不是的请写新编号"
        rows.refuse(i, "org_id", "DQ-16", message)
        return
    number = rows.values["org_id"][i] = registered or identity.issued(uscc, context.organizations)
    way = "查得组织编号" if registered else "由系统编号，以后各期不变："
    rows.change(i, "org_id", f"按统一社会信用代码{way}{number}", uscc, number)


def _party(rows: Rows, i: int, row: dict) -> None:
    mode, covered, worked = row["party_cover_mode"], row["party_cover_date"], row["party_work_date"]
    is_undated = mode != "未覆盖" and covered is None and originals.lacks(rows, "party_cover_date")
    if mode and not is_undated and (mode == "未覆盖") != (covered is None):
        why = "党组织未覆盖，却有覆盖日期" if covered else "党组织已覆盖，却没有覆盖日期"
        rows.refuse(i, "party_cover_date", "DQ-31", f"{why}；请核对")
    if covered and (worked is None or worked > covered):
        rows.refuse(i, "party_work_date", "DQ-31", "已有党组织的，党的工作覆盖日期必填且不晚于党组织覆盖日期；请核对")
    if row["branch_standardized_date"] and mode not in BRANCHES:
        rows.refuse(i, "branch_standardized_date", "DQ-31", "只有单独、联合、功能型党组织有支部规范化；请核对")
