"""The kind of help of each record, and the six schools and their children of the article."""

import numpy as np

from yunnan.demo import plan, reference
from yunnan.demo.chance import stream
from yunnan.demo.project import HELP, Project
from yunnan.demo.quarters import day

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
FIRST_CHOICE = 0.55  # of a sector's help types
SCREENING, TREATMENT, THERAPY, CREDIT = (TYPES.index(name) for name in ("疾病筛查", "免费治疗", "康复服务", "小额信贷"))
HOUSEHOLD, GROUP, PUPILS = 1, 2, 8


def help_of(found: dict, sector: np.ndarray, programme: np.ndarray, rng) -> tuple[np.ndarray, np.ndarray]:
    """(help type, 分 that reached the person or -1); microcredit goes to registered households only."""
    n = len(sector)
    kinds = np.zeros(n, np.int64)
    luck = rng.random(n)
    for name, choices in HELP.items():
        rows = np.flatnonzero(sector == name)
        codes = np.array([TYPES.index(one) for one in choices])
        rest = 1 + np.floor((luck[rows] - FIRST_CHOICE) / (1 - FIRST_CHOICE) * (len(codes) - 1)).astype(np.int64)
        kinds[rows] = codes[np.where(luck[rows] < FIRST_CHOICE, 0, rest.clip(0))]
    lent = (programme == "PG-GRAMEEN") & (found["kind"] == HOUSEHOLD) & (found["category"] <= 1)
    kinds = np.where(lent, CREDIT, kinds)
    loans = rng.integers(10, 41, n) * 50_000
    return kinds, np.where(lent, loans, -1)


def schools(projects: list[Project]) -> dict[str, np.ndarray]:
    """Records of the hospital's visits: six schools screened, a smaller number treated and given therapy after."""
    rng = stream("schools")
    number = next(at for at, one in enumerate(projects) if one.programme == "PG-QIANSHOU" and not one.serves)
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
