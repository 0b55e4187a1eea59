"""A province in which every prefecture has one of everything, each marked so that it is found wherever it turns up."""

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from tests.conftest import read_tiny
from yunnan.publication.publish import publish
from yunnan.words import geography

ASOF = date(2019, 12, 31)
CODES = [place.code for place in geography.prefectures()]


def mark(code: str) -> str:
    """What stands in every name, title, donor and file of a prefecture, and nowhere else."""
    return f"鸢{code}"


def yuan(code: str) -> int:
    """The amount of every entry of a prefecture; no sum of others' is the same."""
    return 90_000_000 + 100 * int(code) + 77


def persons(code: str) -> int:
    """How many were helped in a prefecture."""
    return 20_000 - CODES.index(code) * 17


def org(code: str) -> str:
    return f"O{code}1"


def project(code: str) -> str:
    return f"P{code}1"


def publish_sixteen(folder: Path) -> Path:
    """Published under data/snapshots of folder."""
    tiny = {name: rows.to_pylist() for name, rows in read_tiny().items()}
    return publish(
        {name: _rows(name, tiny.get(name)) for name in MADE},
        asof=ASOF,
        revision=1,
        published_at=datetime(2020, 1, 20, 9),
        synthetic=True,
        note="十六州市",
        folder=folder / "snapshots",
    )


def _rows(name: str, tiny: list[dict] | None) -> pa.Table:
    first = tiny[0] if tiny else {}
    kept = [row for row in tiny or [] if name == "policies" and row["prefecture_code"] == "530000"]
    made = kept + [row for code in CODES for row in MADE[name](first, code)]
    columns = dict.fromkeys(column for row in made for column in row)
    return pa.table({column: pa.array([row.get(column) for row in made], pa.string()) for column in columns})


def _common(code: str, kind: str) -> dict:
    return {
        "prefecture_code": code,
        "county_code": geography.counties(code)[0].code,
        "source_file": f"{kind}_{mark(code)}.xlsx",
        "source_row": "2",
    }


def _organizations(first: dict, code: str) -> list[dict]:
    own = {"org_id": org(code), "uscc": None, "org_name": f"{mark(code)}协会", "reg_level": "县级"}
    return [first | _common(code, "组织") | own | {"reg_authority_code": geography.counties(code)[0].code}]


def _projects(first: dict, code: str) -> list[dict]:
    county = geography.counties(code)[0].code
    own = {"project_id": project(code), "project_name": f"{mark(code)}项目", "lead_org_id": org(code)}
    money = {"need_amount_yuan": str(yuan(code)), "approved_yuan": str(yuan(code))}
    nobody = {"partner_org_ids": None, "county_codes": f"[{county}]"}
    return [first | _common(code, "项目") | own | money | nobody]


def _locations(first: dict, code: str) -> list[dict]:
    return [{**_common(code, ""), "project_id": project(code), "share": "1", "is_primary": "true"}]


def _funds(first: dict, code: str) -> list[dict]:
    own = {"report_period": "2019Q1", "event_date": "2019-02-10", "amount_yuan": f"{yuan(code)}.00"}
    names = {"donor_name": f"{mark(code)}公司", "org_id": org(code), "project_id": project(code)}
    stages = [("获批", "1"), ("到账", "2"), ("支出", "3")]
    return [
        first | _common(code, "资金") | own | names | {"stage": stage, "fund_id": f"F{code}{n}"} for stage, n in stages
    ]


def _activities(first: dict, code: str) -> list[dict]:
    own = {"activity_id": f"A{code}", "title": f"{mark(code)}活动", "org_id": org(code), "project_id": project(code)}
    return [first | _common(code, "活动") | own | {"report_period": "2019Q2", "activity_date": "2019-04-10"}]


def _policies(first: dict, code: str) -> list[dict]:
    own = {"policy_id": f"L{code}", "title": f"{mark(code)}文件", "issuer": f"{mark(code)}局", "level": "州市级"}
    date_of = {"relation": "配套", "parent_policy_id": "L002", "issue_date": "2019-03-01", "provenance": "演示"}
    return [first | _common(code, "文件") | own | date_of]


def _stats(first: dict, code: str) -> list[dict]:
    return [first | _common(code, "统计") | {"report_period": "2019Q4", "value": str(int(code))}]


def _manifest(first: dict, code: str) -> list[dict]:
    quarters = [f"2019Q{n}" for n in (1, 2, 3, 4)]
    return [first | _return(code, quarter, "funds", 3 if quarter == "2019Q1" else 0) for quarter in quarters]


def _return(code: str, quarter: str, table: str, rows: int) -> dict:
    money = f"{rows * yuan(code)}.00"
    return {
        "batch_id": f"{quarter}-{code}-{table}-{mark(code)}",
        "table_name": table,
        "report_period": quarter,
        "prefecture_code": code,
        "source_file": f"资金_{mark(code)}.xlsx" if rows else f"资金_{mark(code)}_{quarter}.xlsx",
        "rows_in": str(rows),
        "rows_ok": str(rows),
        "sum_amount_ok": money,
        "declared_rows": str(rows),
        "declared_amount": money,
        "received_at": "2020-01-10 09:00:00",
        "due_date": "2020-01-15 18:00:00",
    }


def _beneficiaries(first: dict, code: str) -> list[dict]:
    own = {
        "record_id": f"B{code}",
        "project_id": project(code),
        "org_id": org(code),
        "subject_key": f"{int(code):016x}",
    }
    school = {
        "subject_type": "集体",
        "headcount": str(persons(code)),
        "times": "1",
        "poverty_category": "建档立卡未脱贫",
    }
    when = {"report_period": "2019Q2", "service_date": "2019-04-10", "help_type": "助学", "amount_yuan": None}
    return [
        first | _common(code, "受益") | own | school | when | dict.fromkeys(("sex_code", "age_band", "ethnic_code"))
    ]


NOT_OF_GROUPS = dict.fromkeys(("sex_code", "age_band", "ethnic_code"))


def _received(_first: dict, code: str) -> list[dict]:
    same = {"source_sha256": "0" * 64, "rows_refused": "0", "rows_dropped": "0", "warnings": "0"}
    same |= {"status": "全部接收", "has_feedback": "false", "is_synthetic": "true"}
    return [told | same | {"rows_accepted": told["rows_in"]} for told in _manifest({}, code)]


def _issues(_first: dict, code: str) -> list[dict]:
    what = {"rule_id": "DQ-01", "severity": "警告", "raw_value": mark(code), "message_zh": f"{mark(code)}有误"}
    return [{"issue_id": f"I{code}", "batch_id": _manifest({}, code)[0]["batch_id"], "status": "待处理", **what}]


MADE = {
    "organizations": _organizations,
    "projects": _projects,
    "project_locations": _locations,
    "funds": _funds,
    "activities": _activities,
    "policies": _policies,
    "reported_stats": _stats,
    "snapshot_manifest": _manifest,
    "beneficiaries": _beneficiaries,
    "returns_received": _received,
    "quality_issues": _issues,
}
