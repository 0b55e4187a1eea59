"""All facts about every organization, each with its date; asof.py selects those that a snapshot may show."""

from dataclasses import dataclass

import numpy as np

from demo import credit, naming, plan, reference, registry, workdays
from demo.chance import numbered, pick, ranks, stream, within
from demo.columns import NEVER
from demo.named import NAMED, OUTSIDE
from demo.party import UNCOVERED, party_facts, staged
from demo.quarters import END_2019, END_2020H1, day

KINDS = ("社会团体", "社会服务机构", "基金会", "其他机构")
ENDED = ("注销", "撤销")
OCCASIONS, OCCASION_SHARES = ("年检", "抽查", "评估", "换届"), (0.62, 0.1, 0.08, 0.2)
RATINGS, RATING_SHARES = ("5A", "4A", "3A", "2A", "1A"), (0.06, 0.2, 0.5, 0.16, 0.08)
FIELDS = {  # field of activity: share
    "科技研究": 0.04,
    "生态环境": 0.02,
    "教育": 0.22,
    "卫生": 0.04,
    "社会服务": 0.14,
    "文化": 0.1,
    "体育": 0.08,
    "法律": 0.01,
    "工商业服务": 0.11,
    "宗教": 0.01,
    "农业及农村发展": 0.15,
    "职业及从业者组织": 0.04,
    "国际及其他涉外组织": 0.002,
    "其他": 0.038,
}
LEVELS = ("省级", "州市级", "县级")
SUPERVISORS = reference.dimension("supervising_unit")


@dataclass(frozen=True)
class Organizations:
    """One element per organization in every array; unit 17 is outside Yunnan; dates are days, NEVER if none."""

    ids: list[str]
    names: list[str]
    credit_codes: list[str | None]
    kind: np.ndarray
    levels: list[str]
    authorities: list[str]
    prefectures: list[str]
    unit: np.ndarray
    county: np.ndarray
    supervisor: np.ndarray
    field: np.ndarray
    registered: np.ndarray
    ended: np.ndarray
    end_status: np.ndarray
    abnormal: np.ndarray
    mode: np.ndarray
    covered: np.ndarray
    worked: np.ndarray
    standardized: np.ndarray
    members: np.ndarray
    synced: np.ndarray  # 3 x n: registration, inspection, rating
    inspections: np.ndarray  # 3 x n: 2018, 2019, 2020; 0 合格 1 基本合格 2 不合格 3 未参检, -1 unknown
    rating: np.ndarray
    rated: np.ndarray
    charity: np.ndarray
    fundraising: np.ndarray
    tax_years: list[tuple[int, ...]]
    occasion: np.ndarray
    publicity: np.ndarray
    staff: np.ndarray
    social_work: np.ndarray
    named: np.ndarray

    def find(self, name: str) -> int:
        """The number of an organization by its name."""
        return self.names.index(name)


def build() -> Organizations:
    """All organizations that ever appear, the named ones last."""
    rng = stream("organizations")
    unit, registered, ended = registry.lives(rng)
    n = len(unit)
    kind = np.where(unit == 16, pick(rng, (0.5, 0.4, 0.1), n), pick(rng, (0.48, 0.516, 0.004), n))
    county = registry.counties(unit, rng)
    kind = np.where((kind == 2) & (county >= 0), 0, kind)  # no county registers foundations
    field = pick(rng, np.array(list(FIELDS.values())), n)
    fields = [list(FIELDS)[number] for number in field]
    level = np.array(LEVELS)[np.where(unit == 16, 0, np.where(county < 0, 1, 2))].tolist()
    codes = reference.unit_codes()
    prefectures = [codes[number] for number in unit]
    authorities = [reference.county_codes()[c] if c >= 0 else p for c, p in zip(county, prefectures, strict=True)]
    alive = ended > END_2019
    party = party_facts(unit, registered, alive, rng)
    rated = np.where(rng.random(n) < 0.18, workdays.on_or_after(within(rng, day(2016, 1, 1), END_2020H1, n)), NEVER)
    rated = np.where(rated > registered, rated, NEVER)
    charity, fundraising = registry.charity(unit, kind, registered, ended, rng)
    publicity = staged(ranks(unit * 2 + alive, rng), plan.PLAN["told"][unit], plan.PUBLICITY_LEVELS,
                       registered, rng, day(2017, 1, 1), 0.45)  # fmt: skip
    arrays = {
        "kind": kind, "unit": unit, "county": county,
        "supervisor": registry.supervisors(SUPERVISORS, unit, fields, rng), "field": field,
        "registered": registered, "ended": ended, "end_status": pick(rng, (0.85, 0.15), n),
        "abnormal": np.where(rng.random(n) < 0.022, within(rng, day(2016, 1, 1), day(2021, 6, 30), n), NEVER),
        **party,
        "synced": rng.random((3, n)) < plan.PLAN["sync"][unit],
        "inspections": np.stack([registry.inspections(unit, level_, rng) for level_ in plan.PASS_BY_YEAR]),
        "rating": pick(rng, RATING_SHARES, n), "rated": rated, "charity": charity, "fundraising": fundraising,
        "occasion": pick(rng, OCCASION_SHARES, n), "publicity": publicity,
        "staff": np.minimum(np.exp(rng.normal(1.9, 0.9, n)).astype(np.int64) + 1, 400),
        "social_work": registry.chosen(kind == 1, plan.SOCIAL_WORK_ORGS, rng), "named": np.zeros(n, bool),
    }  # fmt: skip
    tax = registry.tax_years(unit, kind, registered, ended, rng)
    return _with_named(arrays, level, authorities, prefectures, tax)


def _with_named(arrays: dict, levels: list, authorities: list, prefectures: list, tax: list) -> Organizations:
    """The arrays with the named organizations appended, about whom nothing is known but what named.py says."""
    n, more = len(levels), len(NAMED)
    unknown = {"unit": [_unit(named.prefecture) for named in NAMED],
               "kind": [min(named.kind, 4) - 1 for named in NAMED],
               "county": -1, "supervisor": [SUPERVISORS.index(named.supervisor) for named in NAMED], "field": -1,
               "registered": day(2000, 1, 1), "end_status": 0, "mode": UNCOVERED, "members": -1, "synced": False,
               "inspections": -1, "rating": -1, "occasion": -1, "staff": -1, "social_work": False,
               "named": True}  # fmt: skip
    for name, values in arrays.items():
        shape = (*values.shape[:-1], more)
        tail = np.broadcast_to(np.asarray(unknown.get(name, NEVER)), shape)
        arrays[name] = np.concatenate([values, tail.astype(values.dtype)], axis=-1)
    levels = levels + [named.level for named in NAMED]
    authorities = authorities + [named.authority for named in NAMED]
    kinds = np.where(arrays["kind"] == 3, 9, arrays["kind"] + 1).tolist()
    codes: list[str | None] = list(credit.codes(kinds, authorities, np.arange(n + more) + 1))
    codes[-1] = None  # the hospital department has no code of its own
    home = numbered("O", np.arange(n + more - OUTSIDE) + 1, 6)
    away = numbered("X", np.arange(OUTSIDE) + 1, 6)
    names = naming.names(arrays["field"], arrays["kind"], authorities, stream("names"))
    return Organizations(ids=[*home.astype(str), *away.astype(str)], names=names,
                         credit_codes=codes, levels=levels, authorities=authorities,
                         prefectures=prefectures + [named.prefecture for named in NAMED],
                         tax_years=tax + [()] * more, **arrays)  # fmt: skip


def _unit(prefecture: str) -> int:
    return reference.unit_of(prefecture) if prefecture in reference.unit_codes() else 17
