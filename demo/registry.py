"""Dates of registration and deregistration of organizations, and the other facts of the registration authority."""

import numpy as np

from demo import plan, reference
from demo.chance import ranks, split, within
from demo.columns import NEVER
from demo.named import NAMED, OUTSIDE
from demo.quarters import END_2019, END_2020H1, day
from demo.workdays import working

DEPARTMENTS = {  # field of activity -> what supervises it at the province
    "科技研究": ("省科协",), "生态环境": ("省林业厅（林草局）",), "教育": ("省教育厅",), "卫生": ("省卫生健康委",),
    "社会服务": ("省民政厅", "省妇联"), "文化": ("省文联",), "体育": ("省民政厅",), "法律": ("省民政厅",),
    "工商业服务": ("省工商联", "省商务厅"), "宗教": ("省委统战部",), "农业及农村发展": ("省农业农村厅", "省扶贫办"),
    "职业及从业者组织": ("省住房城乡建设厅",), "国际及其他涉外组织": ("省委统战部",), "其他": ("省民政厅", "省扶贫办"),
}  # fmt: skip


def lives(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(unit, registered, ended) of every organization not named in the article."""
    alive = plan.PLAN["orgs"].astype(np.int64)
    for named in NAMED[:-OUTSIDE]:
        alive[reference.unit_of(named.prefecture)] -= 1
    gone = [split(number, alive) for number in plan.DEREGISTERED]
    new = [split(number, alive) for number in plan.REGISTERED]
    parts = []
    for unit in range(17):
        n = int(alive[unit] + gone[0][unit] + gone[1][unit] + new[2][unit])
        registered, ended = working(rng, day(2001, 1, 1), day(2017, 12, 31), n), np.full(n, NEVER)
        at = int(alive[unit])
        for year, number in ((2018, new[0][unit]), (2019, new[1][unit])):
            registered[at - number : at] = working(rng, day(year, 1, 4), day(year, 12, 28), number)
            at -= number
        ended[: gone[2][unit]] = working(rng, END_2019 + 1, END_2020H1, gone[2][unit])
        at = int(alive[unit])
        for year, number in ((2018, gone[0][unit]), (2019, gone[1][unit])):
            ended[at : at + number] = working(rng, day(year, 1, 4), day(year, 12, 30), number)
            at += number
        registered[at:] = working(rng, END_2019 + 3, END_2020H1 - 3, n - at)
        order = rng.permutation(n)
        parts.append((np.full(n, unit), registered[order], ended[order]))
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))  # type: ignore[return-value]


def counties(unit: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The registering county; -1 for those registered by a prefecture or the province."""
    county = np.full(len(unit), -1)
    for unit_number in range(16):
        own = np.flatnonzero(reference.county_units() == unit_number)
        mine = np.flatnonzero(unit == unit_number)
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
    recognized[own] = np.sort(working(rng, day(2016, 9, 1), END_2020H1, len(own)))
    public = own[: 3 * plan.FUNDRAISERS : 3]
    fundraising[public] = np.minimum(recognized[public] + within(rng, 0, 500, len(public)), END_2020H1)
    return recognized, fundraising


def tax_years(unit: np.ndarray, kind: np.ndarray, registered: np.ndarray, ended: np.ndarray,
              rng: np.random.Generator) -> list[tuple[int, ...]]:  # fmt: skip
    """The years of provincial tax-deduction status: 25 organizations in 2018, 27 in 2019, 28 in 2020."""
    years: list[tuple[int, ...]] = [()] * len(unit)
    able = np.flatnonzero((unit == 16) & (kind != 1) & (ended == NEVER) & (registered < day(2017, 1, 1)))
    lists = [(2018, 2019, 2020)] * 22 + [(2018, 2019)] * 3 + [(2019, 2020)] * (plan.TAX_2019 - 25) + [(2020,)] * 4
    for number, status_years in zip(rng.choice(able, len(lists), replace=False), lists, strict=True):
        years[number] = status_years
    return years


def supervisors(codes: tuple[str, ...], unit: np.ndarray, fields: list[str], rng: np.random.Generator) -> np.ndarray:
    """A provincial department by the field for half of those the province registers; the others have none."""
    direct, free = codes.index("直接登记"), codes.index("已脱钩")
    none = np.where(rng.random(len(unit)) < 0.55, direct, free)
    luck = rng.random(len(unit))
    choices = [[codes.index(department) for department in DEPARTMENTS[field]] for field in fields]
    own = np.array([suited[int(at * len(suited))] for suited, at in zip(choices, luck, strict=True)])
    return np.where((unit == 16) & (rng.random(len(unit)) < 0.55), own, none)


def chosen(able: np.ndarray, number: int, rng: np.random.Generator) -> np.ndarray:
    """True for that many of the able ones."""
    chosen = np.zeros(len(able), bool)
    chosen[rng.choice(np.flatnonzero(able), number, replace=False)] = True
    return chosen
