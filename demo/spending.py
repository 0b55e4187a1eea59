"""Payments out of purses (project, source, county, form), each quarter up to the unit's planned execution rate.

Nothing is paid before it was received: money is paid after its receipt, and what is received in the last days of a
quarter is paid in the next.
"""

import numpy as np

from demo import plan, reference
from demo.chance import heaped, stream
from demo.ledger import RECEIVED, SPENT, Entries, chosen, entries, joined, purses
from demo.project import Project
from demo.quarters import COUNT, FIRST, LAST, quarter_of
from demo.workdays import working

A_PAYMENT = 11_000_000  # 分, the usual size of one payment
ROUND = 10_000  # 分
WHOLE = 0.6  # share of the purses paying in a quarter that pay all they hold
WAIT = 8  # days from a receipt to the first payment out of it
PLANTED = 4  # payments booked on a project that had not received as much (rule DQ-12, a warning)


def build(ledger: Entries, projects: list[Project]) -> Entries:
    """Payments out of everything received so far; the eco programme's own payments are already in the entries."""
    rng = stream("spending")
    parts = []
    for unit in range(17):
        own = chosen(ledger, ledger["unit"] == unit)
        parts += _unit(unit, own, projects, rng)
    paid = joined(parts)
    _plant(paid, projects, rng)
    return paid


def _unit(unit: int, own: Entries, projects: list[Project], rng: np.random.Generator) -> list[Entries]:
    """The payments of one unit, quarter by quarter."""
    purse, usable, into = _purses(own, projects)
    received = own["stage"] == RECEIVED
    total, eco = (np.cumsum(np.bincount(quarter_of(own["date"][rows]), own["cents"][rows], COUNT))
                  for rows in (received, own["stage"] == SPENT))  # fmt: skip
    balance, spent, parts = np.zeros(len(purse["cents"]), np.int64), 0, []
    for now in range(COUNT - (reference.unit_codes()[unit] == plan.LATE_DEHONG)):
        old, fresh = balance.copy(), np.flatnonzero(usable == now)
        np.add.at(balance, into[fresh], own["cents"][received][fresh])
        ready = np.full(len(balance), FIRST[now])
        np.maximum.at(ready, into[fresh], own["date"][received][fresh] + 1)
        goal = plan.PLAN["execute"][unit] * plan.EXECUTION_LEVELS[now] * total[now] - eco[now] - spent
        shares = _shares(balance, int(goal), rng)
        before = np.minimum(shares, old)  # out of money of earlier quarters: on any day
        for part, first in ((before, np.full(len(balance), FIRST[now])), (shares - before, ready)):
            if part.any():
                parts.append(_payments(now, part, first, purse, projects, rng))
        balance -= shares
        spent += int(shares.sum())
    return parts


def _purses(own: Entries, projects: list[Project]) -> tuple[Entries, np.ndarray, np.ndarray]:
    """The purses, and of each receipt the quarter from which it can be spent (or COUNT) and its purse."""
    received = chosen(own, own["stage"] == RECEIVED)
    _, first, into = np.unique(purses(received), return_index=True, return_inverse=True)
    closed = np.array([project.programme == "PG-STFP" for project in projects] + [True])[received["project"]]
    return chosen(received, first), np.where(closed, COUNT, quarter_of(received["date"] + WAIT)), into


def _shares(balance: np.ndarray, goal: int, rng: np.random.Generator) -> np.ndarray:
    """What each purse spends: in a chance order all or a part of what it holds, until the goal is met."""
    offer = np.where(rng.random(len(balance)) < WHOLE, 1.0, rng.uniform(0.3, 0.8, len(balance))) * balance
    offer = np.floor(offer / ROUND).astype(np.int64) * ROUND
    offer = offer if offer.sum() > goal else balance
    order = rng.permutation(len(balance))
    before = np.cumsum(offer[order]) - offer[order]
    shares = np.empty_like(balance)
    shares[order] = np.clip(goal // ROUND * ROUND - before, 0, offer[order])
    return shares


def _payments(quarter: int, shares: np.ndarray, earliest: np.ndarray, purse: Entries, projects: list[Project],
              rng: np.random.Generator) -> Entries:  # fmt: skip
    """One to four payments a purse, from its earliest day to the end of the quarter."""
    paying = np.flatnonzero(shares)
    numbers = np.minimum(1 + shares[paying] // A_PAYMENT, 4)
    cents = np.concatenate([heaped(int(share), rng.uniform(0.5, 1.5, int(number)), rng)
                            for share, number in zip(shares[paying], numbers, strict=True)])  # fmt: skip
    at = np.repeat(paying, numbers)
    same = {name: purse[name][at] for name in ("source", "form", "project", "unit", "county")}
    executor = np.array([project.executor for project in projects])[same["project"]]
    return entries(date=working(rng, earliest[at], int(LAST[quarter]), len(at)), stage=SPENT, cents=cents, org=executor,
                   **same)  # fmt: skip


def _plant(paid: Entries, projects: list[Project], rng: np.random.Generator) -> None:
    """Book a few large payments on projects of the same county that have received little; in place."""
    large = np.flatnonzero((paid["cents"] > 15_000_000) & (paid["unit"] < 16) & (quarter_of(paid["date"]) < 8))
    totals = np.bincount(paid["project"], paid["cents"], len(projects))
    little, starts = (totals > 0) & (totals < 6_000_000), np.array([project.start for project in projects])
    planted = 0
    for row in rng.permutation(large):
        if planted == PLANTED:
            break
        there = np.array([paid["county"][row] in project.counties for project in projects])
        able = np.flatnonzero(little & there & (starts <= paid["date"][row]))
        if len(able):
            paid["project"][row] = able[0]
            planted += 1
