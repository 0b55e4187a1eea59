"""When organizations were registered and struck off, and what the registration authority knows of each."""

import numpy as np

from yunnan.demo import plan, reference
from yunnan.demo.chance import pick, ranks, split, within
from yunnan.demo.columns import NEVER
from yunnan.demo.named import NAMED, OUTSIDE
from yunnan.demo.quarters import END_2019, END_2020H1, day


def lives(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(unit, registered, ended) of every organization not named in the article."""
    alive = plan.PLAN["orgs"].astype(np.int64)
    for one in NAMED[:-OUTSIDE]:
        alive[reference.unit_of(one.prefecture)] -= 1
    gone = [split(number, alive) for number in plan.DEREGISTERED]
    new = [split(number, alive) for number in plan.REGISTERED]
    parts = []
    for unit in range(17):
        n = int(alive[unit] + gone[0][unit] + gone[1][unit] + new[2][unit])
        registered, ended = within(rng, day(2001, 1, 1), day(2017, 12, 31), n), np.full(n, NEVER)
        at = int(alive[unit])
        for year, number in ((2018, new[0][unit]), (2019, new[1][unit])):
            registered[at - number : at] = within(rng, day(year, 1, 4), day(year, 12, 28), number)
            at -= number
        ended[: gone[2][unit]] = within(rng, END_2019 + 1, END_2020H1, gone[2][unit])
        at = int(alive[unit])
        for year, number in ((2018, gone[0][unit]), (2019, gone[1][unit])):
            ended[at : at + number] = within(rng, day(year, 1, 4), day(year, 12, 30), number)
            at += number
        registered[at:] = within(rng, END_2019 + 3, END_2020H1 - 3, n - at)
        order = rng.permutation(n)
        parts.append((np.full(n, unit), registered[order], ended[order]))
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))  # type: ignore[return-value]


def counties(unit: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The registering county; -1 for those registered by a prefecture or the province."""
    county = np.full(len(unit), -1)
    for one in range(16):
        own = np.flatnonzero(reference.county_units() == one)
        mine = np.flatnonzero(unit == one)
        county[mine] = np.where(rng.random(len(mine)) < 0.22, -1, rng.choice(own, len(mine)))
    return county


def inspections(unit: np.ndarray, level: float, rng: np.random.Generator) -> np.ndarray:
    """0 合格 1 基本合格 2 不合格 3 未参检, at the unit's pass rate of the year."""
    place, passed = ranks(unit, rng), plan.PLAN["pass"][unit] * level
    return np.where(
        place < passed * 0.88, 0, np.where(place < passed, 1, np.where(place < 1 - (1 - passed) * 0.75, 2, 3))
    )


def charity(unit: np.ndarray, kind: np.ndarray, registered: np.ndarray, ended: np.ndarray,
            rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """(recognized as charity, right to raise funds in public): days, NEVER if none."""
    stays = (ended == NEVER) & (registered < day(2017, 1, 1))
    own = np.flatnonzero(chosen(stays & ((kind == 2) | (unit == 16)), plan.CHARITIES, rng))
    recognized, fundraising = np.full(len(unit), NEVER), np.full(len(unit), NEVER)
    recognized[own] = np.sort(within(rng, day(2016, 9, 1), END_2020H1, len(own)))
    public = own[: 3 * plan.FUNDRAISERS : 3]
    fundraising[public] = np.minimum(recognized[public] + within(rng, 0, 500, len(public)), END_2020H1)
    return recognized, fundraising


def tax_years(unit: np.ndarray, kind: np.ndarray, registered: np.ndarray, ended: np.ndarray,
              rng: np.random.Generator) -> list[tuple[int, ...]]:  # fmt: skip
    """The years of provincial tax-deduction status: 25 organizations in 2018, 27 in 2019, 28 in 2020."""
    years: list[tuple[int, ...]] = [()] * len(unit)
    able = np.flatnonzero((unit == 16) & (kind != 1) & (ended == NEVER) & (registered < day(2017, 1, 1)))
    lists = [(2018, 2019, 2020)] * 22 + [(2018, 2019)] * 3 + [(2019, 2020)] * (plan.TAX_2019 - 25) + [(2020,)] * 4
    for one, listed in zip(rng.choice(able, len(lists), replace=False), lists, strict=True):
        years[one] = listed
    return years


def supervisors(codes: tuple[str, ...], rng: np.random.Generator, n: int) -> np.ndarray:
    """Mostly registered directly or decoupled, else one of the supervising units."""
    shares = [1.0 if code not in ("直接登记", "已脱钩") else 4.0 for code in codes]
    shares[codes.index("不适用")] = 0.0
    return pick(rng, np.array(shares), n)


def chosen(able: np.ndarray, number: int, rng: np.random.Generator) -> np.ndarray:
    """True for that many of the able ones."""
    chosen = np.zeros(len(able), bool)
    chosen[rng.choice(np.flatnonzero(able), number, replace=False)] = True
    return chosen
