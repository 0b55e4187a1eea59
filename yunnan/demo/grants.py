"""The money the article puts a figure on: 同心圆梦, the eco programme, grants of 中央财政 and 福彩公益金."""

import numpy as np

from yunnan.demo import plan, quarters, reference
from yunnan.demo.chance import pick, split, split_positive, stream, within
from yunnan.demo.ledger import ABROAD, APPROVED, CENTRAL, GIFT, LOTTERY, OWN, RECEIVED, SPENT, Entries, entries, joined
from yunnan.demo.project import Project
from yunnan.demo.quarters import FIRST, LAST, QUARTERS_OF

ROUND = 1000  # yuan
SMALL_SHARES = {"530427": 0.75}  # 玉溪 as a whole receives little


def build(projects: list[Project], programmes: tuple[str, ...]) -> Entries:
    """Every entry of the named programmes, whole; raised and donors are filled in by receipts.py."""
    parts = [_abroad(projects), _eco(projects), _approved(projects)]
    found = joined(parts)
    names = [programmes.index(one.programme) if one.programme else -1 for one in projects]
    found["programme"] = np.array(names)[found["project"]]
    return found


def days(rng: np.random.Generator, unit: int, period: str, size: int) -> np.ndarray:
    """Days of a period by its quarter weights; the first quarter only where the second was not reported."""
    weights = quarter_weights(unit, period)
    quarter = np.array(QUARTERS_OF[period])[pick(rng, weights, size)]
    return within(rng, FIRST[quarter], LAST[quarter], size)


def quarter_weights(unit: int, period: str) -> np.ndarray:
    """How receipts spread over the quarters of a period in a unit."""
    if period == "2020H1" and reference.unit_codes()[unit] == plan.LATE_DEHONG:
        return np.array([1.0, 0.0])
    return np.array(plan.QUARTER_WEIGHTS[period])


def _abroad(projects: list[Project]) -> Entries:
    """同心圆梦 received, by place and year."""
    rng, parts = stream("同心圆梦"), []
    at = {one.unit: number for number, one in enumerate(projects) if one.programme == "PG-TXYM"}
    for code, amounts in plan.TX.items():
        unit = reference.unit_of(code)
        for period, amount in zip(("2018", "2019"), amounts, strict=True):
            n = 8 + amount // 60
            yuan = split_positive(amount * 10_000 // ROUND, rng.lognormal(0, 0.7, n)) * ROUND
            county = rng.choice(projects[at[unit]].counties, n)
            parts.append(entries(date=days(rng, unit, period, n), source=ABROAD, yuan=yuan, unit=unit, county=county,
                                 org=projects[at[unit]].lead, project=at[unit]))  # fmt: skip
    return joined(parts)


def _eco(projects: list[Project]) -> Entries:
    """The eco programme: each county receives and spends its share in each period, all of it money."""
    rng, parts = stream("生态"), []
    places = [(number, county) for number, one in enumerate(projects) if one.programme == "PG-STFP"
              for county in one.counties]  # fmt: skip
    weights = np.array([SMALL_SHARES.get(reference.county_codes()[county], 1.0) for _, county in places])
    for period, total in plan.ECO_SPENT.items():
        shares = split(total // ROUND, weights * rng.uniform(0.9, 1.1, len(weights)))
        for (number, county), share in zip(places, shares, strict=True):
            one = projects[number]
            yuan = split_positive(int(share), np.array([6.0, 4.0])) * ROUND
            last = 0 if one.unit == reference.unit_of(plan.LATE_DEHONG) and period == "2020H1" else -1
            quarter = [QUARTERS_OF[period][0], QUARTERS_OF[period][last]]
            received = FIRST[quarter] + rng.integers(3, 25, 2)
            same = {"unit": one.unit, "county": county, "org": one.lead, "project": number}
            parts.append(entries(date=received, source=np.array([GIFT, OWN]), yuan=yuan, **same))
            parts.append(entries(date=received + rng.integers(30, 60, 2), stage=SPENT, yuan=yuan,
                                 source=np.array([GIFT, OWN]), **same))  # fmt: skip
    return joined(parts)


def _approved(projects: list[Project]) -> Entries:
    """What was approved, and the same amount received some weeks later in the same year."""
    rng = stream("获批")
    numbers = [number for number, one in enumerate(projects) if one.grant]
    own = [projects[number] for number in numbers]
    same = {
        "source": np.array([CENTRAL if one.programme == "PG-ZYCZ" else LOTTERY for one in own]),
        "yuan": np.array([one.grant for one in own]), "unit": np.array([one.unit for one in own]),
        "county": np.array([one.counties[0] for one in own]), "org": np.array([one.lead for one in own]),
        "project": np.array(numbers),
    }  # fmt: skip
    granted = np.array([one.granted for one in own])
    received = np.minimum(granted + rng.integers(30, 70, len(own)), _period_ends(granted))
    return joined([entries(date=granted, stage=APPROVED, **same), entries(date=received, stage=RECEIVED, **same)])


def _period_ends(dates: np.ndarray) -> np.ndarray:
    """Two days before the end of the year, or of the half-year in 2020."""
    return np.array([quarters.END_2018, quarters.END_2019, quarters.END_2020H1])[(quarters.of(dates) // 4)] - 2
