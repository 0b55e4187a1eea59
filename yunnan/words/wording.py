"""The words on screen: label, unit and format of every column; amounts, rates and changes as people read them.

Rounding is half-up by Decimal: 0.5 becomes 1 here, as in every statistical yearbook, and not 0.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import islice, pairwise
from typing import Literal

import pandas as pd

NONE = "—"
DIGITS = "零一二三四五六七八九"
MOST_SENTENCES = 20  # of one kind that are told one by one
LEVEL = "持平"
PILLARS = {"P1": "党建引领", "P2": "机制建设", "P3": "业务指导", "P4": "平台搭建"}
LIGHTS = {
    "达标": "●",
    "接近": "▲",
    "滞后": "■",
    "观察": "◇",
    "无目标": "○",
    "本期不评": "○",
    "未报送": "○",
    "数据不全": "○",
    "已隐去": "○",
    "不适用": "○",
}
DEMO = "演示数据（合成），仅文献公布数与文献一致，不代表真实情况"
OVER = "超过100%（支出大于到账）"  # of 资金执行率, the only rate that can be
LEAST_BASE = 10
YI, WAN = Decimal(10**8), Decimal(10**4)

_ROUNDING = {"约": (2, ROUND_HALF_UP), "近": (2, ROUND_CEILING), "多": (1, ROUND_FLOOR)}


def is_none(value) -> bool:
    """Whether there is no value at all: None, NaN or NA."""
    return value is None or bool(pd.isna(value))


def fixed(value, places: int = 0) -> str:
    """'1,234.5': thousands separated, rounded half-up; '—' for none."""
    if is_none(value):
        return NONE
    quantum = Decimal(1).scaleb(-places)
    number = Decimal(str(value)).quantize(quantum, ROUND_HALF_UP)
    return f"{number + 0:,}" if number else f"{abs(number):,}"


def numeral(count: int) -> str:
    """'九', '十', '三十六': a count in Chinese as headings write it; in figures from a hundred on."""
    tens, ones = divmod(count, 10)
    if not tens:
        return DIGITS[ones]
    if tens > 9:
        return str(count)
    return f"{DIGITS[tens] if tens > 1 else ''}十{DIGITS[ones] if ones else ''}"


def plain(value) -> str:
    """A number without needless zeros: '1', '1,952,000', '1,234.5'; '—' for none."""
    text = fixed(value, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(yuan) -> str:
    """'4.40亿元', '615万元', '3,596.5万元', '820元': the unit that suits the size."""
    if is_none(yuan):
        return NONE
    size = abs(Decimal(str(yuan)))
    if size >= YI:
        return f"{fixed(Decimal(str(yuan)) / YI, 2)}亿元"
    if size >= WAN:
        text = fixed(Decimal(str(yuan)) / WAN, 1)
        return f"{text.removesuffix('.0')}万元"
    return f"{fixed(yuan)}元"


def people(count, noun: str = "人") -> str:
    """'42万人', '6,487人'."""
    if is_none(count):
        return NONE
    if abs(count) >= 10**5:
        return f"{fixed(Decimal(str(count)) / WAN, 2).removesuffix('.00')}万{noun}"
    return f"{fixed(count)}{noun}"


def percent(rate, places: int = 1) -> str:
    """'72.3%' of 0.723."""
    return NONE if is_none(rate) else f"{fixed(Decimal(str(rate)) * 100, places)}%"


def attained(rate) -> str:
    """An attainment in per cent, rounded down: '100.0%' is only said of a target that is met."""
    if is_none(rate):
        return NONE
    return f"{(Decimal(str(rate)) * 100).quantize(Decimal('0.1'), ROUND_FLOOR):,}%"


def measure(value, unit: str) -> str:
    """A value with its unit: 元, 人, 户, 人次, %, 分, 元/人, 人/万人, or a noun that is counted (个, 件, 场)."""
    if is_none(value):
        return NONE
    if unit == "%":
        return percent(value)
    if unit == "元":
        return amount(value)
    if unit in ("人", "户", "人次"):
        return people(value, unit)
    return f"{fixed(value, 1 if unit in ('人/万人', '分') else 0)}{unit}"


def measured(value, unit: str, status: str) -> str:
    """The value with its unit, or, where there is none, why."""
    return f"（{status}）" if is_none(value) else measure(value, unit)


def unscored(tier: str) -> str:
    """Why there is no score: '本期没有下达目标，不评分' or '数据不足，不出得分'."""
    return "本期没有下达目标，不评分" if tier == "无目标" else "数据不足，不出得分"


def told(name: str, value, unit: str, status: str) -> str:
    """'怒江：4,620万元'; '德宏：（未报送）'; incomplete returns are said beside the value."""
    note = "（数据不全）" if status == "数据不全" and not is_none(value) else ""
    return f"{name}：{measured(value, unit, status)}{note}"


def classes(breaks: Sequence[float], unit: str) -> list[str]:
    """One class more than breaks, in words: '500万元以下', '500万元—1,500万元', '1,500万元及以上'."""
    said = [measure(b, unit) for b in breaks]
    between = [f"{low}—{high}" for low, high in pairwise(said)]
    return [f"{said[0]}以下", *between, f"{said[-1]}及以上"]


def first_of(sentences: Iterable[str], count: int, more: str) -> Iterator[str]:
    """The first twenty of so many sentences, then how many more there are: more is '…另有{}行…'."""
    yield from islice(sentences, MOST_SENTENCES)
    if count > MOST_SENTENCES:
        yield more.format(fixed(count - MOST_SENTENCES))


def change(value, base, unit: str) -> str:
    """'增长21.7%', '下降3.0%', '提高1.2个百分点', '持平'; '—' when there is no base to compare with.

    Of fewer than ten things a percentage says too much: '增加13个'.
    """
    if not is_none(value) and value == base == 0:
        return LEVEL
    if is_none(value) or is_none(base) or base <= 0 or is_over(value, unit) or is_over(base, unit):
        return NONE
    points = unit == "%"
    moved = Decimal(str(value)) - Decimal(str(base))
    if base < LEAST_BASE and is_counted(unit) and moved:
        return f"{'增加' if moved > 0 else '减少'}{measure(abs(moved), unit)}"
    share = moved * 100 if points else moved / Decimal(str(base)) * 100
    text = fixed(abs(share), 1)
    if text == "0.0":
        return LEVEL
    if points:
        return f"{'提高' if share > 0 else '降低'}{text}个百分点"
    return f"{'增长' if share > 0 else '下降'}{text}%"


def compared(row, unit: str = "") -> str:
    """The change of a row against its base; '—' where a return is missing on either side (its is_comparable)."""
    return change(row.value, row.base_value, unit or row.unit) if row.is_comparable else NONE


def is_counted(unit: str) -> bool:
    """Whether a unit counts whole things: 个, 件, 人, 场; not money, a rate or a score."""
    return unit not in ("%", "元", "分") and "/" not in unit


def is_over(value, unit: str) -> bool:
    """Whether a rate is more than the whole, as where money of earlier years is spent: it is no headline."""
    return unit == "%" and not is_none(value) and value > 1 + 1e-9


def moved(change, unit: str) -> str:
    """'+900万元', '-1.2个百分点', '不变'; what rounds to nothing is '+不到0.1个百分点'; '—' for none."""
    if is_none(change):
        return NONE
    size = abs(Decimal(str(change)))
    if size < Decimal("1e-8"):
        return "不变"
    sign = "+" if change > 0 else "-"
    text = f"{fixed(size * 100, 1)}个百分点" if unit == "%" else measure(size, unit)
    return f"{sign}{text}" if any(c in "123456789" for c in text) else f"{sign}不到{text.replace('0.0', '0.1', 1)}"


def light(status: str) -> str:
    """'● 达标': never colour alone."""
    return f"{LIGHTS[status]} {status}"


def as_published(value, qualifier: str, unit: str) -> str:
    """The article's way to say a number: 约4.4亿元, 8000多万元, 近3600万元, 近6500名, 615万元, 27个.

    Nothing, and less than nothing where more was reversed than booked, is neither about, nearly nor over: it is exact.
    """
    if is_none(value):
        return NONE
    if value <= 0:
        qualifier = ""
    number = _significant(value, qualifier)
    text, size = _sized(number)
    noun = {"州市": "个州（市）", "县市": "个县（市）"}.get(unit, unit)
    if qualifier == "多":
        return f"{text}多{size}{noun}"
    return f"{qualifier if qualifier in ('约', '近') else ''}{text}{size}{noun}"


def _significant(value, qualifier: str) -> Decimal:
    number = Decimal(str(value))
    if qualifier not in _ROUNDING:
        return number
    digits, rounding = _ROUNDING[qualifier]
    step = Decimal(1).scaleb(math.floor(math.log10(number)) - digits + 1)
    return (number / step).quantize(Decimal(1), rounding) * step


def _sized(number: Decimal) -> tuple[str, str]:
    for step, size in ((YI, "亿"), (WAN, "万")):
        if abs(number) >= step:
            return f"{(number / step).normalize():f}", size
    return f"{number.normalize():f}", ""


def day(iso) -> str:
    """'2019年12月31日' of '2019-12-31' or a date."""
    year, month, of_month = str(iso)[:10].split("-")
    return f"{year}年{int(month)}月{int(of_month)}日"


def headline(value, unit: str, published, status: str) -> str:
    """A figure in the article's own words where it is one of the article's, else the value, else why there is none.

    A rate of more than the whole is explained and not headed with its number.
    """
    if is_over(value, unit):
        return OVER
    return measured(value, unit, status) if is_none(published) else published


def exactly(value, unit: str, published, base_label) -> str:
    """What stands behind a rounded figure: the exact value, the qualifier, the base of the comparison."""
    exact = f"准确值：{fixed(Decimal(str(value)) * 100, 2)}%" if unit == "%" and not is_none(value) else None
    exact = exact or (NONE if is_none(value) else f"准确值：{fixed(value)}{unit}")
    said = "" if is_none(published) else "。文献写法，据不完全统计"
    base = "。没有上年同期" if is_none(base_label) else f"。同比基期：{base_label}"
    return f"{exact}{said}{base}"


def rises(value, base) -> bool:
    """Whether a value is above its base; false when one of them is missing."""
    return not is_none(value) and not is_none(base) and value > base


def arrow(value, base) -> Literal["up", "down", "off"]:
    """'up', 'down' or 'off' when nothing moved or there is nothing to compare with."""
    if is_none(value) or is_none(base) or value == base:
        return "off"
    return "up" if value > base else "down"


def signed(text: str) -> str:
    """'+1.2' of '1.2'; a minus stays."""
    return text if text.startswith("-") else f"+{text}"


def place(rank, ranked) -> str:
    """'3/16'; '—' for a place that is not ranked."""
    return NONE if is_none(rank) else f"{int(rank)}/{int(ranked)}"


def band(best, worst) -> str:
    """'第3—5名', '第1名'; '不排名' for incomplete data."""
    if is_none(best):
        return "不排名"
    return f"第{int(best)}名" if best == worst else f"第{int(best)}—{int(worst)}名"


def literal(text: str) -> str:
    """Markdown that shows this text as it is: nothing in it becomes a link, or a picture fetched from afar.

    A bare address becomes a link even when its signs are escaped: a joiner of no width stands in it.
    """
    text = re.sub(r"(?i)(http|www|ftp|mailto|xmpp|@)", "\\1\u2060", text)
    return re.sub(r"([\\`*_{}\[\]()<>#+.!|~:$&-])", r"\\\1", text)
