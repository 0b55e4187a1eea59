"""All needs and projects: those of the named programmes, and ordinary ones so that the plan's counts hold."""

from collections import Counter

import numpy as np

from demo import plan, programmes, reference, workdays
from demo.chance import stream
from demo.columns import NEVER
from demo.orgs import Organizations
from demo.project import HELP, SECTORS, UNITS, Pools, Project
from demo.quarters import END_2018, END_2019, END_2020H1, day

ENDS = (END_2018, END_2019, END_2020H1)
STARTS = {2018: (day(2017, 6, 1), END_2018 - 40), 2019: (day(2019, 1, 10), END_2019 - 40),
          2020: (day(2020, 1, 10), END_2020H1 - 15)}  # fmt: skip
PROGRAMMES = {  # of ordinary projects: programme, share
    "科技扶贫": ("PG-KJZL", 0.7),
    "文艺扶贫": ("PG-WYFP", 1.0),
    "产业扶贫": ("PG-QNCY", 0.35),
    "品牌建设": ("PG-YPCD", 0.8),
}
SHORT = {"产业扶贫": "产业帮扶", "品牌建设": "品牌建设", "社工服务": "社会工作服务", "扶贫济困": "扶贫济困"}

STORIES = {  # what a model case is told by: what was done and what came of it
    "科技扶贫": "科技特派员驻村、核桃提质增收",
    "文艺扶贫": "非遗技艺传习、绣娘居家就业",
    "教育扶贫": "结对助学、失学儿童返校",
    "产业扶贫": "合作社带户种植、订单保底收购",
    "品牌建设": "山货共用品牌、电商进村销售",
    "生态扶贫": "林下种植、护林又增收",
    "健康扶贫": "送医下乡、大病早筛早治",
    "金融扶贫": "小组联保、贷款发展养殖",
    "社工服务": "社工驻村、陪伴独居老人",
    "扶贫济困": "爱心超市、积分激励自立",
}


def build(orgs: Organizations, pools: Pools) -> list[Project]:
    """Every project in the order of its number; needs (money) are filled in by needs.py."""
    projects = programmes.build(orgs, pools)
    for unit in range(16):
        own = [project for project in projects if project.unit == unit]
        projects += _ordinary(unit, own, pools, stream(f"projects {unit}"))
    projects.sort(key=lambda project: (project.posted, project.unit))
    _mark_model_cases(projects)
    places = reference.counties()
    for number, project in enumerate(projects, start=1):
        has_story = project.model_from < NEVER and not project.special
        kind = STORIES[project.sector] if has_story else SHORT.get(project.sector, project.sector)
        project.name = project.name or f"{places[project.counties[0]]['short_zh']}{kind}项目（演示P{number:05d}）"
    return projects


def _ordinary(unit: int, special: list[Project], pools: Pools, rng: np.random.Generator) -> list[Project]:
    """Projects that fill the unit up to its planned number under way, and needs nobody has taken up."""
    run = _running(unit, special, rng)
    _overdue([*special, *run], run, plan.PLAN["ontime"][unit])
    _assign_sectors(unit, run, special, rng)
    _cross_province(unit, [*special, *run], run, rng)
    for project in run:
        project.executor = project.lead = pools.leader(unit, rng)
        project.partners = [other for other in (pools.leader(unit, rng), pools.leader(unit, rng))
                            if rng.random() < 0.2 and other != project.lead][:1]  # fmt: skip
        project.posted = int(workdays.on_or_before(project.start - int(rng.integers(35, 130))))
        project.matched = int(workdays.on_or_before(project.posted + int(rng.integers(10, 30))))
    waiting = _unmatched(unit, [*special, *run], rng)
    _assign_sectors(unit, waiting, [], rng)
    for project in waiting:
        project.executor = project.lead = pools.leader(unit, rng) if project.matched < NEVER else -1
    return run + waiting


def _running(unit: int, special: list[Project], rng: np.random.Generator) -> list[Project]:
    """Ordinary projects such that at each of the three ends the planned number is under way."""
    ratio = 1.0 if unit != reference.unit_of("532600") else 0.9
    goals = [max(6, round(plan.UNDER_WAY[year][unit] * ratio) + int(rng.integers(0, 2)))
             for year in (2018, 2019, 2020)]  # fmt: skip
    m18, m19, m20 = (
        max(0, goal - sum(project.runs_on(end) for project in special)) for goal, end in zip(goals, ENDS, strict=True)
    )
    long = round(0.25 * min(m18, m19, m20))
    half = (m19 - long) // 2
    groups = (  # number, year of start, first and last day of the end
        (long, 2018, NEVER, NEVER),
        (min(half, max(m20 - long, 0)), 2019, NEVER, NEVER),
        (m19 - long - min(half, max(m20 - long, 0)), 2019, day(2020, 2, 1), END_2020H1 - 3),
        (m18 - long, 2018, day(2019, 1, 20), END_2019 - 3),
        (max(0, m20 - long - half), 2020, NEVER, NEVER),
        (round(0.35 * goals[0]), 2018, day(2018, 6, 1), END_2018 - 3),
        (round(0.35 * goals[1]), 2019, day(2019, 7, 1), END_2019 - 3),
    )
    return [_project(unit, year, first, last, rng) for number, year, first, last in groups for _ in range(number)]


def _project(unit: int, year: int, first: int, last: int, rng: np.random.Generator) -> Project:
    """One project; first and last day of its end, NEVER if it outlasts the demo."""
    early, late = STARTS[year]
    if unit == reference.unit_of(plan.LATE_DEHONG):
        late, last = (
            min(late, day(2020, 3, 10)),
            last if last == NEVER or last < END_2019 else day(2020, 3, 28),
        )
    start = workdays.near(int(rng.integers(early, min(late, last - 100))), late)
    if last == NEVER:
        return Project(unit, _counties(unit, rng), "", start, max(start + 400, END_2020H1 + 60))
    end = int(rng.integers(max(first, start + 60), last + 1))
    planned = max(start + 40, end - int(rng.integers(-25, 25)))
    year_end = min(end_of_period for end_of_period in ENDS if end_of_period >= end)
    return Project(unit, _counties(unit, rng), "", start, min(planned, year_end), end=end)


def _counties(unit: int, rng: np.random.Generator) -> list[int]:
    """One to three counties, poverty counties first."""
    own = np.flatnonzero(reference.county_units() == unit)
    weights = reference.county_weights()[own]
    number = min(len(own), 1 + int(rng.random() < 0.3) + int(rng.random() < 0.12))
    return rng.choice(own, number, replace=False, p=weights / weights.sum()).tolist()


def _overdue(every: list[Project], run: list[Project], rate: float) -> None:
    """Move planned ends before the year's end until the share finished on time is the unit's."""
    for end in ENDS[:2]:
        due = [project for project in every if project.planned <= end]
        done = sum(project.end <= end for project in due)
        missing = round(done * (1 - rate) / rate) - (len(due) - done)
        late = sorted(
            (project for project in run if project.runs_on(end) and project.planned > end),
            key=lambda project: project.start,
        )
        for at, project in enumerate(late[: max(0, missing)]):
            project.planned = max(project.start + 30, end - 5 - at % 60)


def _assign_sectors(unit: int, projects: list[Project], others: list[Project], rng: np.random.Generator) -> None:
    """The sector least seen among the projects under way at the same ends, so that every end is varied."""
    allowed = _allowed(unit)
    turn = [allowed[at] for at in rng.permutation(len(allowed))]
    seen = {end: Counter(project.sector for project in others if project.runs_on(end)) for end in ENDS}
    for at, project in enumerate(projects):
        runs = [seen[end] for end in ENDS if project.runs_on(end)]
        turn.append(turn.pop(0))
        project.sector = min(turn, key=lambda sector: sum(counts[sector] for counts in runs))
        for counts in runs:
            counts[project.sector] += 1
        project.supervisor = UNITS[project.sector][at // len(turn) % len(UNITS[project.sector])]
        helps = HELP[project.sector]
        project.aid = tuple(dict.fromkeys((helps[0], helps[at % len(helps)])))
        programme, share = PROGRAMMES.get(project.sector, (None, 0.0))
        project.programme = programme if rng.random() < share else None


def _allowed(unit: int) -> list[str]:
    """Arts only in the article's five prefectures, finance only where microcredit is tried."""
    code = reference.unit_codes()[unit]
    pilots = {county[:4] + "00" for county in plan.MICROCREDIT_COUNTIES}
    barred = {"文艺扶贫"} if code not in plan.ARTS_UNITS else set()
    barred |= {"金融扶贫"} if code not in pilots else set()
    return [sector for sector in SECTORS if sector not in barred]


def _cross_province(unit: int, every: list[Project], run: list[Project], rng: np.random.Generator) -> None:
    """Three or more projects under way with the paired place at each end; none in 玉溪."""
    code = reference.unit_codes()[unit]
    pairing = reference.prefectures()[unit]["pairing_2017_2020"]
    if "上海" not in pairing and "广东" not in pairing:
        return
    wanted = plan.FEW_CROSS_PROVINCE.get(code, 3 + int(rng.integers(0, 2)))
    partner, programme = ("上海", "PG-HDXZ") if "上海" in pairing else ("广东", "PG-YDXZ")
    for end in ENDS:
        missing = wanted - sum(project.cross != "无" and project.runs_on(end) for project in every)
        able = [project for project in run if project.runs_on(end) and project.cross == "无"]
        for project in sorted(able, key=lambda project: -min(project.end, END_2020H1 + 1))[: max(0, missing)]:
            project.cross, project.programme = partner, project.programme or programme
            project.resources = ("资金", "技术", "人才", "项目")[: 1 + int(rng.integers(0, 4))]


def _unmatched(unit: int, projects: list[Project], rng: np.random.Generator) -> list[Project]:
    """Needs without a project, so that the share matched at the three ends is the unit's."""
    waiting: list[Project] = []
    rate = plan.PLAN["match"][unit]
    dehong = unit == reference.unit_of(plan.LATE_DEHONG)
    for end, start, share in zip(ENDS, (day(2017, 10, 1), END_2018 + 1, END_2019 + 1), (0.9, 1.0, 1.03), strict=True):
        posted = sum(project.posted <= end for project in [*projects, *waiting])
        matched = sum(project.matched <= end for project in [*projects, *waiting])
        last = min(end, day(2020, 3, 28)) if dehong else end
        while matched / posted > rate * share + 0.5 / posted:
            project = _waiting(unit, workdays.near(int(rng.integers(start, last + 1)), last), rng)
            waiting.append(project)
            posted, matched = posted + 1, matched + (project.matched <= end)
    return waiting


def _waiting(unit: int, posted: int, rng: np.random.Generator) -> Project:
    """A need without a start: some are being matched, some were withdrawn."""
    project = Project(unit, _counties(unit, rng), "", NEVER, NEVER, posted=posted)
    if rng.random() < 0.12:
        project.matched = int(workdays.on_or_before(project.posted + int(rng.integers(20, 120))))
    if rng.random() < 0.12:
        project.terminated = project.posted + int(rng.integers(150, 400))
    return project


def _mark_model_cases(projects: list[Project]) -> None:
    """One ordinary project a prefecture is shown as a model case, at the yearly exchange."""
    for unit in range(16):
        able = [
            project
            for project in projects
            if project.unit == unit and not project.special and project.start < day(2018, 9, 1)
        ]
        for project in able[3:4]:
            project.model_from = day(2019, 10, 15) if unit % 3 else day(2018, 11, 20)
