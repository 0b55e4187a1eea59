"""Ordinary receipts: what the exact cell of each unit and period leaves after the named programmes."""

import numpy as np

from demo import grants, plan, reference
from demo.chance import heaped, pick, positions, ranks, split, split_positive, stream
from demo.columns import NEVER
from demo.ledger import FISCAL, GIFT, OWN, PAIRED, Entries, chosen, entries, in_period, joined
from demo.project import Pools, Project
from demo.quarters import END_2019, FIRST, LAST, PERIODS, QUARTERS_OF, quarter_of
from demo.workdays import working

TYPICAL = 4_200_000  # 分 a receipt
PRIMARY = np.array([0.66, 0.15, 0.10, 0.02, 0.07])  # GIFT OWN PAIRED ABROAD FISCAL


def build(projects: list[Project], pools: Pools, special: Entries) -> Entries:
    """Ordinary receipts of all units and periods; with the special ones every cell is exact."""
    rng = stream("receipts")
    calls = _Calls(projects)
    parts = []
    for period in PERIODS:
        for unit in range(17):
            own = chosen(special, (special["unit"] == unit) & (special["stage"] == 1) & in_period(special, period))
            parts.append(_cell(unit, period, own, projects, pools, calls, rng))
    ledger = joined(parts)
    _sources(ledger, projects, rng)
    named = [project.programme for project in projects]
    codes = [row["programme_code"] for row in reference.rows("programmes")]
    index = np.array([codes.index(name) if name else -1 for name in named] + [-1])
    ledger["programme"] = index[ledger["project"]]
    return ledger


class _Calls:
    """Which projects may receive in a unit and quarter."""

    def __init__(self, projects: list[Project]) -> None:
        self.start = np.array([project.start for project in projects])
        self.end = np.array([project.end for project in projects])
        self.unit = np.array([project.unit for project in projects])
        self.open = np.array([project.has_gifts and project.start < NEVER for project in projects])
        self.size = stream("project sizes").lognormal(0, 0.6, len(projects))
        long = self.open & (self.start < FIRST[1]) & (self.end > END_2019)
        many = np.array([len(project.counties) > 1 for project in projects])
        self.wide = np.flatnonzero(long & many)[:14]  # what 省本级 pays for

    def at(self, unit: int, quarter: int) -> np.ndarray:
        """Project numbers."""
        active = self.open & (self.start <= LAST[quarter] - 10) & (self.end >= FIRST[quarter] + 10)
        return self.wide[active[self.wide]] if unit == 16 else np.flatnonzero(active & (self.unit == unit))


def _cell(unit: int, period: str, own: Entries, projects: list[Project], pools: Pools, calls: _Calls,
          rng: np.random.Generator) -> Entries:  # fmt: skip
    """The ordinary receipts of one unit in one period."""
    total, spoken = reference.cells()[unit, period][0] * 100, int(own["cents"].sum())
    left = total - spoken
    assert left >= 0, f"the named programmes exceed the cell {unit} {period} by {-left}"
    weights = grants.quarter_weights(unit, period)
    taken = np.array([own["cents"][quarter_of(own["date"]) == quarter].sum() for quarter in QUARTERS_OF[period]])
    by_quarter = split(left, np.maximum(weights * total - taken, weights * left * 0.2))
    pool = pools.participants(unit, period)
    numbers = split_positive(max(int(1.3 * len(pool)), left // TYPICAL, 12), by_quarter + weights * 1e-9)
    shares = zip(QUARTERS_OF[period], by_quarter, numbers, strict=True)
    parts = [_quarter(unit, quarter, int(amount), int(n), calls, rng) for quarter, amount, n in shares if amount]
    ledger = joined(parts)
    _recipients(ledger, unit, projects, pool, pools.participants(16, period), rng)
    _counties(ledger, unit, projects, rng)
    return ledger


def _quarter(unit: int, quarter: int, amount: int, n: int, calls: _Calls, rng: np.random.Generator) -> Entries:
    """Receipts of one quarter; one in twenty is not tied to a project."""
    n = min(n, amount)
    cents = heaped(amount, rng.lognormal(0, 1.2, n), rng)
    able = calls.at(unit, quarter)
    if not len(able):
        date = working(rng, int(FIRST[quarter]), int(LAST[quarter]), n, grants.LATE)
        return entries(date=date, cents=cents, unit=unit)
    project = able[pick(rng, calls.size[able], n)]
    first, last = np.maximum(calls.start[project], FIRST[quarter]), np.minimum(calls.end[project], LAST[quarter])
    date = working(rng, first, last, n, grants.LATE)
    return entries(date=date, cents=cents, unit=unit, project=np.where(rng.random(n) < 0.05, -1, project))


def _recipients(ledger: Entries, unit: int, projects: list[Project], pool: np.ndarray, provincial: np.ndarray,
                rng: np.random.Generator) -> None:  # fmt: skip
    """Each of the unit's pool once; else the project's executor, one of the pool or a provincial organization."""
    n = len(ledger["cents"])
    executor = np.array([project.executor for project in projects] + [-1])[ledger["project"]]
    drawn, chance = rng.choice(pool, n), rng.random(n)
    org = np.where((chance < 0.5) & (executor >= 0), executor, drawn)
    org = np.where(chance > 0.88, rng.choice(provincial, n), org)
    once = rng.permutation(n)[: len(pool)]
    org[once] = pool[: len(once)]
    ledger["org"] = org


def _counties(ledger: Entries, unit: int, projects: list[Project], rng: np.random.Generator) -> None:
    """A county of the project; none for 省本级 and for what is not tied to a project."""
    ledger["county"][:] = -1
    if unit == 16:
        return
    counties = np.array([(project.counties * 8)[:8] for project in projects])
    tied = np.flatnonzero(ledger["project"] >= 0)
    ledger["county"][tied] = counties[ledger["project"][tied], rng.integers(0, 8, len(tied))]


def _sources(ledger: Entries, projects: list[Project], rng: np.random.Generator) -> None:
    """One source a project, two where the unit's share of multi-source projects says so; in place."""
    units = np.array([project.unit for project in projects])
    granted = np.array([project.grant > 0 for project in projects])
    eligible = np.array([project.has_gifts and project.start < NEVER for project in projects])
    many = ranks(units * 4 + granted * 2 + eligible, rng) < plan.PLAN["multi"][units] - 0.02
    first = pick(rng, PRIMARY, len(projects))
    first = np.where([project.cross in ("上海", "广东") for project in projects], PAIRED, first)
    second = np.where(first == GIFT, np.array([OWN, FISCAL])[rng.integers(0, 2, len(projects))], GIFT)
    yuxi = units == reference.unit_of("530400")
    first = np.where(yuxi & (first == PAIRED), GIFT, first)
    second = np.where(yuxi & (second == first), OWN, second)
    order = np.lexsort((ledger["date"], ledger["project"]))
    turn = np.empty(len(order), np.int64)
    turn[order] = positions(ledger["project"][order])
    at = ledger["project"]
    source = np.where((turn % 2 == 1) & many[at], second[at], first[at])
    ledger["source"] = np.where(at < 0, GIFT, source)
