"""Activities: theme education, meetings and training to the plan's numbers, and the few the article tells of."""

import numpy as np

from demo import plan, reference
from demo.chance import pick, split, split_positive, stream, within
from demo.orgs import Organizations
from demo.project import Pools, Project
from demo.quarters import COUNT, END_2019, FIRST, LAST, PERIODS, QUARTERS_OF, day
from demo.workdays import on_or_after, working

TYPES = (
    "主题教育", "党群活动", "支部规范化验收", "政策宣讲", "领头雁培训", "文艺扶贫", "协调会议",
    "推进会", "典型案例交流", "供需对接会", "跨省交流", "协议签署", "牵手计划行动", "三区计划派遣",
)  # fmt: skip
CATEGORIES = ["党建", "政策宣传", "培训", "业务指导", "交流推进", "协议签署", "专家行动"]
CATEGORY_OF = (0, 0, 0, 1, 2, 3, 3, 4, 4, 4, 4, 5, 6, 6)
THEME, PARTY_DAY, BRANCH, POLICY, TRAINING, ARTS, COORDINATION, MEETING = range(8)
AGREEMENT, SCREENING, POSTING = 11, 12, 13
# Events of the whole province by quarter. Party days, branch checks, training and exchange: 161 in the first
# quarter of 2019, 63 in that of 2020 (without theme education, which had not begun or was over).
BY_QUARTER = {
    PARTY_DAY: (64, 92, 88, 104, 75, 118, 126, 140, 29, 96),
    BRANCH: (10, 14, 14, 18, 12, 18, 18, 22, 5, 16),
    POLICY: (70, 110, 90, 130, 84, 140, 120, 160, 30, 110),
    TRAINING: (36, 58, 56, 66, 40, 62, 62, 74, 16, 78),
    COORDINATION: (4, 5, 4, 6, 5, 6, 5, 7, 2, 6),
    MEETING: (20, 26, 22, 32, 34, 34, 32, 40, 13, 40),  # exchange of four kinds
}
EXCHANGE_SHARES = (0.3, 0.2, 0.3, 0.2)
ARTS_EVENTS = (2, 4, 4, 5, 3, 5, 5, 6, 1, 3)
PARTICIPANTS = {"2018": 15_300, "2019": 16_900, "2020H1": 7_100}  # of 领头雁 training
# Typical number of participants, share of Party members, local social workers, minorities, volunteers.
SIZES = {
    THEME: (28, 0.6, 0, 0.15, 0.05), PARTY_DAY: (45, 0.5, 0, 0.2, 0.2), BRANCH: (12, 0.8, 0, 0.1, 0),
    POLICY: (70, 0.25, 0.1, 0.2, 0.05), TRAINING: (60, 0.3, 0.66, 0.38, 0.22), COORDINATION: (25, 0.6, 0, 0.2, 0),
    MEETING: (85, 0.35, 0.2, 0.25, 0.1), POSTING: (8, 0.3, 0, 0.2, 0),
}  # fmt: skip
UNKNOWN = ("participants", "members", "local", "minority", "volunteers")
Rows = dict[str, np.ndarray]


def build(orgs: Organizations, projects: list[Project], pools: Pools) -> Rows:
    """One element per activity in every array; codes and numbers below zero mean none."""
    parts = [_theme(orgs)]
    for kind in (PARTY_DAY, BRANCH, POLICY, COORDINATION, MEETING, TRAINING):
        parts.append(_planned(kind, pools))
    parts += [_arts(orgs), _postings(projects), _screenings_and_agreement(orgs, projects)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _rows(kind: int | np.ndarray, **columns: np.ndarray | int) -> Rows:
    """Rows with every column; what is not given is unknown."""
    n = max(np.size(values) for values in (kind, *columns.values()))
    names = ("unit", "date", "org", "project", "county", "partner", *UNKNOWN)
    values = {name: columns.get(name, -1) for name in names} | {"kind": kind}
    return {name: np.broadcast_to(np.asarray(column, np.int64), n).copy() for name, column in values.items()}


def _attended(rng: np.random.Generator, kind: int, n: int, total: np.ndarray | None = None) -> Rows:
    """Participants and the groups among them."""
    typical, *shares = SIZES[kind]
    people = np.round(typical * rng.lognormal(0, 0.35, n)).astype(np.int64) + 3 if total is None else total
    parts = [np.floor(people * (share * rng.uniform(0.85, 1.15, n)).clip(max=1)).astype(np.int64) for share in shares]
    parts = [part if share else np.full(n, -1) for part, share in zip(parts, shares, strict=True)]
    return {"participants": people, **dict(zip(UNKNOWN[1:], parts, strict=True))}


def _theme(orgs: Organizations) -> Rows:
    """主题教育, June to December 2019: the planned share of each unit's covered organizations."""
    rng, chosen = stream("主题教育"), []
    alive = (orgs.registered <= END_2019) & (orgs.ended > END_2019)
    for unit in range(17):
        able = np.flatnonzero((orgs.unit == unit) & alive & (orgs.covered <= END_2019))
        chosen.append(rng.choice(able, round(len(able) * plan.PLAN["theme"][unit]), replace=False))
    org = np.concatenate(chosen)
    org = np.concatenate([org, rng.choice(org, len(org) // 10, replace=False)])  # some held two
    first = np.maximum(day(2019, 6, 5), orgs.registered[org] + 1)
    return _rows(THEME, unit=orgs.unit[org], date=working(rng, first, END_2019 - 1, len(org)), org=org,
                 county=orgs.county[org], **_attended(rng, THEME, len(org)))  # fmt: skip


def _planned(kind: int, pools: Pools) -> Rows:
    """Events whose number is planned by quarter (province) and by period (units)."""
    rng = stream(f"activities {TYPES[kind]}")
    unit, quarter = _spread(kind, rng)
    n = len(unit)
    org = np.array([rng.choice(pools.members[unit_number][:20]) for unit_number in unit])
    kinds = MEETING + pick(rng, EXCHANGE_SHARES, n) if kind == MEETING else np.full(n, kind)
    total = _trained(unit, quarter, rng) if kind == TRAINING else None
    partner = np.where(kinds == 10, np.where(np.isin(unit, GUANGDONG), 440_000, 310_000), -1)
    if kind == COORDINATION:
        org[:] = -1
    days = within if kind == POLICY else working  # policies are explained where people are, on market days as well
    return _rows(kinds, unit=unit, date=days(rng, FIRST[quarter], LAST[quarter], n), org=org, partner=partner,
                 county=np.where(rng.random(n) < 0.4, _any_county(unit, rng), -1),
                 **_attended(rng, kind, n, total))  # fmt: skip


def _spread(kind: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(unit, quarter) of every event: both margins of the plan hold; 德宏 has none in 2020Q2."""
    weights = plan.PLAN["exchange"] if kind == MEETING else np.r_[np.ones(16), 0.6]
    dehong = reference.unit_of(plan.LATE_DEHONG)
    units, quarters = [], []
    for period in PERIODS:
        span = QUARTERS_OF[period]
        numbers = [BY_QUARTER[kind][quarter] for quarter in span]
        total = split(sum(numbers), weights)
        deck = rng.permutation(np.repeat(np.arange(17), total))
        if period == "2020H1":
            deck = np.concatenate(
                [deck[deck == dehong][: numbers[0]], deck[deck != dehong], deck[deck == dehong][numbers[0] :]]
            )
        units.append(deck)
        quarters.append(np.repeat(np.array(span), numbers))
    unit, quarter = np.concatenate(units), np.concatenate(quarters)
    keep = ~((unit == dehong) & (quarter == COUNT - 1))
    return unit[keep], quarter[keep]


def _trained(unit: np.ndarray, quarter: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Participants of each training event: exact for the province, by the plan for the units."""
    people = np.zeros(len(unit), np.int64)
    for period in PERIODS:
        rows = np.flatnonzero(np.isin(quarter, QUARTERS_OF[period]))
        goals = np.array(plan.TRAINED) * plan.PLAN["train"]
        events = np.bincount(unit[rows], minlength=17)
        weights = (goals / np.maximum(events, 1))[unit[rows]] * rng.uniform(0.8, 1.2, len(rows))
        people[rows] = split_positive(PARTICIPANTS[period], weights)
    return people


def _arts(orgs: Organizations) -> Rows:
    """文艺扶贫 in the article's five prefectures, by its three associations; numbers are not known."""
    rng = stream("文艺扶贫")
    quarter = np.repeat(np.arange(COUNT), ARTS_EVENTS)
    n = len(quarter)
    units = np.array([reference.unit_of(code) for code in plan.ARTS_UNITS])
    leads = np.array([orgs.find(name) for name in plan.ARTS_ORGS])
    return _rows(ARTS, unit=units[np.arange(n) % 5], date=within(rng, FIRST[quarter], LAST[quarter], n),
                 org=leads[rng.permutation(np.arange(n) % 3)], participants=0)  # fmt: skip


def _postings(projects: list[Project]) -> Rows:
    """三区计划派遣: one at the start of each project."""
    rng = stream("三区计划派遣")
    own = [(number, project) for number, project in enumerate(projects) if project.programme == "PG-SANQU"]
    number, ours = np.array([number for number, _ in own]), [project for _, project in own]
    posted = on_or_after(np.array([project.start + 5 for project in ours]))
    return _rows(POSTING, unit=np.array([project.unit for project in ours]), date=posted,
                 org=np.array([project.lead for project in ours]), project=number,
                 county=np.array([project.counties[0] for project in ours]),
                 **_attended(rng, POSTING, len(own)))  # fmt: skip


def _screenings_and_agreement(orgs: Organizations, projects: list[Project]) -> Rows:
    """The four visits of the children's hospital and the agreement with 宁蒗; their dates are invented."""
    by_lead = {project.lead: number for number, project in enumerate(projects)}
    hospital, builders = orgs.find("复旦大学附属儿科医院社工部"), orgs.find("中国建筑金属结构协会")
    visits = np.array([day(*date) for *date, _ in plan.SCREENING_VISITS])
    diqing, lijiang = reference.unit_of("533400"), reference.unit_of("530700")
    parts = [
        _rows(SCREENING, unit=diqing, date=visits, org=hospital, project=by_lead[hospital], participants=0,
              partner=310_000),
        _rows(AGREEMENT, unit=lijiang, date=day(2019, 5, 16), org=builders, project=by_lead[builders], participants=0,
              county=reference.county_of("530724"), partner=100_000),
    ]  # fmt: skip
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _any_county(unit: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A county of each unit; none for 省本级."""
    county = np.full(len(unit), -1)
    for unit_number in range(16):
        rows = np.flatnonzero(unit == unit_number)
        county[rows] = rng.choice(np.flatnonzero(reference.county_units() == unit_number), len(rows))
    return county


GUANGDONG = [at for at, row in enumerate(reference.prefectures()) if "广东" in row["pairing_2017_2020"]]
