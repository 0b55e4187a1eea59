"""All money of the demo as one ledger, and the need of every project that follows from it."""

import numpy as np

from demo import donors, grants, plan, receipts, reference, spending
from demo.chance import split, stream
from demo.columns import NEVER
from demo.ledger import RECEIVED, Entries, chosen, joined
from demo.project import Pools, Project
from demo.quarters import END_2019

STEP = 10_000  # needs are stated in 万元
LEAST = 50_000


def build(projects: list[Project], pools: Pools) -> Entries:
    """Approvals, receipts and payments; sets the need of every project."""
    programmes = tuple(row["programme_code"] for row in reference.rows("programmes"))
    special = grants.build(projects, programmes)
    ordinary = receipts.build(projects, pools, special)
    into = special["stage"] == RECEIVED
    received = joined([chosen(special, into), ordinary])
    donors.finish(received, pools, int(into.sum()))
    whole = joined([chosen(special, ~into), received])
    paid = spending.build(whole, projects)
    codes = np.array([programmes.index(project.programme) if project.programme else -1 for project in projects])
    paid["programme"] = codes[paid["project"]]
    _needs(received, projects)
    return joined([whole, paid])


def _needs(received: Entries, projects: list[Project]) -> None:
    """Needs such that receipts meet the planned share of each unit's need at the end of 2019; in place."""
    rng = stream("needs")
    tied = received["project"] >= 0
    total = np.bincount(received["project"][tied], received["cents"][tied], len(projects)) / 100
    early = tied & (received["date"] <= END_2019)
    by_2019 = np.bincount(received["project"][early], received["cents"][early], len(projects)) / 100
    started = np.array([project.start < NEVER for project in projects])
    posted = np.array([project.posted <= END_2019 for project in projects])
    units = np.array([project.unit for project in projects])
    need = np.ceil(total * rng.uniform(1.0, 1.3, len(projects)) / STEP) * STEP
    need = np.maximum(np.where(need < LEAST, 100_000, need), [project.grant for project in projects])
    for unit in range(16):
        own = (units == unit) & posted
        met = np.minimum(by_2019, need)[own & started].sum()
        left = met / plan.PLAN["fulfil"][unit] - need[own & started].sum()
        waiting = np.flatnonzero(own & ~started)
        parts = max(round(left / STEP), 5 * len(waiting)) - 5 * len(waiting)
        need[waiting] = (split(parts, rng.lognormal(0, 0.6, len(waiting))) + 5) * STEP
        later = np.flatnonzero((units == unit) & ~posted & ~started)
        need[later] = np.ceil(need[waiting].mean() * rng.uniform(0.6, 1.4, len(later)) / STEP) * STEP
    for project, yuan in zip(projects, need, strict=True):
        project.need = int(yuan)
