"""One raw cell -> one value of the contract, or the reason why not. What is not certain is refused."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, NamedTuple

from yunnan.ingest import credit_codes, forms
from yunnan.ingest.personal import masked, plain
from yunnan.words import text_folding

CENT = Decimal("0.01")
MOST = Decimal(10) ** 13  # yuan; what the contract holds, less one digit
UNITS = {
    "": 1,
    "元": 1,
    "百元": 100,
    "千元": 1_000,
    "万": 10_000,
    "万元": 10_000,
    "十万元": 100_000,
    "百万元": 1_000_000,
    "千万元": 10_000_000,
    "亿": 100_000_000,
    "亿元": 100_000_000,
}
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
BLANKS = {"", "-", "--", "/", "\\", "无", "暂无", "空", "NULL", "—", "－"}
DANGEROUS = "=+-@"
KEY = re.compile(r"[0-9a-f]{16}")  # an anonymous key
SHORT = 24  # words of a list that a sentence names
LONG = 1e14  # a number of more digits has lost its last ones


class Reading(NamedTuple):
    """A value, or a fault (rule, sentence); what was changed in reading it, and a warning where it is doubtful."""

    value: Any
    fault: tuple[str, str] | None = None
    change: str | None = None
    warned: tuple[str, str] | None = None


def text_of(raw: object) -> str:
    """The cell as text; whole numbers without a point, days as 2020-05-12."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e19:
        return str(int(raw))
    if isinstance(raw, datetime):
        return str(raw.date()) if raw.time() == time() else str(raw)
    return str(raw)


def is_blank(raw: object) -> bool:
    """Whether nothing is in the cell, not even a word or dash that stands for nothing."""
    return raw is None or raw == "" or (isinstance(raw, str) and not plain(raw).strip())


def is_dangerous(raw: object) -> bool:
    """Whether a spreadsheet would run the text as a formula; a plain number with its sign is none."""
    if not isinstance(raw, str):
        return False
    text = plain(raw).strip()
    return text[:1] in tuple(DANGEROUS) and text not in BLANKS and not re.fullmatch(r"[-+][0-9][0-9,.]*", text)


def amount(raw: Any, factor: int = 1, least: Decimal = CENT) -> Reading:
    """Money in yuan, to the cent. A unit in the cell must not contradict the header's."""
    if raw is None or isinstance(raw, bool | date | time | timedelta):
        return _no_amount(raw, "不是数；单元格若是日期格式，请改成数值")
    change = None
    if isinstance(raw, str):
        number, own, change = written(raw)
        if number is None:
            return _no_amount(raw, "不是确切的数；请只填数字")
        if own and factor not in (1, UNITS[own]):
            return _no_amount(raw, "自带的单位与表头的单位不同；请只填数字")
        if own == "万" and factor == UNITS["万"]:
            return _no_amount(raw, "在以万元为单位的列里又写了“万”，不知是不是重复；请只填数字")
        if own == "元" and factor != 1:
            return _no_amount(raw, "自带的单位与表头的单位不同；请只填数字")
        factor = UNITS[own] if own else factor
    else:
        number = _exact(raw)
    return _money(raw, number * factor, factor, least, change)


def share(raw: Any, most: str) -> Reading:
    """A number to four decimals; a per cent is its hundredth. most is '' for any."""
    if raw is None or isinstance(raw, bool | date | time | timedelta):
        return _no_amount(raw, "不是数；请只填数字")
    change = None
    if isinstance(raw, str):
        text = re.sub(r"\s+", "", plain(raw))
        is_per_cent = text.endswith("%")
        number, own, change = written(text.removesuffix("%"))
        if number is None or (is_per_cent and own):
            return _no_amount(raw, "不是确切的数；请只填数字或百分数")
        number = number / 100 if is_per_cent else number * (UNITS[own] if own else 1)
        change = f"读作{number.normalize():f}" if is_per_cent or own else change
    else:
        number = _exact(raw)
    if not number.is_finite() or number < 0 or number > (Decimal(most) if most else MOST):
        return _no_amount(raw, f"不在0至{most}之间；比率写85%或0.85" if most else "不能小于0，也不会这样大")
    rounded = number.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return Reading(rounded, change=change if rounded == number else f"四舍五入到四位小数，读作{rounded}")


def _money(raw: object, value: Decimal, factor: int, least: Decimal, change: str | None) -> Reading:
    if not value.is_finite() or abs(value) > MOST:
        return _no_amount(raw, "太大，不会是一笔款物；请核对单位与小数点")
    rounded = value.quantize(CENT, ROUND_HALF_UP)
    if rounded < least:
        return _no_amount(raw, "应大于0；冲减的请填正数，并在“红冲”列填“是”" if least > 0 else "不能小于0")
    if rounded != value and abs(rounded - value) > Decimal("0.000001"):
        change = "四舍五入到分"
    if factor != 1 or change:
        change = f"{change or '按单位换算'}，读作{rounded}元"
    return Reading(rounded, change=change)


def _no_amount(raw: object, why: str) -> Reading:
    return Reading(None, ("DQ-08", f"“{masked(text_of(raw))}”{why}"))


def _exact(raw: float | int) -> Decimal:
    """The number as a person sees it: 15 digits, as Excel keeps it."""
    return Decimal(f"{raw:.15g}") if isinstance(raw, float) else Decimal(raw)


def written(raw: str) -> tuple[Decimal | None, str, str | None]:
    """(number, unit, what was taken off) of an amount in words; no number unless every character is understood."""
    text = re.sub(r"\s+", "", plain(raw))
    bare = re.sub(r"^(?:人民币|RMB|CNY|[¥￥])", "", text)
    match = re.fullmatch(r"([+-]?)([0-9.,]+)([十百千]?万元|[百千]?元|[万亿]元?)?(?:整|正)?", bare)
    if not match:
        return None, "", None
    sign, digits, own = match[1], match[2], match[3] or ""
    if not (NUMBER.fullmatch(digits) or GROUPED.fullmatch(digits)):
        return None, "", None
    try:
        number = Decimal(sign + digits.replace(",", ""))
    except InvalidOperation:
        return None, "", None
    return number, own, None if str(raw) == digits and "," not in digits else "去掉千分位、全角、空格或单位"


def count(raw: Any, limit: str) -> Reading:
    """A whole number within 'low-high'."""
    low, high = (int(part) for part in limit.split("-"))
    change = None
    if isinstance(raw, str):
        text = re.sub(r"\s+", "", plain(raw))
        match = re.fullmatch(r"([0-9,]+)(?:\.0+)?(?:人次|人|名|次|户|个)?", text)
        if not match or not (match[1].isdigit() or GROUPED.fullmatch(match[1])):
            return Reading(None, ("DQ-31", f"“{masked(raw)}”不是整数；请只填数字"))
        number = int(match[1].replace(",", ""))
        change = None if str(number) == raw else f"读作{number}"
    elif (
        isinstance(raw, bool)
        or not isinstance(raw, int | float)
        or raw != raw
        or raw != int(min(max(raw, -1e15), 1e15))
    ):
        return Reading(None, ("DQ-31", f"“{masked(text_of(raw))}”不是整数；请只填数字"))
    else:
        number = int(raw)
    if not low <= number <= high:
        return Reading(None, ("DQ-31", f"{masked(str(number))}不在{low}至{high}之间；请核对"))
    return Reading(number, change=change)


def choice(raw: object, column: forms.Column, words: dict[str, str]) -> Reading:
    """One of the column's values; other words only as declared."""
    text = forms.fold(plain(text_of(raw)))
    for value in column.values:
        if text == forms.fold(value):
            return Reading(value)
    declared = words.get(text)
    if declared in column.values:
        return Reading(declared, change=f"读作“{declared}”")
    options = "、".join(column.values[:16])
    return Reading(None, ("DQ-31", f"“{masked(text_of(raw))}”不是可填的值；可填：{options}"))


def listed(raw: object, codes: dict[str, str], words: dict[str, str], what: str) -> Reading:
    """A code by code or label, of a code list or of the programmes."""
    text = forms.fold(plain(text_of(raw)))
    if re.fullmatch(r"[0-9]", text):
        text = f"0{text}"  # a spreadsheet takes the zero off a two-digit code
    value = codes.get(text) or words.get(text)
    if value is None:
        options = list(dict.fromkeys(codes.values()))
        way = f"可填：{'、'.join(options)}" if len(options) <= SHORT else "请对照填报说明填名称或代码"
        fault = f"{what}“{masked(text_of(raw))}”不在代码表；{way}"
        return Reading(None, ("DQ-18" if what == "品牌计划" else "DQ-31", fault))
    return Reading(value, change=None if text_of(raw).strip() == value else f"读作{value}")


def code(raw: object, pattern: str, what: str) -> Reading:
    """An id of ours, such as P00001."""
    text = re.sub(r"\s+", "", plain(text_of(raw))).upper()
    if not re.fullmatch(pattern, text):
        return Reading(None, ("DQ-31", f"{what}“{masked(text_of(raw))}”写法不对；应如{_example(pattern)}"))
    return Reading(text, change=None if text == text_of(raw) else f"读作{text}")


def _example(pattern: str) -> str:
    if pattern.startswith("20"):
        return "2021Q1" if pattern.endswith("Q[1-4]") else "2025、2025H1、2025Q3"
    return {
        "5": "532302",
        "G": "GB-01",
        "F": "F000001",
        "P": "P00001",
        "B": "B000001",
        "A": "A000001",
        "L": "L001",
    }.get(pattern[0], "O000001")


def key(raw: object) -> Reading:
    """The anonymous key: 16 hexadecimal digits."""
    text = re.sub(r"\s+", "", plain(text_of(raw))).lower()
    if not isinstance(raw, str) or not KEY.fullmatch(text):
        why = (
            "被表格软件改成了数值，末几位已丢失；请把该列设为文本格式重填"
            if not isinstance(raw, str)
            else "应为16位匿名键；不得填证件号、姓名、户号"
        )
        return Reading(None, ("DQ-31", f"对象匿名键{why}"))
    return Reading(text, change=None if text == raw else "读作小写")


def credit_code(raw: object) -> Reading:
    """A unified social credit code; destroyed by a spreadsheet it is refused with what to do."""
    fix = "请把该列设为文本格式，重新填写18位代码"
    if not isinstance(raw, str):
        return Reading(None, ("DQ-13", f"统一社会信用代码被表格软件改成了数值，末几位已丢失；{fix}"))
    text = re.sub(r"[\s-]+", "", plain(raw)).upper()
    if re.fullmatch(r"[0-9.]+E\+?[0-9]+", text):
        return Reading(None, ("DQ-13", f"统一社会信用代码“{text}”是科学计数法，末几位已丢失；{fix}"))
    if len(text) != 18:
        return Reading(None, ("DQ-13", f"统一社会信用代码“{masked(text)}”有{len(text)}位，应为18位；{fix}"))
    if not credit_codes.WRITTEN.fullmatch(text):
        return Reading(None, ("DQ-13", "统一社会信用代码只有数字和大写字母，没有 I O S V Z；请核对0与O、2与Z"))
    agrees = credit_codes.check_digit(text[:17]) == text[17]
    if not agrees and re.fullmatch(r"[0-9]{15}000", text):
        return Reading(None, ("DQ-13", f"统一社会信用代码末三位都是0，多半已被表格软件改坏；{fix}"))
    warned = None if agrees else ("DQ-14", f"统一社会信用代码“{text}”的校验位不符；请核对证书")
    return Reading(text, change=None if text == raw else f"读作{text}", warned=warned)


def words_of(raw: object, limit: str) -> Reading:
    """Free text, at most so many characters, as folded for storing; private-use characters stay, with a warning."""
    written = re.sub(r"\s+", " ", text_of(raw)).strip()
    text = text_folding.kept(written).strip()
    if text_folding.CONTROL.search(text):
        return Reading(None, ("DQ-31", "含有不能显示的字符；请重新输入这一格"))
    if len(text) > int(limit or 200):
        return Reading(None, ("DQ-31", f"有{len(text)}字，超过{limit}字；请写短些"))
    warned = None
    if text_folding.PRIVATE.search(text):
        warned = ("DQ-31", "有造字区的字，别的电脑上可能显示不出；已照原样收下，有通用字的请改用通用字")
    return Reading(text, change=None if text == written else "部首改为汉字、去掉看不见的字符", warned=warned)


def parts(raw: object) -> list[str]:
    """The items of a cell that holds several, by any of the signs that people put between them."""
    return [part.strip() for part in re.split(r"[;；、,，/\n|]+", text_of(raw)) if part.strip()]
