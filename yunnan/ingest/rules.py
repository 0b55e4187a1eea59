"""What one row must keep across its cells, and all rows together: the rules DQ-01 ... that no single cell can break."""

from collections import defaultdict

from yunnan import settings
from yunnan.ingest import forms, identity, money, office_registers, originals, places, registers
from yunnan.ingest.rows import Rows

PARTS = ("party_members", "local_participants", "minority_participants", "volunteers")


def check(rows: Rows) -> None:
    """Refuse and warn row by row, then give ids to the rows that have none, then compare rows with each other."""
    originals.settle(rows)
    if "prefecture_code" in forms.columns(rows.table):
        _places(rows)
    _periods(rows)
    {
        "funds": money.check,
        "projects": registers.projects,
        "beneficiaries": _beneficiaries,
        "organizations": registers.organizations,
        "activities": _activities,
        "reported_stats": _stats,
        "policies": office_registers.policies,
        "targets": office_registers.targets,
        "programmes": office_registers.programmes,
        "county_poverty_annual": office_registers.poverty,
        "code_lists": office_registers.code_lists,
        "stages": office_registers.stages,
        "office_figures": office_registers.figures,
        "place_traits": office_registers.traits,
        "pairings": office_registers.traits,
        "county_names": office_registers.names,
        "indicator_spans": office_registers.spans,
    }[rows.table](rows)
    identity.fill(rows)
    identity.duplicates(rows)
    originals.unknown(rows)
    if rows.table == "funds":
        money.repeated(rows)
        money.overspent(rows)


def _places(rows: Rows) -> None:
    """Name and code agree, county lies in prefecture, prefecture is the sender's; a blank one is filled."""
    prefectures, counties = rows.column("prefecture_code"), rows.column("county_code")
    codes, county_codes = rows.values.pop("prefecture_code.code", None), rows.values.pop("county_code.code", None)
    for i in range(len(rows)):
        if codes and not _agree(rows, i, "prefecture_code", prefectures, codes):
            continue
        if county_codes and not _agree(rows, i, "county_code", counties, county_codes):
            continue
        if i not in rows.wrong or prefectures[i]:
            _place(rows, i, prefectures, counties)
    rows.values["prefecture_code"], rows.values["county_code"] = prefectures, counties


def _agree(rows: Rows, i: int, column: str, names: list, codes: list) -> bool:
    if names[i] and codes[i] and names[i] != codes[i]:
        rows.refuse(
            i, column, "DQ-04", f"名称与代码不是同一个地方（名称是{names[i]}，代码是{codes[i]}）；请核对后只留一个对的"
        )
        return False
    names[i] = names[i] or codes[i]
    return True


def _place(rows: Rows, i: int, prefectures: list, counties: list) -> None:
    listed = rows.values.get("county_codes")
    county = counties[i] or (listed[i][0] if listed and listed[i] else None)
    own = f"{county[:4]}00" if county else None
    if not prefectures[i]:
        prefectures[i] = own
        if not own:
            rows.refuse(i, "prefecture_code", "DQ-31", "“州市”必填，这里是空的；请补上，省本级的写省本级")
            return
        rows.change(i, "prefecture_code", "空的州市，按县补", "", own)
    if own and own != prefectures[i]:
        county_name = places.names("county")[str(county)]
        prefecture_name = places.names("prefecture")[own]
        rows.refuse(i, "county_code", "DQ-04", f"{county_name}属于{prefecture_name}，与这一行的州市不一致；请核对")
    elif rows.sender not in (None, places.PROVINCE, prefectures[i]):
        names = places.names("prefecture")
        here, sender = names.get(prefectures[i], "省本级"), names[rows.sender]
        rows.refuse(i, "prefecture_code", "DQ-04", f"这一行是{here}的，报送单位是{sender}；请由{here}报送")


def _periods(rows: Rows) -> None:
    """The date of an event lies in the period; one in the period before is late and keeps its own period."""
    quarter = rows.quarter
    column = forms.DATES.get(rows.table)
    rows.values["report_period"] = [quarter.name] * len(rows)
    if not column:
        return
    early, start, end = quarter.before.start, quarter.start, min(quarter.end, settings.today())
    for i, day in enumerate(rows.column(column)):
        if day is None:
            continue
        if early <= day < start:
            rows.values["report_period"][i] = quarter.before.name
            rows.warn(i, column, "DQ-07", f"{day}在上一报告期，按迟报收下，记入{quarter.before.name}")
        elif not start <= day <= end:
            rows.refuse(i, column, "DQ-07", f"{day}不在报告期{quarter.name}内；请核对日期，或另报该期报表")


def _beneficiaries(rows: Rows) -> None:
    kinds, heads, helps = rows.column("subject_type"), rows.column("headcount"), rows.column("help_type")
    categories, homes = rows.column("poverty_category"), _homes(rows)
    for i in range(len(rows)):
        if kinds[i] == "个人" and heads[i] not in (None, 1):
            rows.refuse(i, "headcount", "DQ-21", f"个人的人数应为1，这里是{heads[i]}；请核对对象类型")
        if kinds[i] == "家庭" and heads[i] is not None and heads[i] > 15:
            rows.refuse(i, "headcount", "DQ-21", f"家庭人数{heads[i]}超过15；多户请逐户填，学校等请填集体")
        is_credit = rows.context.counts_as("help_type", helps[i]) == "小额信贷"
        if is_credit and categories[i] and rows.context.counts_as("poverty_category", categories[i]) != "帮扶人口":
            rows.refuse(i, "poverty_category", "DQ-31", "小额信贷只面向帮扶户（指标里算作帮扶人口的）；请核对对象类别")
        if len(homes[rows.column("subject_key")[i]]) > 1:
            rows.refuse(i, "county_code", "DQ-34", "同一对象匿名键出现在两个县，不知常住哪里；请统一后再报")
    for column, label in (("ethnic_code", "民族"), ("sex_code", "性别"), ("age_band", "年龄段")):
        _gaps(rows, column, label)


def _homes(rows: Rows) -> dict[str | None, set]:
    homes: dict[str | None, set] = defaultdict(set)
    for key, county in zip(rows.column("subject_key"), rows.column("county_code"), strict=True):
        if key and county:
            homes[key].add(county)
    return homes


def _gaps(rows: Rows, column: str, label: str) -> None:
    expected = [i for i in rows.good() if rows.column("subject_type")[i] != "集体"]
    blank = sum(rows.column(column)[i] is None for i in expected)
    if expected and blank * 10 > len(expected):
        rows.warn(expected[0], column, "DQ-23", f"{label}有{blank / len(expected):.0%}没有填，超过10%；请补全")


def _activities(rows: Rows) -> None:
    whole = rows.column("participants")
    for column in PARTS:
        for i, part in enumerate(rows.column(column)):
            if part is not None and whole[i] is not None and part > whole[i]:
                rows.refuse(i, column, "DQ-28", f"{part}大于参加人数{whole[i]}；其中数不能大于总数，请核对")


def _stats(rows: Rows) -> None:
    before = rows.quarter.before.name
    for i in range(len(rows)):
        value, item = rows.column("value")[i], rows.column("item_code")[i]
        last = rows.context.stats.get((rows.column("prefecture_code")[i], before, item))
        if value is not None and last and abs(float(value) - last) > last / 2:
            rows.warn(i, "value", "DQ-30", f"上期是{last:,.0f}，本期是{value:,}，变动超过50%；请核对")
