"""Spending: each quarter every unit spends up to its planned execution rate, no project more than it received."""

import numpy as np

from yunnan.demo import plan, reference
from yunnan.demo.chance import split_positive, stream, within
from yunnan.demo.ledger import RECEIVED, SPENT, Entries, chosen, entries, joined
from yunnan.demo.project import Project
from yunnan.demo.quarters import COUNT, FIRST, LAST
from yunnan.demo.quarters import of as quarter_of

ROUND = 100  # yuan
A_PAYMENT = 110_000  # yuan, the usual size of one payment
PLANTED = 4  # payments booked on a project that had not received as much (rule DQ-12, a warning)


def build(found: Entries, projects: list[Project]) -> Entries:
    """Payments out of everything received so far; the eco programme's own payments are already in the entries."""
    rng = stream("spending")
    parts = []
    for unit in range(17):
        own = chosen(found, found["unit"] == unit)
        parts += _unit(unit, own, projects, rng)
    paid = joined(parts)
    _plant(paid, projects, rng)
    return paid


def _unit(unit: int, own: Entries, projects: list[Project], rng: np.random.Generator) -> list[Entries]:
    """The payments of one unit, quarter by quarter."""
    quarter, received = quarter_of(own["date"]), own["stage"] == RECEIVED
    eco = np.array([one.programme == "PG-STFP" for one in projects] + [True])[own["project"]]
    inflow, outflow = np.zeros((COUNT, len(projects)), np.int64), np.zeros(COUNT, np.int64)
    np.add.at(inflow, (quarter[received & ~eco], own["project"][received & ~eco]), own["yuan"][received & ~eco])
    total = np.cumsum(np.bincount(quarter[received], own["yuan"][received], COUNT))
    np.add.at(outflow, quarter[own["stage"] == SPENT], own["yuan"][own["stage"] == SPENT])
    balance, spent, parts = np.zeros(len(projects), np.int64), 0, []
    for now in range(COUNT - (reference.unit_codes()[unit] == plan.LATE_DEHONG)):
        balance += inflow[now]
        spent += int(outflow[now])
        goal = plan.PLAN["execute"][unit] * plan.EXECUTION_LEVELS[now] * total[now] - spent
        shares = _shares(balance, int(goal))
        if shares.any():
            parts.append(_payments(unit, now, shares, projects, rng))
            balance -= shares
            spent += int(shares.sum())
        assert balance.min() >= 0, f"a project of unit {unit} spends more than it received"
    return parts


def _shares(balance: np.ndarray, goal: int) -> np.ndarray:
    """What each project spends, in proportion to what it has left; whole hundreds of yuan."""
    available = int(balance.sum())
    if goal <= 0 or not available:
        return np.zeros_like(balance)
    part = min(1.0, goal / available)
    return np.floor(balance * part / ROUND).astype(np.int64) * ROUND


def _payments(unit: int, quarter: int, shares: np.ndarray, projects: list[Project],
              rng: np.random.Generator) -> Entries:  # fmt: skip
    """One to four payments a project, in the later part of the quarter."""
    paying = np.flatnonzero(shares)
    numbers = np.minimum(1 + shares[paying] // A_PAYMENT, 4)
    numbers = np.minimum(numbers, shares[paying] // ROUND)
    yuan = np.concatenate([split_positive(int(share) // ROUND, rng.uniform(0.5, 1.5, int(number))) * ROUND
                           for share, number in zip(shares[paying], numbers, strict=True)])  # fmt: skip
    project = np.repeat(paying, numbers)
    n = len(project)
    first = [projects[at] for at in project]
    county = np.array([-1 if unit == 16 else one.counties[0] for one in first])
    goods = rng.random(n) < plan.PLAN["goods"][unit] * 0.9
    return entries(date=within(rng, int(FIRST[quarter]) + 45, int(LAST[quarter]), n), stage=SPENT, yuan=yuan,
                   form=np.where(goods, 1, 0), org=np.array([one.executor for one in first]), project=project,
                   unit=unit, county=county)  # fmt: skip


def _plant(paid: Entries, projects: list[Project], rng: np.random.Generator) -> None:
    """Book a few large payments on projects that have received little, in the same unit; in place."""
    large = np.flatnonzero((paid["yuan"] > 150_000) & (paid["unit"] < 16) & (quarter_of(paid["date"]) < 8))
    totals = np.bincount(paid["project"], paid["yuan"], len(projects))
    units, starts = np.array([one.unit for one in projects]), np.array([one.start for one in projects])
    for row in rng.choice(large, PLANTED, replace=False):
        small = (units == paid["unit"][row]) & (totals > 0) & (totals < 60_000)
        able = np.flatnonzero(small & (starts <= paid["date"][row]))
        if len(able):
            paid["project"][row] = able[0]
