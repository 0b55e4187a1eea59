"""Names and codes of places as people write them -> today's code, or a reason why not."""

import difflib
import functools
import re
from collections.abc import Iterable
from datetime import date

from yunnan.ingest import forms
from yunnan.ingest.cells import Reading, text_of
from yunnan.ingest.personal import masked, plain
from yunnan.words.geography import PROVINCE

PROVINCE_NAMES = {"省本级", "云南省本级", "云南省", "省级", "全省", "省直"}
UNALLOCATED = re.compile(r"^(?:州|市|本|全|州市)?(?:本级|直|州本级|市本级|直属|市直|州直|全州|全市)$")
AUTHORITY = re.compile(r"(?:民政[厅局]|民政和.{2,10}局|行政审批(?:服务)?局|社会组织(?:管理)?(?:服务)?[局处办])$")
ZONE = re.compile(
    r"(?:开发|经开|高新|新|度假|试验|示范|园|保税|合作|经济|工业|产业)区(?:管委会)?$|(?:园|管委会|开发区.{0,6})$"
)


@functools.cache
def _aliases(level: str) -> dict[str, tuple[str, str]]:
    """Folded name or code -> (code, kind of name)."""
    by_alias: dict[str, tuple[str, str]] = {}
    for row in forms.rows("county_aliases"):
        if row["level"] == level:
            by_alias.setdefault(forms.fold(row["alias"]), (row["canonical_code"], row["kind"]))
    names = {"prefecture": "prefectures", "county": "counties"}[level]
    return {row[f"{level}_code"]: (row[f"{level}_code"], "代码") for row in forms.rows(names)} | by_alias


@functools.cache
def names(level: str) -> dict[str, str]:
    """Code -> full name."""
    listed = forms.rows({"prefecture": "prefectures", "county": "counties"}[level])
    return {row[f"{level}_code"]: row["name_zh"] for row in listed}


def county_names(day: date, own: Iterable[tuple[str, str, date]] = ()) -> list[str]:
    """What each county is called on a day, as queries/publish/county_names calls it in a snapshot of that day.

    own: the code of a county, a name of it and the first day of that name, of an office's registers.
    """
    shipped = forms.rows("county_names")
    first_days = {(row["region_code"], row["name_zh"]): date.fromisoformat(row["valid_from"]) for row in shipped}
    first_days |= {(code, name): first for code, name, first in own}
    begun = [(first, name, code) for (code, name), first in first_days.items() if first <= day]
    latest = {code: name for _, name, code in sorted(sorted(begun, reverse=True), key=lambda one: one[0])}
    return list((names("county") | latest).values())


@functools.cache
def prefecture_names() -> dict[str, str]:
    """Every name of a prefecture that cannot be a county's -> its code; the longest first."""
    code_by_name = {alias: code for alias, (code, _) in _aliases("prefecture").items() if re.search(r"[州市]$", alias)}
    return dict(sorted(code_by_name.items(), key=lambda pair: -len(pair[0])))


@functools.cache
def ambiguous() -> dict[str, str]:
    """A bare name that is a prefecture's and a county's -> the choices in words."""
    bare = [row["alias"] for row in forms.rows("county_aliases") if row["level"] == "ambiguous"]
    counties = names("county")
    choices_by_name = {}
    for name in (name for name in bare if re.fullmatch(r"[一-鿿]+", name)):
        choices = [f"{full}（{code}）" for code, full in counties.items() if re.fullmatch(f"{name}[县市]", full)]
        choices_by_name[name] = "、".join(choices)
    return choices_by_name


def level(code: str) -> str:
    """Of which level a code of this province is: county, prefecture or province."""
    return "province" if code == PROVINCE else "prefecture" if code.endswith("00") else "county"


def prefecture(raw: object) -> Reading:
    """The code of a prefecture, or 530000."""
    text = _cleaned(raw)
    if text in PROVINCE_NAMES or text == PROVINCE:
        return Reading(PROVINCE, change=None if text in (PROVINCE, "省本级") else "读作省本级")
    if entry := _aliases("prefecture").get(text):
        return _named(entry, names("prefecture"), text)
    quoted = masked(text_of(raw))
    if county_found := _aliases("county").get(text):
        return _unknown(f"“{quoted}”是县级名称，州市列应填{names('prefecture')[county_found[0][:4] + '00']}")
    return _unknown(f"州市“{quoted}”不在区划目录{_near(text, 'prefecture')}；请填州市全称或6位代码")


def county(raw: object) -> Reading:
    """The code of a county; null for what is not allocated to one."""
    text = _cleaned(raw)
    if UNALLOCATED.match(text):
        return Reading(None, change="未分解到县，读作空")
    if choices := ambiguous().get(text):
        return Reading(
            None, ("DQ-05", f"县列只写“{text}”，不知是州还是县；请写全称，可选：{choices}；未分解到县的不填")
        )
    if text == "YILIANG":
        return Reading(None, ("DQ-05", "“Yiliang”可以是宜良县（530125）或彝良县（530628）；请写汉字全称"))
    if entry := _aliases("county").get(text):
        return _named(entry, names("county"), text)
    for name, code in prefecture_names().items():
        if text.startswith(name) and len(text) > len(name):
            return _compound(text, name, code)
    quoted = masked(text_of(raw))
    if ZONE.search(text):
        return _unknown(f"“{quoted}”是功能区，不是行政区划；请填它所在的县（市、区），跨县的分县填写，分不清的不填")
    if text in _aliases("prefecture"):
        return _unknown(f"县列填的是州市“{quoted}”；请填县（市、区）全称，未分解到县的不填")
    return _unknown(f"县“{quoted}”不在区划目录{_near(text, 'county')}；请填县（市、区）全称或6位代码")


def region(raw: object) -> Reading:
    """The code of a prefecture, county, province or of the whole country, also of its authority; 境外 stays a word."""
    whole = forms.fold(plain(text_of(raw)))
    if bare := AUTHORITY.sub("", whole) if whole != AUTHORITY.sub("", whole) else "":
        reading = region(bare)
        return reading if reading.fault else reading._replace(change=f"读作它所在的{bare}")
    text = _cleaned(raw)
    words = forms.words("region")
    if text in words or text in words.values():
        return Reading(words.get(text, text))
    for level in ("prefecture", "county"):
        if entry := _aliases(level).get(text):
            return _named(entry, names(level), text)
    return _unknown(f"地区“{masked(text_of(raw))}”认不出；请填州市、省份全称或6位代码，境外的填“境外”")


def area(raw: object) -> Reading:
    """The code of the province, of one of its prefectures or counties."""
    if _cleaned(raw) in PROVINCE_NAMES or _cleaned(raw) == PROVINCE:
        return Reading(PROVINCE, change=None if _cleaned(raw) == PROVINCE else "读作全省")
    reading = region(raw)
    if reading.fault or str(reading.value).startswith("53"):
        return reading
    return _unknown(f"“{masked(text_of(raw))}”不是本省的地区；请填云南省、州市或县的全称或6位代码")


def mentioned(texts: list[str]) -> set[str]:
    """Codes of the prefectures that the texts name in full, as in a title."""
    codes = set()
    for text in texts:
        rest = forms.fold(text)
        for name, code in prefecture_names().items():
            if name in rest:
                codes.add(code)
                rest = rest.replace(name, "")
    return codes


def _compound(text: str, name: str, code: str) -> Reading:
    reading = county(text[len(name) :])
    if reading.value is None:
        return reading
    if reading.value[:4] + "00" != code:
        right = names("prefecture")[reading.value[:4] + "00"]
        return Reading(None, ("DQ-04", f"“{masked(text)}”：{names('county')[reading.value]}属于{right}，请核对"))
    return reading._replace(change=f"读作{names('county')[reading.value]}")


def _named(entry: tuple[str, str], full: dict[str, str], text: str) -> Reading:
    code, kind = entry
    if kind in ("正式名称", "代码", "常用简称") or (kind == "简称" and text.endswith("县")):
        return Reading(code)
    if kind.startswith("新"):  # one place: the edition of codes that snapshots keep is that of 2020
        year = "".join(filter(str.isdigit, kind))
        return Reading(code, change=f"是{year}年起的名称或代码，按2020年版的{full[code]}（{code}）记入，是同一个地方")
    if kind.startswith("旧"):
        return Reading(code, warned=("DQ-03", f"“{text}”是旧名或旧代码，已按{full[code]}（{code}）读入"))
    return Reading(code, change=f"读作{full[code]}")


def _unknown(message: str) -> Reading:
    return Reading(None, ("DQ-02", message))


def _near(text: str, level: str) -> str:
    near = difflib.get_close_matches(text, list(names(level).values()), 1, 0.6)
    return f"，是不是{near[0]}" if near else ""


def _cleaned(raw: object) -> str:
    """Folded, without 云南省 before it; codes of 9 or 12 digits are cut to the county's 6."""
    text = forms.fold(plain(text_of(raw)))
    if re.fullmatch(r"53[0-9]{4}(?:000|000000)", text):
        return text[:6]
    return text.removeprefix("云南省") or text if text not in PROVINCE_NAMES else text
