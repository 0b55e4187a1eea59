"""Persons, households and groups that are helped: heads, county, and rough shares of sex, age and ethnic group."""

from dataclasses import dataclass

import numpy as np

from demo import reference
from demo.chance import pick

PERSON, HOUSEHOLD, GROUP = range(3)
SUBJECT_TYPES = ("个人", "家庭", "集体")
CATEGORIES = [
    "建档立卡未脱贫",
    "建档立卡已脱贫",
    "边缘易致贫户",
    "农村低保对象",
    "特困供养人员",
    "孤儿及事实无人抚养儿童",
    "留守儿童",
    "残疾人",
    "在校学生",
    "其他",
]
OTHERS = np.array([0, 0, 0.22, 0.22, 0.07, 0.05, 0.14, 0.14, 0.14, 0.02])  # the categories not registered
CHILDREN = (5, 6, 8)  # orphans, left-behind children, pupils
STILL_POOR = {"2018": 0.56, "2019": 0.31, "2020H1": 0.12}
AGES = ("0-6", "7-15", "16-59", "60+")
HOUSEHOLDS, OTHER_SHARE = 0.30, 0.072
ETHNIC = {  # GB/T 3304 codes and rough shares; the rest is 01
    "530100": {7: 0.2, 3: 0.08, 6: 0.05}, "530600": {6: 0.1, 7: 0.08, 3: 0.06}, "530300": {7: 0.1, 6: 0.04, 3: 0.04},
    "530400": {7: 0.3, 18: 0.06, 16: 0.08}, "530500": {7: 0.06, 18: 0.03, 20: 0.04}, "532300": {7: 0.42, 6: 0.05},
    "532500": {16: 0.3, 7: 0.26, 6: 0.12, 18: 0.04, 13: 0.04}, "532600": {8: 0.33, 6: 0.22, 7: 0.12, 13: 0.03},
    "530800": {16: 0.18, 7: 0.18, 24: 0.16, 21: 0.09, 18: 0.06},
    "532800": {18: 0.3, 16: 0.22, 24: 0.07, 34: 0.06, 56: 0.03},
    "532900": {14: 0.34, 7: 0.18, 3: 0.03}, "533100": {18: 0.3, 28: 0.22, 46: 0.03, 39: 0.05, 20: 0.05},
    "530700": {27: 0.22, 7: 0.32, 20: 0.14, 40: 0.03}, "533300": {20: 0.55, 14: 0.16, 42: 0.1, 40: 0.05, 51: 0.03},
    "533400": {4: 0.37, 20: 0.3, 27: 0.12, 14: 0.04, 7: 0.03},
    "530900": {21: 0.2, 7: 0.18, 18: 0.1, 24: 0.07, 34: 0.03},
}  # fmt: skip


@dataclass
class Subjects:
    """Persons, households and groups of one prefecture; one element each."""

    kind: np.ndarray
    heads: np.ndarray
    county: np.ndarray
    luck: np.ndarray  # 0..1, decides when a household leaves poverty
    sex: np.ndarray
    age: np.ndarray
    ethnic: np.ndarray


def drawn(unit: int, n: int, rng: np.random.Generator) -> Subjects:
    """Enough subjects for all periods, spread over the counties by need."""
    own = np.flatnonzero(reference.county_units() == unit)
    kind = np.where(rng.random(n) < HOUSEHOLDS, HOUSEHOLD, PERSON)
    heads = np.where(kind == HOUSEHOLD, 2 + pick(rng, (0.18, 0.24, 0.28, 0.16, 0.1, 0.04), n), 1)
    county = own[pick(rng, reference.county_weights()[own], n)]
    sex = np.where(kind == PERSON, pick(rng, (0.0, 0.505, 0.475, 0.02), n), 0)
    age = np.where((kind == PERSON) & (rng.random(n) > 0.04), pick(rng, (0.06, 0.19, 0.55, 0.2), n), -1)
    shares = ETHNIC[reference.unit_codes()[unit]]
    codes = np.array([1, *shares])
    ethnic = codes[pick(rng, np.array([1 - sum(shares.values()), *shares.values()]), n)]
    return Subjects(kind, heads, county, rng.random(n), sex, age, np.where(rng.random(n) < 0.05, -1, ethnic))
