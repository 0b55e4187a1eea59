"""What a return may hold: columns, headers, words. All is read from data/reference."""

import csv
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from yunnan import settings
from yunnan.data import queries
from yunnan.publication import staging
from yunnan.words import text_folding

TABLES = {
    "funds": "资金",
    "projects": "项目",
    "beneficiaries": "受益",
    "organizations": "社会组织",
    "activities": "活动",
    "reported_stats": "统计数",
    "policies": "政策文件",
    "targets": "年度目标",
    "programmes": "品牌计划",
    "county_poverty_annual": "贫困人口",
    "code_lists": "代码表",
    "stages": "阶段",
    "office_figures": "公布数",
    "place_traits": "地区名单",
    "pairings": "结对",
    "county_names": "县名",
    "indicator_spans": "指标起止",
}
KEYS = {
    "funds": ("fund_id",),
    "projects": ("project_id",),
    "beneficiaries": ("record_id",),
    "organizations": ("org_id",),
    "activities": ("activity_id",),
    "reported_stats": ("report_period", "prefecture_code", "item_code"),
    "policies": ("policy_id",),
    "targets": ("indicator_code", "year", "region_code"),
    "programmes": ("programme_code",),
    "county_poverty_annual": ("region_code", "year"),
    "code_lists": ("list", "code"),
    "stages": ("stage",),
    "office_figures": ("figure_code",),
    "place_traits": ("trait", "region_code"),
    "pairings": ("region_code", "kind", "partner"),
    "county_names": ("region_code", "name_zh"),
    "indicator_spans": ("indicator_code",),
}
PROVINCIAL = tuple(table for table in staging.OFFICE if table != "policies")  # the province's alone to send
DATES = {"funds": "event_date", "beneficiaries": "service_date", "activities": "activity_date"}
LISTS = {"orgs", "choices", "words", "years", "counties", "texts"}
# List -> what its words may count as in the indicators. A word of these lists is kept and shown as it is; where an
# office has listed its own, those that ship are only read, and no longer offered.
COUNTED: dict[str, tuple[str, ...]] = {
    "sector": (),
    "poverty_category": ("帮扶人口",),
    "help_type": ("产业帮扶", "技能培训", "小额信贷"),
    "fund_source": ("社会捐赠", "港澳台侨捐赠", "自筹", "东西部协作", "中央财政", "福彩公益金", "其他财政"),
    "project_status": ("需求发布", "对接中", "已立项", "实施中", "已完成", "已终止"),
    "org_status": ("正常", "活动异常", "严重违法失信", "注销", "撤销", "吊销"),
    "policy_status": ("现行", "研制中", "失效"),
    "activity_type": (
        *("主题教育", "党群活动", "支部规范化验收", "政策宣讲", "领头雁培训", "文艺活动", "协调会议", "推进会"),
        *("典型案例交流", "供需对接会", "跨省交流", "协议签署", "牵手计划行动", "三区计划派遣"),
    ),
}
FORMER = {"建档立卡": "帮扶人口"}  # a word of COUNTED as it was until contract 6
# Each of their words is or counts as one of COUNTED: none means nothing.
WHOLE = ("fund_source", "project_status", "org_status", "policy_status")
META = "_报表"  # a sheet, hidden, in a form made by template: which table, whose, of which period
OPTIONS = "_选项"  # hidden, in a form: what may be chosen
GUIDE = "填报说明"  # in a form: what each column is
EXCERPT = "_节选"  # hidden, in a feedback workbook that does not repeat every row
ALL = "*"  # what the form of all tables of a quarter says instead of its table
SEPARATOR = "·"  # before a table's name: in the guide of that form, and before a sheet's after the file's name
PERSONAL = "personal"
NOTHING = ""  # a column that is read and not kept, such as 备注


@dataclass(frozen=True)
class Column:
    """One column of a return: its name in the contract, its header, how it is read."""

    name: str
    label: str
    kind: str
    required: bool
    default: str
    values: tuple[str, ...]
    limit: str
    note: str


@functools.cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """One file of data/reference, every value as text."""
    with (settings.REFERENCE_DIR / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return tuple(csv.DictReader(lines))


@functools.cache
def columns(table: str) -> dict[str, Column]:
    """The columns of a table's return by name, in the order of the form."""
    return {row["column"]: _column(row) for row in rows("return_columns") if row["table"] == table}


@functools.cache
def headers(table: str) -> dict[str, tuple[str, int]]:
    """Header -> (column, factor); 'personal' must not be sent, '' is read and not kept; factor 0: no unit."""
    row_by_alias = {tidy(row["alias"]): row for row in rows("header_aliases") if row["table"] in (table, "*")}
    named = {tidy(column.label): (name, 0) for name, column in columns(table).items()}
    machine = {name: (name, 1) for name in columns(table)}  # the form's second line
    return {alias: (row["column"], int(row["factor"] or 0)) for alias, row in row_by_alias.items()} | named | machine


@functools.cache
def words(column: str) -> dict[str, str]:
    """Other words for a column's values: 现金 -> 资金."""
    return {fold(row["alias"]): row["value"] for row in rows("value_aliases") if row["column"] == column}


@functools.cache
def labels(code_list: str) -> dict[str, str]:
    """Code and label -> code, of one list of data/reference/code_lists.csv."""
    return by_name((row["code"], row["label"]) for row in rows("code_lists") if row["list"] == code_list)


@functools.cache
def counted() -> dict[tuple[str, str], str]:
    """(list, code) -> what it counts as in the indicators, of the words that ship."""
    return {(row["list"], row["code"]): row["counts_as"] for row in rows("code_lists")}


@functools.cache
def indicators() -> dict[str, str]:
    """Code and name -> code of an indicator."""
    return by_name((card["code"], card["name_zh"]) for card in queries.folder("indicators"))


@functools.cache
def phasings() -> dict[str, tuple[str, ...]]:
    """Code of an indicator -> how its targets may be phased, as its kind allows."""
    return {card["code"]: _phasings(card["kind"]) for card in queries.folder("indicators")}


@functools.cache
def rates() -> frozenset[str]:
    """Codes of the indicators whose values are shares of a whole."""
    return frozenset(card["code"] for card in queries.folder("indicators") if card["unit"] == "%")


def _phasings(kind: str) -> tuple[str, ...]:
    if kind in ("时期·求和", "时期·计数"):
        return ("时期",)
    if kind.startswith("时期·去重"):
        return ("累计",)
    return ("时点", "累计") if kind.startswith("时期") else ("时点",)


@functools.cache
def programmes() -> dict[str, str]:
    """Code and name -> code of a programme that ships with the program."""
    return by_name((row["programme_code"], row["name_zh"]) for row in rows("programmes"))


def by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded code and folded name -> code, of (code, name)."""
    return {fold(word): pair[0] for pair in pairs for word in pair}


@functools.lru_cache(maxsize=65_536)
def tidy(header: object) -> str:
    """A header as it is compared: half width, no blanks, no marks for 'required', units in one kind of bracket."""
    text = re.sub(r"\s+", "", text_folding.plain(str(header))).strip("*:★☆")
    text = text.translate(str.maketrans("[]【】〔〕{}", "()()()()")).replace("，", ",").replace("、", ",")
    text = re.sub(r"\((?:必填|选填|必填项|选填项|可选|可不填)\)", "", text)
    text = re.sub(
        r"(日期|时间)\((?:年[月/.\-]*[月]?[/.\-]*日|yyyy.?mm.?dd|(?:格式|如|例).{0,16})\)$", r"\1", text, flags=re.I
    )
    text = re.sub(r"[(,:](?:单位:?)?((?:亿|千万|百万|万|千|百)?元|人民币元|人次|人|次|个)\)?$", r"(\1)", text)
    return text


def fold(word: object) -> str:
    """A word as it is compared: half width, no blanks, upper case."""
    return re.sub(r"\s+", "", text_folding.plain(str(word))).upper()


def _column(row: dict[str, str]) -> Column:
    values = tuple(row["values"].split(";")) if row["values"] else ()
    required = row["required"] == "是"
    return Column(row["column"], row["label"], row["kind"], required, row["default"], values, row["limit"], row["note"])
