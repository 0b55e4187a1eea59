"""The event tables in Arrow: sorted by quarter and unit, so that a snapshot is the first so many rows."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from demo import activities, donors, help, issues, ledger, papers, reference, subjects
from demo.chance import hashed_keys, numbered, positions
from demo.columns import days, labels, money, numbers, texts
from demo.orgs import Organizations
from demo.quarters import NAMES, quarter_of
from demo.returns import Totals, sources, totals

Rows = dict[str, np.ndarray]
COPY = 10**12  # between the subject counters of two copies
PROGRAMMES = tuple(row["programme_code"] for row in reference.rows("programmes"))
PARTNERS = ("310000", "440000", "100000")
DONOR_NAMES = donors.names()


@dataclass(frozen=True)
class Events:
    """One event table: rows sorted by quarter, unit and date, with their numbers as identifiers."""

    name: str
    rows: Rows
    quarter: np.ndarray
    table: pa.Table
    totals: Totals

    def until(self, quarter: int) -> pa.Table:
        """The rows of all quarters up to this one."""
        return self.table.slice(0, int(np.searchsorted(self.quarter, quarter, side="right")))

    def warned(self) -> issues.Warned:
        """The rows taken with a warning, by return."""
        which, unit = _warned(self.name, self.rows), self.rows["unit"]
        assert which is not None
        return issues.goods_without_basis(unit, self.quarter, positions(self.quarter * 17 + unit), which)


def ordered(rows: Rows, number: bool = True) -> Rows:
    """Rows by quarter, unit and date; numbered from 1 in that order."""
    order = np.lexsort((rows["date"], rows["unit"], quarter_of(rows["date"])))
    sorted_rows = {name: values[order] for name, values in rows.items()}
    return sorted_rows | {"number": np.arange(len(order)) + 1} if number else sorted_rows


def made(name: str, rows: Rows, orgs: Organizations, projects: int, revised: bool = True) -> Events:
    """The event table of ordered rows."""
    quarter = quarter_of(rows["date"]) if "date" in rows else rows["quarter"]
    ids = [f"P{number + 1:05d}" for number in range(projects)]
    columns = MAKERS[name](rows, quarter, orgs.ids, ids)
    row = positions(quarter * 17 + rows["unit"])
    table = pa.table({**columns, **sources(name, rows["unit"], quarter, row, revised)})
    cents = rows["cents"] if name == "funds" else None
    return Events(name, rows, quarter, table, totals(rows["unit"], quarter, _warned(name, rows), cents))


def copies(events: Events, quarter: int, scale: int) -> pa.Table:
    """The rows so many times over with new identifiers and keys; all other columns are shared, not copied."""
    base = events.until(quarter)
    n, step = base.num_rows, len(events.quarter)
    in_file = events.totals.rows.T.ravel()[events.quarter[:n] * 17 + events.rows["unit"][:n]]
    first_row = base["source_row"].to_numpy()
    parts = []
    for copy in range(scale):
        fresh = {"source_row": pa.array((first_row + copy * in_file).astype(np.int32))}
        number = events.rows["number"][:n] + copy * step
        if events.name == "funds":
            fresh["fund_id"] = texts(numbered("F", number, 9))
        elif events.name == "activities":
            fresh["activity_id"] = texts(numbered("A", number, 9))
        else:
            fresh["record_id"] = texts(numbered("B", number, 10))
            fresh["subject_key"] = texts(hashed_keys(events.rows["subject"][:n] + copy * COPY))
        parts.append(pa.table({name: fresh.get(name, base[name]) for name in base.column_names}))
    return pa.concat_tables(parts)


def _warned(name: str, rows: Rows) -> np.ndarray | None:
    """Rows accepted with a warning: goods without valuation, payments without a project."""
    if name != "funds":
        return None
    goods = (rows["form"] == 1) & (rows["basis"] < 0)
    return goods | ((rows["stage"] == ledger.SPENT) & (rows["project"] < 0))


def _place(rows: Rows) -> dict[str, pa.Array]:
    return {"prefecture_code": labels(rows["unit"], reference.unit_codes()),
            "county_code": labels(rows["county"], reference.county_codes())}  # fmt: skip


def _funds(rows: Rows, quarter: np.ndarray, orgs: list[str], projects: list[str]) -> dict[str, pa.Array]:
    return {
        "fund_id": texts(numbered("F", rows["number"], 6)), "report_period": labels(quarter, NAMES),
        "event_date": days(rows["date"]), "stage": labels(rows["stage"], ledger.STAGES),
        "source": labels(rows["source"], ledger.SOURCES), "form": labels(rows["form"], ledger.FORMS),
        "amount_yuan": money(rows["cents"]), "is_reversal": pa.array(np.zeros(len(quarter), bool)),
        "valuation_basis": labels(rows["basis"], ledger.BASES), "donor_type": labels(rows["donor"], ledger.DONORS),
        "donor_name": labels(rows["donor_name"], DONOR_NAMES), "org_id": labels(rows["org"], orgs),
        "project_id": labels(rows["project"], projects), "programme_code": labels(rows["programme"], PROGRAMMES),
        **_place(rows), "raise_region_code": labels(rows["raised"], donors.REGIONS),
    }  # fmt: skip


def _people(rows: Rows, quarter: np.ndarray, orgs: list[str], projects: list[str]) -> dict[str, pa.Array]:
    return {
        "record_id": texts(numbered("B", rows["number"], 8)), "report_period": labels(quarter, NAMES),
        "service_date": days(rows["date"]), "project_id": labels(rows["project"], projects),
        "org_id": labels(rows["org"], orgs), "subject_type": labels(rows["kind"], subjects.SUBJECT_TYPES),
        "subject_key": texts(hashed_keys(rows["subject"])), "headcount": pa.array(rows["heads"].astype(np.int32)),
        "times": pa.array(rows["times"].astype(np.int16)), **_place(rows),
        "poverty_category": labels(rows["category"], subjects.CATEGORIES),
        "help_type": labels(rows["help"], help.TYPES),
        "sex_code": labels(rows["sex"], ("0", "1", "2", "9")),
        "age_band": labels(rows["age"], subjects.AGES),
        "ethnic_code": labels(rows["ethnic"], [f"{code:02d}" for code in range(57)]),
        "amount_yuan": money(rows["cents"], 12),
    }  # fmt: skip


def _activities(rows: Rows, quarter: np.ndarray, orgs: list[str], projects: list[str]) -> dict[str, pa.Array]:
    kind = rows["kind"]
    partner = np.select([rows["partner"] == int(code) for code in PARTNERS], range(3), -1)
    title = [f"{activity_type}（演示）" for activity_type in activities.TYPES]
    return {
        "activity_id": texts(numbered("A", rows["number"], 6)), "report_period": labels(quarter, NAMES),
        "activity_date": days(rows["date"]),
        "category": labels(np.array(activities.CATEGORY_OF)[kind], activities.CATEGORIES),
        "activity_type": labels(kind, activities.TYPES), "title": labels(kind, title),
        "org_id": labels(rows["org"], orgs), "project_id": labels(rows["project"], projects),
        "policy_id": labels(np.where(kind == activities.POLICY, 0, -1), ("L003",)), **_place(rows),
        **{name: numbers(rows[short], pa.int32()) for name, short in (
            ("participants", "participants"), ("party_members", "members"), ("local_participants", "local"),
            ("minority_participants", "minority"), ("volunteers", "volunteers"))},
        "partner_region_code": labels(partner, PARTNERS),
    }  # fmt: skip


def _stats(rows: Rows, quarter: np.ndarray, orgs: list[str], projects: list[str]) -> dict[str, pa.Array]:
    table = papers.statistics_table(rows)
    return {name: table[name] for name in table.column_names}


MAKERS: dict[str, Callable[[Rows, np.ndarray, list[str], list[str]], dict[str, pa.Array]]] = {
    "funds": _funds,
    "beneficiaries": _people,
    "activities": _activities,
    "reported_stats": _stats,
}
