"""The projects of the named programmes: donations, eco counties, grants, 三区/牵手, microcredit, model kitchen."""

import numpy as np

from demo import plan, reference
from demo.chance import stream
from demo.columns import NEVER
from demo.orgs import Organizations
from demo.project import HELP, UNITS, Pools, Project
from demo.quarters import END_2018, END_2019, day
from demo.workdays import on_or_after, on_or_before

PLANNED_LAST = day(2020, 12, 20)  # the programmes outlast the demo
GRANT_NAMES = {"ZY": "PG-ZYCZ", "FC": "PG-FCGYJ"}
GRANT_YEARS = {  # approved from, started from, planned end from; ended from (or not yet)
    "2018": ((2018, 5, 8), (2018, 8, 1), (2019, 6, 10), (2019, 5, 20)),
    "2019": ((2019, 5, 8), (2019, 8, 1), (2020, 8, 10), None),
    "2020H1": ((2020, 4, 8), (2020, 5, 12), (2021, 4, 10), None),
}


def build(orgs: Organizations, pools: Pools) -> list[Project]:
    """All projects of named programmes; need and name are still to be filled in."""
    rng = stream("programmes")
    projects = [
        *_donations(orgs),
        *_eco(orgs),
        *_grants(rng),
        *_agreements(orgs),
        *_social_work(rng),
        *_microcredit(rng),
    ]
    for project in projects:
        project.special = True
        project.executor = pools.leader(project.unit, rng)
        if project.lead < 0:
            project.lead = project.executor
        else:
            project.partners = [*project.partners, *([project.executor] if project.has_gifts or project.serves else [])]
        project.supervisor = project.supervisor or UNITS[project.sector][0]
        project.aid = project.aid or HELP[project.sector][:2]
        first = project.start - int(rng.integers(70, 120)) if project.granted == NEVER else project.granted - 60
        project.posted, project.matched = on_or_before(np.array([first, first + 30])).tolist()
    return projects


def _donations(orgs: Organizations) -> list[Project]:
    """同心圆梦: one project a receiving prefecture, over its poverty counties."""
    lead = orgs.find("云南海外联谊会")
    return [
        Project(reference.unit_of(code), poverty_counties(code)[:8], "教育扶贫", day(2018, 1, 15 + at), PLANNED_LAST,
                programme="PG-TXYM", supervisor="省委统战部", lead=lead, has_gifts=False)
        for at, code in enumerate(plan.TX)
    ]  # fmt: skip


def _eco(orgs: Organizations) -> list[Project]:
    """绿色生态产业发展示范项目: one project a prefecture, over its share of the 20 counties."""
    by_name = {row["name_zh"]: at for at, row in enumerate(reference.counties())}
    by_name |= {row["short_zh"]: at for at, row in enumerate(reference.counties())}
    counties = np.array([by_name[name] for name in plan.ECO_COUNTIES])
    units = reference.county_units()[counties]
    leads, partner = [orgs.find(name) for name in plan.ECO_LEADS], orgs.find("云南省林业协会")
    return [
        Project(int(unit), counties[units == unit].tolist(), "生态扶贫", day(2018, 1, 8), PLANNED_LAST,
                programme="PG-STFP", lead=leads[at % 2], partners=[partner] if at < 2 else [], has_gifts=False)
        for at, unit in enumerate(np.unique(units))
    ]  # fmt: skip


def _grants(rng: np.random.Generator) -> list[Project]:
    """中央财政 and 福彩公益金 projects, one an approved amount."""
    projects = []
    for (kind, period), places in plan.GRANTS.items():
        approved, started, planned, ended = GRANT_YEARS[period]
        for code, amounts in places.items():
            for amount in amounts:
                unit, later = reference.unit_of(code), rng.integers(0, 30, 4)
                granted = int(on_or_after(day(*approved) + later[3:])[0])
                county = int(rng.choice(poverty_counties(code)))
                sector = "社工服务" if rng.random() < 0.6 else "扶贫济困"
                projects.append(
                    Project(unit, [county], sector, day(*started) + int(later[0]), day(*planned) + int(later[1]),
                            end=day(*ended) + int(later[2]) if ended else NEVER, programme=GRANT_NAMES[kind],
                            supervisor="省民政厅", grant=amount * 10_000, granted=granted)
                )  # fmt: skip
    return projects


def _agreements(orgs: Organizations) -> list[Project]:
    """What the article tells of three named organizations; no money and no persons are invented for them."""
    diqing = poverty_counties("533400")
    children = Project(reference.unit_of("533400"), diqing, "健康扶贫", day(2018, 8, 20), PLANNED_LAST,
                       programme="PG-QIANSHOU", supervisor="省民政厅", lead=orgs.find("复旦大学附属儿科医院社工部"),
                       cross="上海", resources=("技术", "人才"), aid=("疾病筛查", "免费治疗", "康复服务"),
                       has_gifts=False, serves=False)  # fmt: skip
    ninglang = Project(reference.unit_of("530700"), [reference.county_of("530724")], "产业扶贫", day(2019, 6, 3),
                       PLANNED_LAST, programme="PG-NLXY", lead=orgs.find("中国建筑金属结构协会"),
                       cross="全国性组织", resources=("项目",), has_gifts=False, serves=False)  # fmt: skip
    kitchens = Project(reference.unit_of("532900"), [reference.county_of("532901")], "扶贫济困", day(2018, 3, 8),
                       PLANNED_LAST, programme="PG-CFGM", supervisor="省妇联", lead=orgs.find("大理州女企业家协会"),
                       model_from=day(2018, 11, 20), aid=("扶贫济困",), has_gifts=False, serves=False)  # fmt: skip
    more = [
        Project(kitchens.unit, [reference.county_of(code)], "扶贫济困", day(2019, 3, 1), PLANNED_LAST,
                programme="PG-CFGM", supervisor="省妇联", aid=("扶贫济困",))
        for code in ("532925", "532929")
    ]  # fmt: skip
    return [children, ninglang, kitchens, *more]


def _social_work(rng: np.random.Generator) -> list[Project]:
    """三区 and 牵手: as many poverty counties as the plan says, all seven of 怒江 and 迪庆 among them."""
    projects = []
    for code, reached in plan.SANQU_COUNTIES.items():
        counties = rng.permutation(poverty_counties(code)).tolist()
        for first, last, (early, late) in zip(
            (0, *reached[:2]), reached,
            ((day(2018, 1, 20), END_2018 - 60), (day(2019, 2, 1), END_2019 - 60), (day(2020, 4, 1), day(2020, 6, 20))),
            strict=True,
        ):  # fmt: skip
            if code == plan.LATE_DEHONG and first != last and early >= END_2019:
                continue
            for at in range(first, last, 2):
                start = int(rng.integers(early, late))
                programme = "PG-QIANSHOU" if at % 4 == 2 else "PG-SANQU"
                projects.append(
                    Project(reference.unit_of(code), counties[at : min(at + 2, last)], "社工服务", start,
                            start + 500, end=start + 480 + int(rng.integers(0, 120)), programme=programme,
                            cross="上海" if programme == "PG-QIANSHOU" else "无", resources=("人才",))
                )  # fmt: skip
    return projects


def _microcredit(rng: np.random.Generator) -> list[Project]:
    """格莱珉模式: one pilot a county."""
    projects = []
    for code in plan.MICROCREDIT_COUNTIES:
        county = reference.county_of(code)
        start = day(2018, 4, 10) + int(rng.integers(0, 60))
        unit = int(reference.county_units()[county])
        projects.append(Project(unit, [county], "金融扶贫", start, PLANNED_LAST, programme="PG-GRAMEEN"))
    return projects


def poverty_counties(prefecture_code: str) -> list[int]:
    """The county numbers of a prefecture's poverty counties; all its counties if it has none."""
    own = [(at, row) for at, row in enumerate(reference.counties()) if row["prefecture_code"] == prefecture_code]
    poor = [at for at, row in own if row["is_poverty_county"] == "1"]
    return poor or [at for at, _ in own]
