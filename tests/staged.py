"""Staged returns as ingest leaves them, made by hand for tests of publication."""

import functools
import hashlib
import json
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

from tests.conftest import read_tiny
from yunnan.publication.publish import publish

ASOF = date(2018, 3, 31)

DUE = {"Q1": "04-10", "Q2": "07-10", "Q3": "10-10", "Q4": "01-10"}


@functools.cache
def _first(table: str) -> dict:
    return read_tiny()[table].to_pylist()[0]


def like(table: str, **values: str | None) -> dict:
    """A row of the tiny province's table, its first but for these values."""
    return _first(table) | values


def fund(number: int, yuan: str = "1000.00", **values: str | None) -> dict:
    """A receipt of 怒江 in 2018Q1."""
    given = {"fund_id": f"F{number:06d}", "report_period": "2018Q1", "event_date": "2018-02-20", "amount_yuan": yuan,
             "prefecture_code": "533300", "county_code": "533323", "stage": "到账", "project_id": None,
             "org_id": None}  # fmt: skip
    return like("funds", **given | values)


def activity(number: int, place: str = "533300") -> dict:
    """A meeting in 2018Q1."""
    return like("activities", activity_id=f"A{number:06d}", report_period="2018Q1", activity_date="2018-02-20",
                prefecture_code=place, county_code=None, org_id=None)  # fmt: skip


def helped(number: int, county: str, who: int = 0xAA) -> dict:
    """Help to one person in 2018Q1 who lives in that county."""
    given = {"record_id": f"B{number:06d}", "report_period": "2018Q1", "service_date": "2018-02-20", "org_id": None,
             "project_id": None, "subject_key": f"{who:016x}", "county_code": county,
             "prefecture_code": f"{county[:4]}00"}  # fmt: skip
    return like("beneficiaries", **given)


def thin(folder: Path) -> Path:
    """Publish the smallest province that has something of each kind: as of 2018-03-31, returns of 怒江 and 昭通."""
    told: dict[str, list[dict]] = {table: [] for table in read_tiny()}
    told["funds"] = [
        *(fund(n, "100.00") | {"source_file": "怒江资金.xlsx", "source_row": str(n + 1)} for n in (1, 2, 3)),
        *(fund(n, "50.00", prefecture_code="530600", county_code="530621") | {"source_file": "昭通资金.xlsx",
          "source_row": str(n - 2)} for n in (4, 5)),
    ]  # fmt: skip
    told["organizations"] = [like("organizations")]
    told["projects"] = [
        like("projects", status="实施中", actual_end_date=None),
        like("projects", project_id="P00002", project_name="项目二", status="实施中", actual_end_date=None,
             county_codes="[530621, 530627]"),
    ]  # fmt: skip
    told["project_locations"] = [row for row in read_tiny()["project_locations"].to_pylist()
                                 if row["project_id"] in ("P00001", "P00002")]  # fmt: skip
    told["snapshot_manifest"] = [
        _line("funds", "533300", "怒江资金.xlsx", 3, "300.00"),
        _line("funds", "530600", "昭通资金.xlsx", 2, "100.00"),
        _line("projects", "530600", told["projects"][0]["source_file"], 2, None),
    ]
    told["returns_received"] = [
        like("returns_received") | {name: value for name, value in line.items() if name in like("returns_received")}
        | {"rows_accepted": line["rows_ok"]}
        for line in told["snapshot_manifest"]
    ]  # fmt: skip
    tables = {name: pa.Table.from_pylist(rows, schema=read_tiny()[name].schema) for name, rows in told.items()}
    return publish(tables, asof=ASOF, revision=1, published_at=datetime(2018, 4, 15, 9), synthetic=True, note="最小样",
                   folder=folder / "snapshots")  # fmt: skip


def _line(table: str, place: str, file: str, rows: int, amount: str | None) -> dict:
    count = str(rows)
    return like("snapshot_manifest") | {
        "batch_id": f"{table}-{place}-2018Q1-000000000000", "table_name": table, "report_period": "2018Q1",
        "prefecture_code": place, "source_file": file, "rows_in": count, "rows_ok": count, "sum_amount_ok": amount,
        "declared_rows": count, "declared_amount": amount, "received_at": "2018-04-08 10:00:00",
    }  # fmt: skip


def stage(
    data: Path,
    table: str,
    rows: list[dict] | None,
    *,
    prefecture: str = "533300",
    period: str = "2018Q1",
    file: str = "报表.xlsx",
    received_at: str = "2018-04-25T10:00:00",
    refused: int = 0,
    issues: int = 0,
    feedback: bytes | None = b"PK feedback",
    synthetic: bool = True,
    receipt: int | None = None,
) -> str:
    """Put a batch under data/staging and return its id; rows None is a file refused whole.

    Without a receipt's number it is one of the time before receipts were numbered.
    """
    seal = hashlib.sha256(f"{file}{rows}{received_at}".encode()).hexdigest()
    batch = f"{table}-{prefecture}-{period}-{seal[:12] if receipt is None else f'{receipt:06d}'}"
    made = data / "staging" / f".incoming.{batch}"
    made.mkdir(parents=True)
    count = len(rows or [])
    if rows is not None:
        placed = [row | {"source_file": file, "source_row": str(n)} for n, row in enumerate(rows, 2)]
        names = read_tiny()[table].column_names
        columns = {name: [row[name] for row in placed] for name in names}
        pa.parquet.write_table(
            pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}), made / "rows.parquet"
        )
    _write_issues(made, batch, issues)
    if feedback is not None:
        (made / "feedback.xlsx").write_bytes(feedback)
    year, quarter = int(period[:4]), period[4:]
    facts = {
        "format": 1, "batch_id": batch, "source_file": file, "source_sha256": seal, "table_name": table,
        "report_period": period, "prefecture_code": prefecture,
        "status": "整份拒收" if rows is None else "部分接收" if refused else "全部接收",
        "rows_in": count + refused, "rows_accepted": count, "rows_refused": refused, "rows_dropped": 0,
        "warnings": 0, "received_at": received_at, "has_feedback": feedback is not None, "is_synthetic": synthetic,
        "rows_ok": count, "rows_warn": 0, "rows_reject": refused,
        "sum_amount_ok": _sum(rows) if table == "funds" and rows is not None else None,
        "declared_rows": None, "declared_amount": None,
        "due_date": f"{year + (quarter == 'Q4')}-{DUE[quarter]}T18:00:00",
    }  # fmt: skip
    (made / "batch.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    made.rename(data / "staging" / batch)
    return batch


def _sum(rows: list[dict]) -> str:
    cents = sum(round(float(row["amount_yuan"]) * 100) for row in rows)
    return f"{cents // 100}.{cents % 100:02d}"


def _write_issues(made: Path, batch: str, count: int) -> None:
    rows = [
        {"issue_id": f"{batch}-{n:04d}", "batch_id": batch, "rule_id": "DQ-08", "severity": "错误", "sheet": "Sheet1",
         "row_no": n, "column_name": "金额(元)", "raw_value": "约5万", "message_zh": "金额不是数", "status": "待处理"}
        for n in range(1, count + 1)
    ]  # fmt: skip
    if rows:
        pa.parquet.write_table(pa.Table.from_pylist(rows), made / "issues.parquet")
