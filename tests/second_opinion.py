"""The indicators a second time: slow loops over rows, written from the Chinese definitions and not from the SQL.

Every function takes the tables, a place and the first and last day of a period, and returns (num, den).
A place is (level, code): ("province", "530000"), ("prefecture", "533300"), ("prefecture", "530000") for 省本级,
("county", "533301"), or ("own", "533300") for what a prefecture did not allocate to any county.
"""

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace as Row

HERE = Path(__file__).parent
ASOF = date(2020, 6, 30)
REFERENCE = HERE.parent / "data" / "reference"
TABLES = [
    "organizations",
    "projects",
    "project_locations",
    "funds",
    "beneficiaries",
    "activities",
    "policies",
    "reported_stats",
    "snapshot_manifest",
]
NUMBERS = {
    "amount_yuan", "need_amount_yuan", "share", "value", "headcount", "participants", "pop_census_2020",
}  # fmt: skip
FIVE_MODES = {"单独成立", "联合成立", "功能型党组织", "选派党建指导员", "挂靠组建"}
PROVINCE = ("province", "530000")
SANQU_SANZHOU = {"533300", "533400"}
LAW_BOOK = ["L002", "L003", "L004", "L005"]


def read(name: str, folder: Path = HERE / "snapshot") -> list[dict[str, str]]:
    """One CSV as it stands: text, empty where nothing is known."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def tables(texts: dict[str, list[dict[str, str]]]) -> Row:
    """The same rows with dates, numbers, lists and yes/no; None where nothing is known."""
    known = {name: [typed(row) for row in rows] for name, rows in texts.items()}
    for name in ("prefectures", "counties"):
        known[name] = [typed(row) for row in read(name, REFERENCE)]
    t = Row(**known)
    t.places_of = defaultdict(list)
    for location in t.project_locations:
        t.places_of[location.project_id].append(location)
    t.project = {project.project_id: project for project in t.projects}
    return t


def typed(row: dict[str, str]) -> Row:
    return Row(**{column: value_of(column, text) for column, text in row.items()})


def value_of(column: str, text: str | None):
    if not text:
        return None
    if column.endswith("_date"):
        return date.fromisoformat(text[:10])
    if column in NUMBERS:
        return Decimal(text)
    if text.startswith("["):
        return [item.strip() for item in text.strip("[]").split(",")]
    if column.startswith(("is_", "sync_")):
        return text in ("true", "1")
    return text


# Where things happened.


def inside(place, prefecture, county) -> bool:
    level, code = place
    if level == "province":
        return True
    if level == "prefecture":
        return prefecture == code
    if level == "county":
        return county == code
    return prefecture == code and county is None


def here(place, rows) -> list:
    return [row for row in rows if inside(place, row.prefecture_code, row.county_code)]


def share_of(t, place, project) -> Decimal:
    """How much of a project belongs to a place: all or nothing above the county, its share in a county."""
    level, code = place
    if level == "county":
        return sum((x.share for x in t.places_of[project.project_id] if x.county_code == code), Decimal(0))
    if level == "own":
        return Decimal(0)
    return Decimal(level == "province" or project.prefecture_code == code)


def projects_here(t, place) -> list:
    """跨县项目在州市按主实施州市计1次，在县重复计入各县。"""
    return [project for project in t.projects if share_of(t, place, project) > 0]


# What was going on, and when.


def by(day, end) -> bool:
    return day is not None and day <= end


def during(day, start, end) -> bool:
    return day is not None and start <= day <= end


def on_the_books(t, place, end) -> list:
    found = []
    for org in here(place, t.organizations):
        gone = by(org.deregistered_date, end)
        if org.is_yunnan and by(org.registered_date, end) and not gone:
            found.append(org)
    return found


def under_way(t, place, end) -> list:
    found = []
    for project in projects_here(t, place):
        finished = by(project.actual_end_date, end)
        if by(project.start_date, end) and not finished:
            found.append(project)
    return found


def signed(fund) -> Decimal:
    return -fund.amount_yuan if fund.is_reversal else fund.amount_yuan


def money(t, place, start, end, stage, sources=None) -> Decimal:
    total = Decimal(0)
    for fund in here(place, t.funds):
        if fund.stage == stage and during(fund.event_date, start, end):  # noqa: SIM102
            if sources is None or fund.source in sources:
                total += signed(fund)
    return total


def is_registered_poor(record) -> bool:
    return record.poverty_category in ("建档立卡未脱贫", "建档立卡已脱贫")


# P1 党建引领


def p1_01(t, place, start, end):
    orgs = on_the_books(t, place, end)
    covered = [o for o in orgs if o.party_cover_mode in FIVE_MODES and by(o.party_cover_date, end)]
    return len(covered), len(orgs)


def p1_02(t, place, start, end):
    orgs = on_the_books(t, place, end)
    return len([o for o in orgs if by(o.party_work_date, end)]), len(orgs)


def p1_03(t, place, start, end):
    return len([o for o in on_the_books(t, place, end) if during(o.party_cover_date, start, end)]), 1


def is_of_year(t, org, end) -> bool:
    """Whether an inspection is of the year, and the year that which the register has of most organizations."""
    years = Counter(int(o.inspection_year) for o in t.organizations if o.is_yunnan and o.inspection_year)
    of_year = org.inspection_year or (str(end.year) if org.inspection_result == "未参检" else None)
    return of_year == str(end.year) and (end.year, years[end.year]) == max(
        years.items(), key=lambda item: (item[1], item[0])
    )


def p1_04(t, place, start, end):
    matters = []
    for org in on_the_books(t, place, end):
        if during(org.registered_date, start, end):
            matters.append(org.sync_registration)
        if org.inspection_result in ("合格", "基本合格", "不合格") and is_of_year(t, org, end):
            matters.append(org.sync_inspection)
        if org.rating != "未评估" and by(org.rating_date, end):
            matters.append(org.sync_rating)
    told = [matter for matter in matters if matter is not None]  # left empty is unknown, and not a no
    if matters and not told:
        return None, len(matters)
    return told.count(True), len(told)


def is_filled(t, column, prefecture=None) -> bool:
    """Whether a prefecture or anybody has filled in a column of the register; also where none is registered."""
    orgs = [o for o in t.organizations if o.is_yunnan and prefecture in (None, o.prefecture_code)]
    return not orgs or any(getattr(o, column) for o in orgs)


def counted_of(t, orgs, column, is_counted):
    """How many there are; unknown where nobody in the province has filled in the column, and none of nobody."""
    return len([o for o in orgs if is_counted(o)]) if is_filled(t, column) or not orgs else None, 1


def of_filled(t, orgs, column, end):
    """Those that have the date, of those whose prefecture has filled in the column; unknown where none has."""
    known = [o for o in orgs if is_filled(t, column, o.prefecture_code)]
    if orgs and not known:
        return None, len(orgs)
    return len([o for o in known if by(getattr(o, column), end)]), len(known)


def p1_05(t, place, start, end):
    branches = []
    for org in on_the_books(t, place, end):
        has_branch = org.party_cover_mode in ("单独成立", "联合成立", "功能型党组织")
        if has_branch and by(org.party_cover_date, end):
            branches.append(org)
    return of_filled(t, branches, "branch_standardized_date", end)


def p1_06(t, place, start, end):
    studied = set()
    for activity in t.activities:
        if activity.activity_type == "主题教育" and during(activity.activity_date, start, end):
            studied.add(activity.org_id)
    covered = [o for o in on_the_books(t, place, end) if by(o.party_cover_date, end)]
    return len([o for o in covered if o.org_id in studied]), len(covered)


def p1_07(t, place, start, end):
    engaged = {fund.org_id for fund in t.funds if during(fund.event_date, start, end)}
    for project in t.projects:
        ended_before = project.actual_end_date is not None and project.actual_end_date < start
        if by(project.start_date, end) and not ended_before:
            engaged.add(project.lead_org_id)
    return len([o for o in on_the_books(t, place, end) if o.org_id in engaged]), 1


def p1_08(t, place, start, end):
    return money(t, place, start, end, "到账"), 1


def p1_09(t, place, start, end):
    largest = defaultdict(int)
    for record in here(place, t.beneficiaries):
        if is_registered_poor(record) and during(record.service_date, start, end):
            largest[record.subject_key] = max(largest[record.subject_key], record.headcount)
    return sum(largest.values()), 1


# P2 机制建设


def known_since(t, policy) -> date:
    """The day by which a document was certainly there: dated, of a year that it names, or carried out by another."""
    if policy.issue_date:
        return policy.issue_date
    if year := re.search(r"〔(20\d\d)〕", policy.doc_no or "") or re.search(r"(20\d\d)年", policy.title):
        return date(int(year[1]), 1, 1)
    children = [known_since(t, p) for p in t.policies if p.parent_policy_id == policy.policy_id]
    return min(children, default=ASOF)


def in_force(t, policy, end) -> bool:
    return policy.status == "现行" and known_since(t, policy) <= end


def p2_01(t, place, start, end):
    level, code = place
    found = [p for p in t.policies if level == "province" or p.prefecture_code == code]
    return len([p for p in found if in_force(t, p, end)]), 1


def p2_02(t, place, start, end):
    level, code = place
    done = due = 0
    for prefecture in t.prefectures:
        if level == "province" or prefecture.prefecture_code == code:
            followed = {
                policy.parent_policy_id
                for policy in t.policies
                if policy.prefecture_code == prefecture.prefecture_code
                and policy.level == "州市级"
                and policy.relation == "配套"
                and in_force(t, policy, end)
            }
            done += len(followed.intersection(LAW_BOOK))
            due += len(LAW_BOOK)
    return done, due


def p2_03(t, place, start, end):
    return of_filled(t, on_the_books(t, place, end), "publicity_date", end)


def p2_04(t, place, start, end):
    on_books = [o for o in on_the_books(t, place, end) if o.registered_date.year < end.year]
    due = [o for o in on_books if o.inspection_result != "不适用"]
    known = [org for org in due if is_of_year(t, org, end)]
    if due and not known:
        return None, len(due)
    return len([o for o in known if o.inspection_result in ("合格", "基本合格")]), len(known)


def p2_05(t, place, start, end):
    return counted_of(t, on_the_books(t, place, end), "charity_date", lambda o: by(o.charity_date, end))


def p2_06(t, place, start, end):
    return counted_of(
        t, on_the_books(t, place, end), "public_fundraising_date", lambda o: by(o.public_fundraising_date, end)
    )


def p2_07(t, place, start, end):
    def is_listed(org):
        return org.tax_deduction_level == "省级" and str(end.year) in (org.tax_deduction_years or [])

    return counted_of(t, on_the_books(t, place, end), "tax_deduction_years", is_listed)


def p2_08(t, place, start, end):
    level, code = place
    quarter = f"{end.year}Q{(end.month + 2) // 3}"
    stocks = [s for s in t.reported_stats if s.item_code == "SW_STOCK" and s.report_period <= quarter]
    latest = max((s.report_period for s in stocks), default=None)
    population = {p.prefecture_code: p.pop_census_2020 for p in t.prefectures}
    workers, residents = Decimal(0), Decimal(0)
    for stock in stocks:
        if stock.report_period == latest and (level == "province" or stock.prefecture_code == code):
            workers += stock.value
            residents += population[stock.prefecture_code]
    return workers, residents / 10000


def p2_09(t, place, start, end):
    return sum(
        a.participants
        for a in here(place, t.activities)
        if a.activity_type == "领头雁培训" and during(a.activity_date, start, end)
    ), 1


# P3 业务指导


def p3_01(t, place, start, end):
    units = {project.supervising_unit_code for project in under_way(t, place, end)}
    return len(units - {None}), 1


def p3_02(t, place, start, end):
    return len(under_way(t, place, end)), 1


def p3_03(t, place, start, end):
    sectors = {project.sector for project in under_way(t, place, end)}
    has_meaning = place not in (("prefecture", "530000"), ("own", place[1]))
    return len(sectors), 10 if has_meaning else 0


def p3_04(t, place, start, end):
    return money(t, place, start, end, "支出"), 1


def p3_05(t, place, start, end):
    funded = mixed = 0
    for project in projects_here(t, place):
        received = defaultdict(Decimal)
        for fund in t.funds:
            if fund.project_id == project.project_id and fund.stage == "到账" and by(fund.event_date, end):
                received[fund.source] += signed(fund)
        sources = len([yuan for yuan in received.values() if yuan > 0])
        funded += sources >= 1
        mixed += sources >= 2
    return mixed, funded


def p3_06(t, place, start, end):
    opened = date(2018, 1, 1)
    return money(t, place, opened, end, "支出"), money(t, place, opened, end, "到账")


def p3_07(t, place, start, end):
    due = [p for p in projects_here(t, place) if p.start_date is not None and by(p.planned_end_date, end)]
    done = [p for p in due if by(p.actual_end_date, end) and p.status != "已终止"]
    return len(done), len(due)


def p3_08(t, place, start, end):
    return money(t, place, start, end, "到账", {"港澳台侨捐赠"}), 1


def p3_09(t, place, start, end):
    return len(counties_reached(t, place, end, {"PG-STFP"})), 1


def counties_reached(t, place, end, programmes) -> set:
    found = set()
    for location in here(place, t.project_locations):
        project = t.project[location.project_id]
        if project.programme_code in programmes and by(project.start_date, end):
            found.add(location.county_code)
    return found


# P4 平台搭建


def p4_01(t, place, start, end):
    posted = [p for p in projects_here(t, place) if by(p.posted_date, end)]
    matched = [p for p in posted if p.lead_org_id is not None and by(p.matched_date or p.start_date, end)]
    return len(matched), len(posted)


def p4_02(t, place, start, end):
    met = needed = Decimal(0)
    for project in projects_here(t, place):
        if by(project.posted_date, end):
            received = sum(
                signed(fund)
                for fund in t.funds
                if fund.project_id == project.project_id and fund.stage == "到账" and by(fund.event_date, end)
            )
            part = share_of(t, place, project)
            met += part * min(received, project.need_amount_yuan)
            needed += part * project.need_amount_yuan
    return met, needed


def p4_03(t, place, start, end):
    return money(t, place, start, end, "获批", {"中央财政"}), 1


def p4_04(t, place, start, end):
    return money(t, place, start, end, "获批", {"福彩公益金"}), 1


def p4_05(t, place, start, end):
    public = {"中央财政", "福彩公益金"}
    tilted = sum(money(t, ("prefecture", code), start, end, "获批", public) for code in SANQU_SANZHOU)
    return tilted, money(t, place, start, end, "获批", public)


def p4_06(t, place, start, end):
    return len([p for p in under_way(t, place, end) if p.cross_province != "无"]), 1


def p4_07(t, place, start, end):
    kinds = {"推进会", "典型案例交流", "供需对接会", "跨省交流", "协议签署"}
    held = [a for a in here(place, t.activities) if a.activity_type in kinds]
    return len([a for a in held if during(a.activity_date, start, end)]), 1


def p4_08(t, place, start, end):
    poor = {county.county_code for county in here(place, t.counties) if county.is_poverty_county}
    return len(poor & counties_reached(t, place, end, {"PG-SANQU", "PG-QIANSHOU"})), len(poor)


def p4_09(t, place, start, end):
    borrowers = set()
    for record in here(place, t.beneficiaries):
        if record.help_type == "小额信贷" and is_registered_poor(record) and by(record.service_date, end):
            borrowers.add(record.subject_key)
    return len(borrowers), 1


OF_DOCUMENTS = ("P2-01", "P2-02")


def opinion(code: str, t: Row, place: tuple[str, str], start: date, end: date) -> tuple[Decimal | None, Decimal]:
    """The second opinion on one indicator, by its code 'P1-01'; without a register of documents none is counted."""
    answer = globals()[code.lower().replace("-", "_")](t, place, start, end)
    num, den = (None if number is None else Decimal(number).quantize(Decimal("0.0001")) for number in answer)
    return None if code in OF_DOCUMENTS and not t.policies else num, den
