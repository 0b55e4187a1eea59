"""The money the article puts a figure on: 同心圆梦, the eco programme, grants of 中央财政 and 福彩公益金."""

import functools

import numpy as np

from demo import plan, quarters, reference
from demo.chance import heaped, pick, split, split_positive, stream
from demo.ledger import ABROAD, APPROVED, CENTRAL, GIFT, LOTTERY, OWN, RECEIVED, SPENT, Entries, entries, joined
from demo.project import Project
from demo.quarters import FIRST, LAST, QUARTERS_OF
from demo.workdays import on_or_after, on_or_before, working

LATE = 0.8  # money comes towards the end of a quarter
SMALL_SHARES = {"530427": 0.75}  # 玉溪 as a whole receives little


def build(projects: list[Project], programmes: tuple[str, ...]) -> Entries:
    """Every entry of the named programmes, whole; raised and donors are filled in by receipts.py."""
    parts = [_abroad(projects), _eco(projects), _approved(projects)]
    ledger = joined(parts)
    names = [programmes.index(project.programme) if project.programme else -1 for project in projects]
    ledger["programme"] = np.array(names)[ledger["project"]]
    return ledger


def days(rng: np.random.Generator, unit: int, period: str, size: int) -> np.ndarray:
    """Working days of a period by its quarter weights; the first quarter only where the second was not reported."""
    weights = quarter_weights(unit, period)
    quarter = np.array(QUARTERS_OF[period])[pick(rng, weights, size)]
    return working(rng, FIRST[quarter], LAST[quarter], size, LATE)


def quarter_weights(unit: int, period: str) -> np.ndarray:
    """How receipts spread over the quarters of a period in a unit."""
    return _weights(period)[unit]


@functools.cache
def _weights(period: str) -> np.ndarray:
    """Of each unit a rhythm of its own, such that the province as a whole keeps the plan's."""
    money = np.array([reference.cells()[unit, period][0] for unit in range(17)])
    goal, rng = np.array(plan.QUARTER_WEIGHTS[period]), stream(f"rhythm {period}")
    weights = np.tile(goal, (17, 1)) * rng.lognormal(0, plan.RHYTHM, (17, len(goal)))
    late = np.arange(17) == (reference.unit_of(plan.LATE_DEHONG) if period == "2020H1" else -1)
    for _ in range(40):
        weights /= weights.sum(axis=1, keepdims=True)
        weights *= goal / (money[~late] @ weights[~late] / money[~late].sum())
    weights /= weights.sum(axis=1, keepdims=True)
    weights[late] = [1.0, *[0.0] * (len(goal) - 1)]
    return weights


def _abroad(projects: list[Project]) -> Entries:
    """同心圆梦 received, by place and year."""
    rng, parts = stream("同心圆梦"), []
    at = {project.unit: number for number, project in enumerate(projects) if project.programme == "PG-TXYM"}
    for code, amounts in plan.TX.items():
        unit = reference.unit_of(code)
        for period, amount in zip(("2018", "2019"), amounts, strict=True):
            n = 8 + amount // 60
            cents = heaped(amount * 1_000_000, rng.lognormal(0, 0.9, n), rng)
            county = rng.choice(projects[at[unit]].counties, n)
            parts.append(entries(date=days(rng, unit, period, n), source=ABROAD, cents=cents, unit=unit, county=county,
                                 org=projects[at[unit]].lead, project=at[unit]))  # fmt: skip
    return joined(parts)


def _eco(projects: list[Project]) -> Entries:
    """The eco programme: each county receives and spends its share in each period, all of it money."""
    rng, parts = stream("生态"), []
    places = [(number, county) for number, project in enumerate(projects) if project.programme == "PG-STFP"
              for county in project.counties]  # fmt: skip
    weights = np.array([SMALL_SHARES.get(reference.county_codes()[county], 1.0) for _, county in places])
    for period, total in plan.ECO_SPENT.items():
        shares = split(total, weights * rng.uniform(0.9, 1.1, len(weights)))
        for (number, county), share in zip(places, shares, strict=True):
            project = projects[number]
            cents = split_positive(int(share), rng.uniform(1.0, 2.0, 2)) * 100
            last = 0 if project.unit == reference.unit_of(plan.LATE_DEHONG) and period == "2020H1" else -1
            quarter = [QUARTERS_OF[period][0], QUARTERS_OF[period][last]]
            received = on_or_after(FIRST[quarter] + rng.integers(3, 25, 2))
            same = {"unit": project.unit, "county": county, "org": project.lead, "project": number}
            parts.append(entries(date=received, source=np.array([GIFT, OWN]), cents=cents, **same))
            parts.append(entries(date=on_or_after(received + rng.integers(30, 60, 2)), stage=SPENT, cents=cents,
                                 source=np.array([GIFT, OWN]), **same))  # fmt: skip
    return joined(parts)


def _approved(projects: list[Project]) -> Entries:
    """What was approved, and the same amount received some weeks later in the same year."""
    rng = stream("获批")
    numbers = [number for number, project in enumerate(projects) if project.grant]
    own = [projects[number] for number in numbers]
    same = {
        "source": np.array([CENTRAL if project.programme == "PG-ZYCZ" else LOTTERY for project in own]),
        "cents": np.array([project.grant * 100 for project in own]),
        "unit": np.array([project.unit for project in own]),
        "county": np.array([project.counties[0] for project in own]),
        "org": np.array([project.lead for project in own]),
        "project": np.array(numbers),
    }  # fmt: skip
    granted = np.array([project.granted for project in own])
    received = on_or_before(np.minimum(granted + rng.integers(30, 70, len(own)), _period_ends(granted)))
    return joined([entries(date=granted, stage=APPROVED, **same), entries(date=received, stage=RECEIVED, **same)])


def _period_ends(dates: np.ndarray) -> np.ndarray:
    """Two days before the end of the year, or of the half-year in 2020."""
    return np.array([quarters.END_2018, quarters.END_2019, quarters.END_2020H1])[(quarters.quarter_of(dates) // 4)] - 2
