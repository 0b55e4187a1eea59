"""Beneficiaries: records of help with place, date and kind; the number of persons per prefecture and period is exact.

The key of a subject is hashed from a counter; a real one is an HMAC of an identity number under a provincial
secret. Sex, age and ethnic group are drawn from rough shares and describe nobody.
"""

from itertools import pairwise

import numpy as np

from demo import plan, reference
from demo.chance import pick, stream, within
from demo.columns import NEVER
from demo.help import help_of
from demo.project import Project
from demo.quarters import FIRST, LAST, PERIODS, QUARTERS_OF
from demo.subjects import CHILDREN, GROUP, OTHER_SHARE, OTHERS, PERSON, STILL_POOR, Subjects, drawn
from demo.workdays import working

WEEKENDS = 0.15  # of the visits are on any day of the week


def build(projects: list[Project]) -> dict[str, np.ndarray]:
    """One element per record in every array; the subject is a counter."""
    visits: dict[str, list] = {period: [] for period in PERIODS}
    base, parts = 0, []
    for unit in range(16):
        rng = stream(f"people {unit}")
        poor = drawn(unit, int(sum(reference.cells()[unit, period][1] for period in PERIODS) * 0.7) + 400, rng)
        first = last = 0
        for period in PERIODS:
            goal = reference.cells()[unit, period][1]
            first = last - int((last - first) * plan.OVERLAP[period])
            last = _reach(poor, first, goal, new_from=last)
            visits[period].append((unit, base, np.arange(first, last), poor))
        parts.append((unit, base, poor, last))
        base += len(poor.heads)
    records = [_registered(period, visits[period]) for period in PERIODS]
    records += [_others(period, visits[period], base + 10_000_000 * at) for at, period in enumerate(PERIODS)]
    whole = {name: np.concatenate([part[name] for part in records]) for name in records[0]}
    _served(whole, projects)
    return whole


def _reach(poor: Subjects, first: int, goal: int, new_from: int) -> int:
    """One past the last subject, such that heads from first on add up to the goal; the last is trimmed."""
    sums = np.cumsum(poor.heads[first:])
    at = int(np.searchsorted(sums, goal))
    last = first + at
    assert last >= new_from, "a period needs more new subjects than its overlap allows"
    poor.heads[last] -= int(sums[at]) - goal
    return last + 1


def _registered(period: str, visits: list) -> dict[str, np.ndarray]:
    """One visit each, and second visits until the province's person-times are those of the plan."""
    rng = stream(f"visits {period}")
    unit = np.concatenate([np.full(len(rows), unit) for unit, _, rows, _ in visits])
    columns = {name: np.concatenate([getattr(poor, name)[rows] for _, _, rows, poor in visits])
               for name in ("kind", "heads", "county", "luck", "sex", "age", "ethnic")}  # fmt: skip
    subject = np.concatenate([base + rows for _, base, rows, _ in visits])
    extra = plan.PERSON_TIMES[period] - int(columns["heads"].sum())
    again = rng.permutation(np.concatenate([np.arange(len(unit))] * 2))
    sums = np.cumsum(columns["heads"][again])
    at = int(np.searchsorted(sums, extra, side="right"))
    singles = np.flatnonzero(columns["heads"] == 1)[: extra - (int(sums[at - 1]) if at else 0)]
    rows = np.concatenate([np.arange(len(unit)), again[:at], singles])
    columns = {name: values[rows] for name, values in columns.items()}
    category = (columns.pop("luck") >= STILL_POOR[period]).astype(np.int64)
    return {"unit": unit[rows], "subject": subject[rows], "category": category,
            "date": _dates(unit[rows], period, len(unit), rng), **columns}  # fmt: skip


def _dates(unit: np.ndarray, period: str, once: int, rng: np.random.Generator) -> np.ndarray:
    """Days by the quarter weights; where 2020Q2 was not reported all are in the first quarter."""
    quarters = np.array(QUARTERS_OF[period])
    quarter = quarters[pick(rng, np.array(plan.PEOPLE_WEIGHTS[period]), len(unit))]
    quarter = np.where((quarter == 9) & (unit == reference.unit_of(plan.LATE_DEHONG)), 8, quarter)
    any_day, n = rng.random(len(unit)) < WEEKENDS, len(unit)
    return np.where(any_day, within(rng, FIRST[quarter], LAST[quarter], n),
                    working(rng, FIRST[quarter], LAST[quarter], n))  # fmt: skip


def _others(period: str, visits: list, base: int) -> dict[str, np.ndarray]:
    """Helped too, but not registered poor: individuals, and a few groups of pupils."""
    rng = stream(f"others {period}")
    parts = []
    for unit, _, rows, _ in visits:
        n = int(len(rows) * 1.26 * OTHER_SHARE / (1 - OTHER_SHARE))
        own = drawn(unit, n, rng)
        category = pick(rng, OTHERS, n)
        groups = (category == 8) & (rng.random(n) < 0.02)
        own.age = np.where(np.isin(category, CHILDREN), rng.integers(0, 2, n), own.age)
        own.age = np.where(category == 8, 1, own.age)
        parts.append({
            "unit": np.full(n, unit), "category": category, "county": own.county,
            "kind": np.where(groups, GROUP, PERSON), "heads": np.where(groups, rng.integers(40, 600, n), 1),
            "sex": np.where(groups, 0, np.where(own.sex == 0, 1 + rng.integers(0, 2, n), own.sex)),
            "age": np.where(groups, -1, own.age), "ethnic": np.where(groups, -1, own.ethnic),
        })  # fmt: skip
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    n = len(whole["unit"])
    return {**whole, "subject": base + np.arange(n), "date": _dates(whole["unit"], period, n, rng)}


def _served(records: dict[str, np.ndarray], projects: list[Project]) -> None:
    """The project that served each record, in the subject's county if one is under way, and the help; in place."""
    rng = stream("services")
    quarter = np.searchsorted(FIRST, records["date"], side="right") - 1
    calls = Calls(projects)
    order = np.lexsort((quarter, records["county"]))
    keys = (records["county"] * 16 + quarter)[order]
    edges = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1], True])
    project = np.full(len(order), -1)
    for start, stop in pairwise(edges):
        rows = order[start:stop]
        able = calls.at(int(records["county"][rows[0]]), int(quarter[rows[0]]))
        if len(able):
            project[rows] = able[rng.integers(0, len(able), len(rows))]
    records["project"] = project
    records["org"] = np.array([one.executor for one in projects] + [-1])[project]
    sector = np.array([one.sector for one in projects] + ["扶贫济困"])[project]
    programme = np.array([one.programme or "" for one in projects] + [""])[project]
    records["help"], records["cents"] = help_of(records, sector, programme, rng)
    records["times"] = np.where(rng.random(len(order)) < 0.05, 2, 1)


class Calls:
    """Which projects serve a county in a quarter."""

    def __init__(self, projects: list[Project]) -> None:
        self.first = np.array([project.start for project in projects])
        self.last = np.array([project.end for project in projects])
        self.able = np.array([project.serves and project.start < NEVER for project in projects])
        self.unit = np.array([project.unit for project in projects])
        self.ordinary = np.array([not project.special for project in projects])
        self.places = np.zeros((len(reference.counties()), len(projects)), bool)
        for number, project in enumerate(projects):
            self.places[project.counties, number] = True

    def at(self, county: int, quarter: int) -> np.ndarray:
        """Project numbers; ordinary ones of the prefecture if none is in the county."""
        active = self.able & (self.first <= FIRST[quarter]) & (self.last >= LAST[quarter])
        own = np.flatnonzero(active & self.places[county])
        if len(own):
            return own
        return np.flatnonzero(active & self.ordinary & (self.unit == reference.county_units()[county]))
