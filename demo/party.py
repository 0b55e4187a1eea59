"""Party coverage of organizations: dates drawn so that each unit reaches its planned share at each end."""

import numpy as np

from demo import plan
from demo.chance import pick, ranks
from demo.columns import NEVER
from demo.quarters import END_2018, END_2019, END_2020H1, day
from demo.workdays import working

MODES = ("单独成立", "联合成立", "功能型党组织", "选派党建指导员", "挂靠组建", "未覆盖")
INSTRUCTOR, UNCOVERED = 3, 5


def party_facts(unit: np.ndarray, registered: np.ndarray, alive: np.ndarray, rng: np.random.Generator) -> dict:
    """Coverage, work and branch dates, mode and members: ranks make each unit's shares exact at the end of 2019."""
    place, n = ranks(unit * 2 + alive, rng), len(unit)
    covered = staged(place, plan.PLAN["party"][unit], plan.PARTY_LEVELS, registered, rng, day(2013, 1, 1), 0.215)
    worked = staged(place, plan.PLAN["work"][unit], plan.WORK_LEVELS, registered, rng, day(2013, 1, 1), 0.2)
    instructors = plan.PLAN["guides"][unit]
    among = ranks(unit * 2 + (covered < NEVER), rng)
    others = np.array([0, 1, 2, 4])[pick(rng, (0.22, 0.37, 0.15, 0.26), n)]
    mode = np.where(among < instructors, INSTRUCTOR, others)
    entity = (covered <= END_2019) & (mode < INSTRUCTOR)
    ready = staged(ranks(unit * 2 + entity, rng), plan.PLAN["branch"][unit], plan.BRANCH_LEVELS,
                   np.minimum(covered + 60, END_2020H1), rng, day(2016, 1, 1), 0.7)  # fmt: skip
    standardized = np.where((mode < INSTRUCTOR) & (ready > covered) & (covered < NEVER), ready, NEVER)
    members = 3 + np.exp(rng.normal(1.3, 0.8, n)).astype(np.int64)
    return {"mode": mode, "covered": covered, "worked": np.minimum(worked, covered),
            "standardized": standardized, "members": members}  # fmt: skip


def staged(place: np.ndarray, level: np.ndarray, stages: tuple[float, ...], registered: np.ndarray,
           rng: np.random.Generator, earliest: int, last_year: float) -> np.ndarray:  # fmt: skip
    """The day a fact came true: level x stage of a unit's organizations have it by each of the three ends."""
    n = len(place)
    ends = np.array([END_2018, END_2019, END_2020H1])
    firsts = np.array([earliest, END_2018 + 1, END_2019 + 1])
    stage = (place[:, None] >= level[:, None] * np.array(stages)).sum(axis=1)
    reached = stage < 3
    stage = np.minimum(stage, 2)
    first, last = firsts[stage], ends[stage]
    older = (stage == 0) & (rng.random(n) >= last_year)
    first = np.where((stage == 0) & ~older, day(2018, 1, 1), first)
    last = np.where(older, day(2017, 12, 31), last)
    late = registered >= last  # it came with the registration
    last = np.where(late, np.minimum(registered + 30, ends[np.searchsorted(ends, registered).clip(max=2)]), last)
    return np.where(reached, working(rng, np.maximum(first, registered), last, n), NEVER)
