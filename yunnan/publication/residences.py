"""One person has one home: a row of a later return with another home is not counted; publisher and sender learn of it.

Counted twice a person would be two; a whole province must not wait until two offices agree.
"""

from collections.abc import Iterator
from typing import NamedTuple

import duckdb

from yunnan import settings
from yunnan.data import queries
from yunnan.publication.staging import Batch
from yunnan.words import wording

TABLE = "beneficiaries"


class Stray(NamedTuple):
    """A row that puts somebody into another county than what stands."""

    record_id: str
    row: int
    county: str
    other_county: str
    other_office: str
    other_period: str
    other_file: str
    other_row: int

    def issue(self, batch: Batch) -> dict:
        """What the sender reads: with whom to agree, and not what the other's file is called."""
        message = (
            f"同一对象在{self.other_office}{self.other_period}的报表里常住{self.other_county}，这一行是{self.county}；"
            f"没有计入，请与{self.other_office}核对常住县，由填错的一方改好重报"
        )
        return {
            "batch_id": batch.id, "rule_id": "DQ-34", "severity": "错误", "row_no": self.row, "column_name": "常住县",
            "message_zh": message, "status": "待处理",
        }  # fmt: skip

    def sentence(self, batch: Batch) -> str:
        """What the desk reads: both lines."""
        return (
            f"没有计入 {batch.file} 第{self.row}行（{self.county}）：同一对象在 {self.other_file} "
            f"第{self.other_row}行（{self.other_office}{self.other_county}）；请两地核对常住县，由填错的一方改好重报"
        )


def strays(db: duckdb.DuckDBPyConnection, batch: Batch) -> list[Stray]:
    """The rows of a batch that contradict the home of somebody who is in the tables already."""
    if batch.key[0] != TABLE:
        return []
    tables = {name: str(settings.REFERENCE_DIR / f"{name}.csv") for name in ("counties", "prefectures")}
    rows = db.execute(queries.load("publish/other_homes").sql, tables | {"file": str(batch.rows)}).fetchall()
    return [Stray(*row) for row in rows]


def sentences(batch: Batch, stray_rows: list[Stray]) -> Iterator[str]:
    """What the desk reads: the first lines of a return, and how many more there are."""
    more = f"没有计入 {batch.file} 另有{{}}行，原因相同；逐行见这份报表的反馈与数据质量页"
    return wording.first_of((stray.sentence(batch) for stray in stray_rows), len(stray_rows), more)


def issues(db: duckdb.DuckDBPyConnection, batch: Batch, stray_rows: list[Stray]) -> Iterator[dict]:
    """What the sender reads of each row, numbered after what was found before."""
    sql = "select count(*) from quality_issues where batch_id = $batch"
    ((number,),) = db.execute(sql, {"batch": batch.id}).fetchall()
    for at, stray in enumerate(stray_rows, number + 1):
        yield stray.issue(batch) | {"issue_id": f"{batch.id}-{at:04d}"}


def take_out(db: duckdb.DuckDBPyConnection, batch: Batch, file: str, stray_rows: list[Stray]) -> None:
    """Take rows of a return out again, and count them as refused."""
    if not stray_rows:
        return
    ids = {"ids": [stray.record_id for stray in stray_rows], "file": file}
    db.execute(f"delete from {TABLE} where source_file = $file and list_contains($ids, record_id)", ids)
    facts = less(batch.facts, len(stray_rows))
    params = {name: facts[name] for name in ("status", "rows_accepted", "rows_refused")} | {"batch": batch.id}
    counts = "rows_accepted = $rows_accepted, rows_refused = $rows_refused"
    db.execute(f"update returns_received set status = $status, {counts} where batch_id = $batch", params)


def less(facts: dict, lost: int) -> dict:
    """The facts of a return of which some accepted rows are not counted."""
    if not lost:
        return facts
    sure = min(lost, facts["rows_ok"])
    return facts | {
        "status": "部分接收", "rows_accepted": facts["rows_accepted"] - lost, "rows_ok": facts["rows_ok"] - sure,
        "rows_refused": facts["rows_refused"] + lost, "rows_warn": facts["rows_warn"] - (lost - sure),
    }  # fmt: skip
