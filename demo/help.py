"""The kind of help of each record, and the six schools and their children of the article."""

import numpy as np

from demo import plan, reference
from demo.chance import stream
from demo.project import HELP, Project
from demo.quarters import day
from demo.subjects import AGES

TYPES = [
    "扶贫济困",
    "扶老",
    "救孤",
    "助学",
    "救医",
    "扶智",
    "扶志",
    "疾病筛查",
    "免费治疗",
    "康复服务",
    "产业帮扶",
    "技能培训",
    "小额信贷",
    "能源替代",
    "文艺服务",
]
SUITED = {  # the ages some kinds of help are for; the others are for any
    "扶老": ("60+",), "救孤": ("0-6", "7-15"), "助学": ("0-6", "7-15"), "扶智": ("7-15", "16-59"),
    "扶志": ("7-15", "16-59", "60+"), "产业帮扶": ("16-59", "60+"), "技能培训": ("16-59",), "小额信贷": ("16-59",),
}  # fmt: skip
INSTEAD = {"0-6": "扶贫济困", "7-15": "助学", "16-59": "扶贫济困", "60+": "扶老"}  # where a sector has none for the age
FIRST_CHOICE = 0.55  # of a sector's help types
SCREENING, TREATMENT, THERAPY, CREDIT = (TYPES.index(name) for name in ("疾病筛查", "免费治疗", "康复服务", "小额信贷"))
HOUSEHOLD, GROUP, PUPILS = 1, 2, 8


def help_of(records: dict, sector: np.ndarray, programme: np.ndarray, rng) -> tuple[np.ndarray, np.ndarray]:
    """(help type, 分 that reached the person or -1); microcredit goes to registered households only."""
    n = len(sector)
    kinds = np.zeros(n, np.int64)
    luck = rng.random(n)
    for name, choices in HELP.items():
        for age in range(-1, len(AGES)):
            rows = np.flatnonzero((sector == name) & (records["age"] == age))
            codes, shares = _suited(choices, age)
            kinds[rows] = codes[np.searchsorted(np.cumsum(shares), luck[rows], side="right").clip(max=len(codes) - 1)]
    lent = (programme == "PG-GRAMEEN") & (records["kind"] == HOUSEHOLD) & (records["category"] <= 1)
    kinds = np.where(lent, CREDIT, kinds)
    loans = rng.integers(10, 41, n) * 50_000
    return kinds, np.where(lent, loans, -1)


def _suited(choices: tuple[str, ...], age: int) -> tuple[np.ndarray, np.ndarray]:
    """The help types of a sector for an age (-1: not known, or a household) and their shares."""
    own = [name for name in choices if age < 0 or AGES[age] in SUITED.get(name, AGES)]
    own = own or [INSTEAD[AGES[age]]]
    shares = np.array([FIRST_CHOICE, *[(1 - FIRST_CHOICE) / max(len(own) - 1, 1)] * (len(own) - 1)])
    return np.array([TYPES.index(name) for name in own]), shares / shares.sum()


def schools(projects: list[Project]) -> dict[str, np.ndarray]:
    """Records of the hospital's visits: six schools screened, a smaller number treated and given therapy after."""
    rng = stream("schools")
    number = next(
        at for at, project in enumerate(projects) if project.programme == "PG-QIANSHOU" and not project.serves
    )
    counties = [reference.county_of(code) for code in ("533401", "533401", "533422", "533423", "533423", "533422")]
    rows, school = [], 0
    for year, month, date, visited in plan.SCREENING_VISITS:
        for _ in range(visited):
            subject = 900_000_000 + school
            when, heads = day(year, month, date), plan.SCHOOLS[school]
            rows.append((subject, counties[school], when, heads, SCREENING))
            rows.append((subject + 100, counties[school], when + 3, int(heads * rng.uniform(0.015, 0.03)), TREATMENT))
            rows.append((subject + 200, counties[school], when + 5, int(heads * rng.uniform(0.006, 0.012)), THERAPY))
            school += 1
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    same = {"unit": reference.unit_of("533400"), "category": PUPILS, "kind": GROUP, "sex": 0, "age": -1,
            "ethnic": -1, "times": 1, "cents": -1, "project": number, "org": projects[number].lead}  # fmt: skip
    return {**dict(zip(("subject", "county", "date", "heads", "help"), columns, strict=True)),
            **{name: np.full(len(rows), value) for name, value in same.items()}}  # fmt: skip
