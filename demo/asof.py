"""Organizations and projects as known at the end of a quarter: facts that came later are null, states are as then."""

import numpy as np
import pyarrow as pa

from demo import plan, reference
from demo.chance import positions
from demo.columns import NEVER, days, flags, labels, money, numbers
from demo.orgs import ENDED, FIELDS, KINDS, OCCASIONS, RATINGS, SUPERVISORS, Organizations
from demo.party import INSTRUCTOR, MODES, UNCOVERED
from demo.project import Project
from demo.quarters import COUNT, LAST, day
from demo.returns import Totals, sources

RESULTS = ("合格", "基本合格", "不合格", "未参检", "不适用")
STATES = ("正常", "活动异常", "严重违法失信", *ENDED)
PROGRESS = ("需求发布", "对接中", "已立项", "实施中", "已完成", "已终止")
LISTS = ("partner_org_ids", "aid_types", "county_codes", "resource_types")
INSPECTIONS_DONE = 151  # days into the year: results are in from the end of May


def reported(quarter: int) -> np.ndarray:
    """The last quarter that each unit has reported at the end of this one; the 18th element is for outside Yunnan."""
    last = np.full(18, quarter)
    if quarter == COUNT - 1:
        last[reference.unit_of(plan.LATE_DEHONG)] -= 1
    return last


def organizations(orgs: Organizations, quarter: int, revised: bool) -> pa.Table:
    """The table organizations at the end of a quarter."""
    limit = LAST[reported(quarter)][orgs.unit]
    index = np.flatnonzero(orgs.registered <= limit)
    index = index[np.argsort(np.minimum(orgs.unit[index], 16), kind="stable")]
    limit, unit = limit[index], np.minimum(orgs.unit[index], 16)

    def by(dates: np.ndarray) -> np.ndarray:
        return np.where(dates[index] <= limit, dates[index], NEVER)

    def text(values: list) -> pa.Array:
        return pa.array([values[at] for at in index], pa.string())

    covered, standardized, rated, ended = (
        by(fact_dates) for fact_dates in (orgs.covered, orgs.standardized, orgs.rated, orgs.ended)
    )
    publicity, charity, abnormal = by(orgs.publicity), by(orgs.charity), by(orgs.abnormal)
    has_party, is_rated = covered < NEVER, rated < NEVER
    status = np.where(abnormal < NEVER, np.where(index % 17 == 0, 2, 1), 0)
    status = np.where(ended < NEVER, 3 + orgs.end_status[index], status)
    result, inspected = _inspection(orgs, index, limit)
    tax = [[year for year in orgs.tax_years[at] if year <= last] for at, last in zip(index, _years(limit), strict=True)]
    home = np.isin(orgs.levels, ("省级", "州市级", "县级"))[index]
    return pa.table({
        "org_id": text(orgs.ids), "uscc": text(orgs.credit_codes), "org_name": text(orgs.names),
        "org_type": labels(orgs.kind[index], KINDS), "reg_level": text(orgs.levels),
        "reg_authority_code": text(orgs.authorities), "prefecture_code": text(orgs.prefectures),
        "county_code": labels(orgs.county[index], reference.county_codes()),
        "supervising_unit_code": labels(orgs.supervisor[index], SUPERVISORS),
        "activity_field": labels(orgs.field[index], list(FIELDS)), "registered_date": days(orgs.registered[index]),
        "status": labels(status, STATES), "deregistered_date": days(ended),
        "party_cover_mode": labels(np.where(has_party, orgs.mode[index], UNCOVERED), MODES),
        "party_cover_date": days(covered), "party_work_date": days(by(orgs.worked)),
        "branch_standardized_date": days(np.where(has_party & (orgs.mode[index] < INSTRUCTOR), standardized, NEVER)),
        "party_member_count": numbers(np.where(has_party, orgs.members[index], -1), pa.int32()),
        "sync_registration": flags(orgs.synced[0][index], (orgs.registered[index] >= day(2018, 1, 1))),
        "sync_inspection": flags(orgs.synced[1][index], (result >= 0) & (result < 3)),
        "sync_rating": flags(orgs.synced[2][index], is_rated),
        "inspection_year": numbers(inspected, pa.int16()), "inspection_result": labels(result, RESULTS),
        "rating": labels(np.where(is_rated, orgs.rating[index], 5), (*RATINGS, "未评估")), "rating_date": days(rated),
        "charity_date": days(charity), "public_fundraising_date": days(by(orgs.fundraising)),
        "tax_deduction_years": pa.array([years or None for years in tax], pa.list_(pa.int16())),
        "tax_deduction_level": pa.array(["省级" if years else None for years in tax], pa.string()),
        "publicity_occasion": labels(np.where(publicity < NEVER, orgs.occasion[index], -1), OCCASIONS),
        "publicity_date": days(publicity), "staff_count": numbers(orgs.staff[index], pa.int32()),
        "is_social_work_org": flags(orgs.social_work[index]), "is_yunnan": flags(home),
        "is_seed_named": flags(orgs.named[index]),
        **sources("organizations", unit, reported(quarter)[unit], positions(unit), revised),
    })  # fmt: skip


def _inspection(orgs: Organizations, index: np.ndarray, limit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(result, year inspected): the inspection of the year before, decided by May; 不适用 for newer organizations."""
    years = _years(limit - INSPECTIONS_DONE)
    decided = orgs.inspections[years - 2018, index]
    starts = np.array([day(int(year), 1, 1) for year in range(2018, 2021)])[years - 2018]
    applies = orgs.registered[index] < starts
    result = np.where(orgs.named[index], -1, np.where(applies, decided, 4))
    return result, np.where((result >= 0) & applies, years - 1, -1)


def projects(
    all_projects: list[Project], orgs: Organizations, quarter: int, revised: bool
) -> tuple[pa.Table, pa.Table]:
    """The tables projects and project_locations at the end of a quarter."""
    limits = LAST[reported(quarter)]
    posted = [
        (number, project)
        for number, project in enumerate(all_projects, start=1)
        if project.posted <= limits[project.unit]
    ]
    posted.sort(key=lambda pair: pair[1].unit)
    unit = np.array([project.unit for _, project in posted])
    rows = [_state(number, project, orgs, int(limits[project.unit])) for number, project in posted]
    columns = {name: _column(name, [row[name] for row in rows]) for name in rows[0]}
    columns |= sources("projects", unit, reported(quarter)[unit], positions(unit), revised)
    return pa.table(columns), _locations(
        [(row["project_id"], project) for row, (_, project) in zip(rows, posted, strict=True)]
    )


def _column(name: str, values: list) -> pa.Array:
    """A column of the table projects from Python values; its type follows from its name."""
    if name.endswith("_date"):
        return days(np.array(values))
    if name.endswith("_yuan"):
        return money(np.array(values, np.int64) * 100)
    kind = pa.list_(pa.string()) if name in LISTS else pa.bool_() if name == "is_model_case" else pa.string()
    return pa.array(values, kind)


def _state(number: int, project: Project, orgs: Organizations, limit: int) -> dict:
    """A project as known on a day."""
    matched, agreed = (
        project.matched <= limit,
        project.start < NEVER and (project.matched + project.start) // 2 <= limit,
    )
    reached = [True, matched, agreed, project.start <= limit, project.end <= limit, project.terminated <= limit]
    status = max(at for at, yes in enumerate(reached) if yes)
    lead = project.lead if matched else -1
    if status == 5 and lead < 0:
        status = 0  # a need withdrawn before anybody took it up stays a need
    partners = [orgs.ids[other] for other in project.partners] if matched else []
    return {
        "project_id": f"P{number:05d}", "project_name": project.name, "status": PROGRESS[status],
        "lead_org_id": orgs.ids[lead] if lead >= 0 else None, "partner_org_ids": partners or None,
        "supervising_unit_code": project.supervisor, "sector": project.sector,
        "programme_code": project.programme if matched or project.special else None,
        "aid_types": list(project.aid) or None,
        "posted_date": project.posted, "matched_date": project.matched if matched else NEVER,
        "start_date": project.start if project.start <= limit else NEVER,
        "planned_end_date": project.planned if agreed else NEVER,
        "actual_end_date": project.end if project.end <= limit else NEVER, "need_amount_yuan": project.need,
        "approved_yuan": project.grant if project.grant and project.granted <= limit else -1,
        "prefecture_code": reference.unit_codes()[project.unit],
        "county_codes": [reference.county_codes()[county] for county in project.counties],
        "cross_province": project.cross if matched else "无",
        "resource_types": list(project.resources) or None if matched else None,
        "is_model_case": project.model_from <= limit,
    }  # fmt: skip


def _locations(named_projects: list[tuple[str, Project]]) -> pa.Table:
    """The table project_locations: equal shares for a project's counties; the primary one gets the rounding's rest."""
    rows = []
    for name, project in named_projects:
        even = 10_000 // len(project.counties)
        for at, county in enumerate(project.counties):
            share = even if at else 10_000 - even * (len(project.counties) - 1)
            rows.append((name, reference.county_codes()[county], reference.unit_codes()[project.unit], share, at == 0))
    name_column, place, prefecture, shares, primary = zip(*rows, strict=True)
    return pa.table({
        "project_id": pa.array(name_column, pa.string()), "county_code": pa.array(place, pa.string()),
        "prefecture_code": pa.array(prefecture, pa.string()),
        "share": pa.array(np.array(shares) / 10_000).cast(pa.decimal128(6, 4)),
        "is_primary": pa.array(primary, pa.bool_()),
    })  # fmt: skip


def state_totals(dates: np.ndarray, unit: np.ndarray) -> Totals:
    """Rows of the full lists each unit sent each quarter: whatever was registered (or posted) by its end."""
    rows = np.zeros((17, COUNT), np.int64)
    for quarter in range(COUNT):
        rows[:, quarter] = np.bincount(np.minimum(unit, 16)[dates <= LAST[quarter]], minlength=17)
    return Totals(rows, np.zeros_like(rows))


def _years(dates: np.ndarray) -> np.ndarray:
    """The year of each day."""
    return dates.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
