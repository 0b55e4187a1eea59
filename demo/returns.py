"""The returns that the rows came in: file names, row numbers, and the manifest with control totals that match."""

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from demo import plan, reference
from demo.chance import stream
from demo.columns import labels, money
from demo.quarters import COUNT, LAST, NAMES

TITLES = {
    "organizations": "社会组织",
    "projects": "项目",
    "funds": "资金",
    "beneficiaries": "受益",
    "activities": "活动",
    "reported_stats": "统计",
}
# Sent again in February 2020: three late fourth quarters, and 临沧's third with another mix of categories.
RESUBMITTED = (("530600", 7), ("532500", 7), ("530800", 7), ("530900", 6))
RESUBMITTED_TABLES = ("funds", "beneficiaries")
A_DAY = 86_400
DUE_AFTER = 10 * A_DAY + 18 * 3600  # the tenth of the next month, 18:00
RESUBMITTED_AT = 18_310 * A_DAY + 15 * 3600  # 2020-02-18 15:00


@dataclass(frozen=True)
class Totals:
    """Rows, rows with a warning and 分 of one table; each 17 units x 10 quarters."""

    rows: np.ndarray
    warnings: np.ndarray
    cents: np.ndarray | None = None


def files(table: str, revised: bool) -> list[str]:
    """The file names of a table's 170 returns; unit u, quarter q is at q x 17 + u."""
    again = {(reference.unit_of(code), quarter) for code, quarter in RESUBMITTED}
    file_names = []
    for quarter, name in enumerate(NAMES):
        for unit, place in enumerate(reference.unit_names()):
            sent_again = revised and table in RESUBMITTED_TABLES and (unit, quarter) in again
            file_names.append(f"{place}_{TITLES[table]}_{name}{'_修订1' if sent_again else ''}.xlsx")
    return file_names


def sources(table: str, unit: np.ndarray, quarter: np.ndarray, row: np.ndarray, revised: bool) -> dict[str, pa.Array]:
    """The columns source_file and source_row; the header is row 1."""
    return {
        "source_file": labels(quarter * 17 + unit, files(table, revised)),
        "source_row": pa.array((row + 2).astype(np.int32)),
    }


def totals(unit: np.ndarray, quarter: np.ndarray, warned: np.ndarray | None, cents: np.ndarray | None) -> Totals:
    """Control totals of an event table from its rows."""
    at = quarter * 17 + unit

    def counted(weights: np.ndarray | None) -> np.ndarray:
        sums = np.zeros(COUNT * 17, np.int64)
        np.add.at(sums, at, 1 if weights is None else weights.astype(np.int64))
        return sums.reshape(COUNT, 17).T

    none = np.zeros(len(unit), bool)
    return Totals(counted(None), counted(none if warned is None else warned), None if cents is None else counted(cents))


class Batch(NamedTuple):
    """One return, a row of the manifest in the order of its columns; times are seconds since 1970, amounts are 分."""

    batch_id: str
    table_name: str
    report_period: str
    prefecture_code: str
    revision: int
    source_file: str
    source_sha256: str
    rows_in: int
    rows_ok: int
    rows_warn: int
    rows_reject: int
    sum_amount_ok: int | None
    declared_rows: int
    declared_amount: int | None
    received_at: int
    due_date: int

    @property
    def key(self) -> tuple[str, str, str]:
        """What a later return replaces: table, prefecture, period."""
        return self.table_name, self.prefecture_code, self.report_period


def batches(totals_by_table: dict[str, Totals], quarter: int, revised: bool, scale: int = 1) -> list[Batch]:
    """One batch a table, unit and quarter up to this one; 德宏 has sent nothing for 2020Q2."""
    chance = stream("returns")
    late = chance.random((6, 17, COUNT)) < np.where(np.arange(17) == 7, 0.2, 0.05)[None, :, None]
    early = chance.integers(1, 7 * A_DAY, (6, 17, COUNT))
    delay = chance.integers(1, 4 * A_DAY, (6, 17, COUNT))
    rejected = np.where(chance.random((6, 17, COUNT)) < 0.04, chance.integers(1, 4, (6, 17, COUNT)), 0)
    misdeclared = chance.random((6, 17, COUNT)) < 0.006
    batch_list = []
    for number, (table, own) in enumerate(totals_by_table.items()):
        names = files(table, revised)
        times = scale if table in ("funds", "beneficiaries", "activities") else 1
        for at in range((quarter + 1) * 17):
            at_quarter, unit = divmod(at, 17)
            if reference.unit_codes()[unit] == plan.LATE_DEHONG and at_quarter == COUNT - 1:
                continue
            key = (number, unit, at_quarter)
            again = names[at].endswith("_修订1.xlsx")
            rows, warned = int(own.rows[unit, at_quarter]) * times, int(own.warnings[unit, at_quarter]) * times
            refused = int(rejected[key]) if rows and not again else 0
            cents = None if own.cents is None else int(own.cents[unit, at_quarter]) * times
            due = int(LAST[at_quarter] + 1) * A_DAY + DUE_AFTER - A_DAY
            received = RESUBMITTED_AT + unit * 3600 if again else due + int(delay[key] if late[key] else -early[key])
            seal = hashlib.sha256(f"演示文件，无原件：{names[at]}，{rows}行，{cents}分".encode()).hexdigest()
            batch_list.append(Batch(
                f"{table}-{reference.unit_codes()[unit]}-{NAMES[at_quarter]}-{seal[:12]}", table, NAMES[at_quarter],
                reference.unit_codes()[unit], int(again), names[at], seal,
                rows + refused, rows - warned, warned, refused, cents,
                rows + refused + 3 * int(misdeclared[key] and rows > 0),
                None if cents is None else cents + refused * 2_000_000, received, due,
            ))  # fmt: skip
    return batch_list


def manifest(batch_list: list[Batch]) -> pa.Table:
    """The table snapshot_manifest."""
    columns = dict(zip(Batch._fields, zip(*batch_list, strict=True), strict=True))
    arrays: dict[str, pa.Array] = {}
    for name, values in columns.items():
        if name in ("sum_amount_ok", "declared_amount"):
            arrays[name] = money(np.array([-1 if amount is None else amount for amount in values], np.int64), 18)
        elif name in ("received_at", "due_date"):
            arrays[name] = pa.array(values, pa.timestamp("s"))
        elif isinstance(values[0], str):
            arrays[name] = pa.array(values, pa.string())
        else:
            arrays[name] = pa.array(values, pa.int8() if name == "revision" else pa.int32())
    return pa.table({**arrays, "is_synthetic": pa.array([True] * len(batch_list))})
