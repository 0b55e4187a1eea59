"""What rows of the office's registers must keep: documents, targets, programmes, poverty figures, code lists."""

import re
from decimal import Decimal

from yunnan.data import queries
from yunnan.ingest import forms, places
from yunnan.ingest.notes import Note
from yunnan.ingest.rows import Rows
from yunnan.words import published_numbers

SIGNS = re.compile(r"[<>\[\](){}*_`~|$\\#!^&=+@/]")  # of Markdown, HTML, formulas
LEVEL_NAMES = {"county": "县", "prefecture": "州市", "province": "全省"}
LEVELS = list(LEVEL_NAMES)  # the lowest first
QUARTERS = ("q1_share", "q2_share", "q3_share", "q4_share")


def policies(rows: Rows) -> None:
    """Issued by the end of the period; what it carries out is there; its level fits its place (DQ-07, DQ-18)."""
    own = {code for code in rows.column("policy_id") if code}
    for i in range(len(rows)):
        row = {name: values[i] for name, values in rows.values.items()}
        if row["issue_date"] and row["issue_date"] > rows.quarter.end:
            rows.refuse(i, "issue_date", "DQ-07", f"{row['issue_date']}晚于报告期末{rows.quarter.end}；请核对日期")
        parent = row["parent_policy_id"]
        if parent and parent == row["policy_id"]:
            rows.refuse(i, "parent_policy_id", "DQ-18", "上级文件就是它自己；请核对")
        elif parent and parent not in own and rows.context.has_snapshot and parent not in rows.context.documents:
            rows.refuse(i, "parent_policy_id", "DQ-18", f"上级文件“{parent}”查不到；请核对，或先报那一份文件")
        is_local = row["level"] in ("州市级", "县级")
        if row["level"] and row["prefecture_code"] and is_local == (row["prefecture_code"] == places.PROVINCE):
            message = f"{row['level']}文件，地区却是{'省本级' if is_local else '州市'}；请核对层级与地区"
            rows.refuse(i, "prefecture_code", "DQ-04", message)


def targets(rows: Rows) -> None:
    """The phasing is the indicator's; four quarters make up the year; a rate is no number above its scale (DQ-31)."""
    for i in range(len(rows)):
        row = {name: values[i] for name, values in rows.values.items()}
        region, value = row["region_code"], row["target_value"]
        if region and not region.endswith("00"):
            rows.refuse(i, "region_code", "DQ-02", "目标分到州市为止，这里是县；请填全省或州市")
        if value is not None and not value:
            rows.refuse(i, "target_value", "DQ-31", "目标值应大于0；没有目标的，请不要报这一行")
        first, last = rows.context.spans.get(row["indicator_code"], (None, None))
        year = str(row["year"] or "")
        if year and ((last and year > last[:4]) or (first and year < first[:4])):
            since, until = first or "最早的报告期", f"，至{last}止" if last else ""
            message = f"这项指标{since}起{until}（见“指标起止”），没有{year}年的目标；请核对年份，或先报新的起止"
            rows.refuse(i, "year", "DQ-18", message)
        if row["indicator_code"]:
            _phasing(rows, i, row)
            if value is not None and value > 2 and row["indicator_code"] in forms.rates():
                message = f"这项指标是比率，目标{value.normalize():f}是{value * 100:.0f}%；请写85%或0.85"
                rows.refuse(i, "target_value", "DQ-31", message)


def _phasing(rows: Rows, i: int, row: dict) -> None:
    allowed = forms.phasings()[row["indicator_code"]]
    if row["phasing"] is None and len(allowed) == 1:
        rows.values["phasing"][i] = row["phasing"] = allowed[0]
    elif row["phasing"] not in allowed:
        why = f"“{row['phasing']}”与指标类型不符" if row["phasing"] else "这里是空的"
        rows.refuse(i, "phasing", "DQ-31", f"{why}；这项指标可填：{'、'.join(allowed)}")
        return
    shares = [row[name] for name in QUARTERS]
    if row["phasing"] == "时点" and any(share is not None for share in shares):
        rows.refuse(i, QUARTERS[0], "DQ-31", "只看年末的指标不分季度；请清空四个季度占比")
    total = None if None in shares else sum(shares, Decimal(0))
    if row["phasing"] != "时点" and total != 1:
        stated = "没有填全" if total is None else f"合计{total * 100:.2f}%"
        rows.refuse(i, QUARTERS[0], "DQ-31", f"四个季度占比{stated}，应合计100%；请补全或改正")


def programmes(rows: Rows) -> None:
    """Two programmes have not one name (DQ-16)."""
    _once(rows, "name_zh", "计划名称")


def poverty(rows: Rows) -> None:
    """A year that has ended; people or a rate are given (DQ-07, DQ-31)."""
    for i in range(len(rows)):
        row = {name: values[i] for name, values in rows.values.items()}
        if row["year"] and row["year"] > rows.quarter.end.year - (rows.quarter.end.month < 12):
            rows.refuse(i, "year", "DQ-07", f"{row['year']}年末晚于报告期末{rows.quarter.end}；请核对年份")
        if row["poor_population"] is None and row["poor_rate"] is None:
            rows.refuse(i, "poor_population", "DQ-31", "未脱贫人口与贫困发生率都是空的；请至少填一项")


def code_lists(rows: Rows) -> None:
    """A list has a name once (DQ-16); where words are kept as they are, code and name are one (DQ-31)."""
    first: dict[tuple[str, str], int] = {}
    for i in range(len(rows)):
        name, code, label, counts_as = (rows.column(c)[i] for c in ("list", "code", "label", "counts_as"))
        if name == "poverty_category" and counts_as in forms.FORMER:
            rows.change(i, "counts_as", "改用现在的写法", counts_as, forms.FORMER[counts_as])
            rows.values["counts_as"][i] = counts_as = forms.FORMER[counts_as]
        if name in forms.COUNTED and code and label and code != label:
            rows.refuse(i, "code", "DQ-31", f"这张代码表的代码就是名称；请填“{label}”")
        if name in forms.WHOLE and code and not counts_as and code not in forms.COUNTED[name]:
            may = "、".join(forms.COUNTED[name])
            rows.refuse(i, "counts_as", "DQ-31", f"“{code}”没有写指标里算作什么；这张代码表每个词都要写，可填：{may}")
        if counts_as and counts_as not in forms.COUNTED.get(name or "", ()):
            may = "、".join(forms.COUNTED.get(name or "", ())) or "不填"
            rows.refuse(i, "counts_as", "DQ-31", f"“{counts_as}”不是指标里算的；这张代码表可填：{may}")
        if name and label and first.setdefault((name, forms.fold(label)), i) != i:
            at = rows.numbers[first[name, forms.fold(label)]]
            rows.refuse(i, "label", "DQ-16", f"名称“{label}”与第{at}行相同；请只留一行，或写清区别")


def stages(rows: Rows) -> None:
    """A stage ends after it begins, and no quarter is in two stages (DQ-31, DQ-16).

    What was sent for the same quarter may be what this return replaces; publication looks at all that then stand.
    """
    _stage_words(rows)
    before = rows.context.stages.items()
    registered = {stage: (first, last) for stage, (first, last, quarter) in before if quarter != rows.quarter.name} | {
        stage: (first, last)
        for stage, first, last in zip(
            *(rows.column(name) for name in ("stage", "first_quarter", "last_quarter")), strict=True
        )
        if stage and first
    }
    for i, stage in enumerate(rows.column("stage")):
        if stage not in registered:
            continue
        first, last = registered[stage]
        if last and last < first:
            rows.refuse(i, "last_quarter", "DQ-31", f"截止季度{last}早于起始季度{first}；请核对")
        for other, (begins, ends) in registered.items():
            if other != stage and first <= (ends or first) and begins <= (last or begins):
                span = f"{begins}起" if ends is None else f"{begins}至{ends}"
                message = f"与阶段“{other}”（{span}）重叠；请改起止季度，或把那一个写上截止季度一并报来"
                rows.refuse(i, "first_quarter", "DQ-16", message)


def _stage_words(rows: Rows) -> None:
    """Words of titles and tables: no sign that a page or file reads as more; pillars differ (DQ-31, DQ-16)."""
    pillars = [f"pillar_{n}" for n in range(1, 5)]
    for name in ("stage", "title", "cause", "people", "households", "help", *pillars):
        _refuse_signs(rows, name)
    for i, names in enumerate(zip(*(rows.column(name) for name in pillars), strict=True)):
        if twice := next((name for name in names if name and names.count(name) > 1), None):
            rows.refuse(i, pillars[names.index(twice)], "DQ-16", f"两个支柱都叫“{twice}”；请写清区别")


def figures(rows: Rows) -> None:
    """What was published is one number in the indicator's unit, of a place for which it is computed (DQ-31, DQ-02).

    Of people only the province's: a number of fewer that is shown elsewhere would give away what is protected.
    """
    for i in range(len(rows)):
        row = {name: values[i] for name, values in rows.values.items()}
        if not row["indicator_code"]:
            continue
        card = queries.indicator(row["indicator_code"])
        if row["published"] and published_numbers.read(row["published"], card["unit"]) is None:
            message = f"“{row['published']}”不是一个以{card['unit']}为单位的数；请照“约4.4亿元”“615万元”“85.2%”这样写"
            rows.refuse(i, "published", "DQ-31", message)
        lowest = "province" if card["people"] == "yes" else card["lowest"]
        if row["region_code"] and LEVELS.index(places.level(row["region_code"])) < LEVELS.index(lowest):
            message = f"这项指标的公布数只核对到{LEVEL_NAMES[lowest]}；请改填地区，或换一项指标"
            rows.refuse(i, "region_code", "DQ-02", message)


def traits(rows: Rows) -> None:
    """A list or a pair is of places below the province, of the level that it counts for; it ends after it begins.

    A list without dates holds from the first day of the quarter that it is sent for: of earlier days it says nothing.
    """
    since = 0
    if rows.table == "place_traits":
        _refuse_signs(rows, "trait")
    for i in range(len(rows)):
        row = {name: values[i] for name, values in rows.values.items()}
        level = places.level(row["region_code"]) if row["region_code"] else ""
        wanted = {None: level, "倾斜州市": "prefecture"}.get(row.get("counts_as"), "county")
        if level == "province" or (level and level != wanted):
            why = "不能是全省" if level == "province" else f"算作{row['counts_as']}的名单逐{LEVEL_NAMES[wanted]}列出"
            below = LEVEL_NAMES[wanted] if wanted != "province" else "州市或县"
            rows.refuse(i, "region_code", "DQ-02", f"{why}；请填{below}")
        if undated := rows.table == "place_traits" and row["valid_from"] is None and i not in rows.wrong:
            rows.values["valid_from"][i] = row["valid_from"] = rows.quarter.start
        since += undated
        first, last = row["valid_from"], row.get("valid_to")
        if first and last and last < first:
            rows.refuse(i, "valid_to", "DQ-19", f"截止日期{last}早于起始日期{first}；请核对两个日期")
    if since:
        begin = f"从所报的{rows.quarter.name}的第一天（{rows.quarter.start}）起算"
        message = f"{since:,}行没有起始日期，{begin}；名单更早生效的，请写上日期再报"
        rows.notes.warnings.append(Note(rows.sheets[0], None, rows.head("valid_from"), "DQ-31", message))


def spans(rows: Rows) -> None:
    """An indicator begins or ends, in this order (DQ-31, DQ-19)."""
    for i, (first, last) in enumerate(zip(rows.column("valid_from"), rows.column("valid_to"), strict=True)):
        if first is None and last is None and i not in rows.wrong:
            rows.refuse(i, "valid_from", "DQ-31", "起始日期与截止日期都是空的；请至少填一个，一直统计的不必报")
        if first and last and last < first:
            rows.refuse(i, "valid_to", "DQ-19", f"截止日期{last}早于起始日期{first}；请核对两个日期")


def names(rows: Rows) -> None:
    """A name is a county's, of no other county, and ends as such; its code is no other place's (DQ-02, DQ-16)."""
    for name in ("name_zh", "short_zh"):
        _refuse_signs(rows, name)
    taken = dict(rows.context.county_names)  # folded name or code -> the county that an office's register gave it
    for i in range(len(rows)):
        row = {name: values[i] for name, values in rows.values.items()}
        region, name = row["region_code"], row["name_zh"]
        if region and places.level(region) != "county":
            rows.refuse(i, "region_code", "DQ-02", "只有县（市、区）改名；请填改了名的县从前的全称或代码")
            continue
        if name and (len(name) < 2 or not name.endswith(("县", "市", "区"))):
            rows.refuse(i, "name_zh", "DQ-31", f"“{name}”不像县级地名；请写以县、市或区结尾的全称")
        for column in ("name_zh", "short_zh", "other_code"):
            word = row.get(column)
            if not word or not region:
                continue
            shipped = places.county(word).value
            other = shipped if shipped not in (None, region) else taken.setdefault(forms.fold(word), region)
            if other != region:
                whose = f"{places.names('county')[other]}（{other}）"
                rows.refuse(
                    i, column, "DQ-16", f"“{word}”是{whose}的名称或代码；一个名称、一个代码只能是一个县的，请核对"
                )


def _refuse_signs(rows: Rows, name: str) -> None:
    """What is shown as a name holds no signs of Markdown, HTML or formulas (DQ-31)."""
    for i, word in enumerate(rows.column(name)):
        if word and (signs := "".join(dict.fromkeys(SIGNS.findall(word)))):
            rows.refuse(i, name, "DQ-31", f"“{word}”里的“{signs}”不能用在名称里；请删去或换成中文标点")


def _once(rows: Rows, column: str, label: str) -> None:
    """Refuse the later of two rows that have one name."""
    first: dict[str, int] = {}
    for i, name in enumerate(rows.column(column)):
        if name is not None and first.setdefault(forms.fold(name), i) != i:
            at = rows.numbers[first[forms.fold(name)]]
            rows.refuse(i, column, "DQ-16", f"{label}“{name}”与第{at}行相同；请只留一行，或写清区别")
