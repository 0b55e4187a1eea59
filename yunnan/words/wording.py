"""Amounts, rates, changes and scores as they are written in Chinese on screen and in files.

Rounding is half-up, by Decimal: 0.5 becomes 1, as in statistical yearbooks, and not 0 as with Python's round().
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import islice, pairwise
from typing import Literal

import pandas as pd

NONE = "—"
DIGITS = "零一二三四五六七八九"
MOST_SENTENCES = 20  # of one kind that are listed one by one; the others are only counted
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
BEGIN = "先看演示：make demo；用自己的数据：python -m yunnan init，按 docs/start.md 做"
DEMO = "演示数据（合成），仅文献公布数与文献一致，不代表真实情况"
OVER = "超过100%（支出大于到账）"  # for 资金执行率, the only rate that can be over 100 %
LEAST_BASE = 10  # a smaller base of counted things gets no percentage
YI, WAN = Decimal(10**8), Decimal(10**4)


def is_none(value) -> bool:
    """Whether there is no value at all: None, NaN or NA."""
    return value is None or bool(pd.isna(value))


def fixed(value, places: int = 0) -> str:
    """'1,234.5': thousands separated, rounded half-up to so many decimal places; '—' for none."""
    if is_none(value):
        return NONE
    quantum = Decimal(1).scaleb(-places)
    number = Decimal(str(value)).quantize(quantum, ROUND_HALF_UP)
    return f"{number + 0:,}" if number else f"{abs(number):,}"


def numeral(count: int) -> str:
    """'九', '十', '三十六': a count in Chinese numerals, for headings; in digits from 100 on."""
    tens, ones = divmod(count, 10)
    if not tens:
        return DIGITS[ones]
    if tens > 9:
        return str(count)
    return f"{DIGITS[tens] if tens > 1 else ''}十{DIGITS[ones] if ones else ''}"


def plain(value) -> str:
    """A number with at most two decimals and no trailing zeros: '1', '1,952,000', '1,234.5'; '—' for none."""
    text = fixed(value, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(yuan) -> str:
    """Yuan in the unit that suits their size: '4.40亿元', '615万元', '3,596.5万元', '820元'; '—' for none."""
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
    """A count of persons: '6,487人', in 万 from 100,000 on: '42万人'; '—' for none."""
    if is_none(count):
        return NONE
    if abs(count) >= 10**5:
        return f"{fixed(Decimal(str(count)) / WAN, 2).removesuffix('.00')}万{noun}"
    return f"{fixed(count)}{noun}"


def percent(rate, places: int = 1) -> str:
    """A rate in per cent: '72.3%' for 0.723; '—' for none."""
    return NONE if is_none(rate) else f"{fixed(Decimal(str(rate)) * 100, places)}%"


def attained(rate) -> str:
    """An attainment in per cent, rounded down, so that only a target that is met has '100.0%'; '—' for none."""
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
    """The value with its unit; where there is none, its status in brackets: '（未报送）'."""
    return f"（{status}）" if is_none(value) else measure(value, unit)


def unscored(tier: str) -> str:
    """The reason why there is no score: '本期没有下达目标，不评分' or '数据不足，不出得分'."""
    return "本期没有下达目标，不评分" if tier == "无目标" else "数据不足，不出得分"


def named_value(name: str, value, unit: str, status: str) -> str:
    """A place's name and value: '怒江：4,620万元', '德宏：（未报送）', '昭通：490万元（数据不全）'."""
    note = "（数据不全）" if status == "数据不全" and not is_none(value) else ""
    return f"{name}：{measured(value, unit, status)}{note}"


def classes(breaks: Sequence[float], unit: str) -> list[str]:
    """The classes between the breaks, one more than there are breaks: '5元以下', '5元—9元', '9元及以上'."""
    texts = [measure(b, unit) for b in breaks]
    between = [f"{low}—{high}" for low, high in pairwise(texts)]
    return [f"{texts[0]}以下", *between, f"{texts[-1]}及以上"]


def first_of(sentences: Iterable[str], count: int, more: str) -> Iterator[str]:
    """The first MOST_SENTENCES of count sentences, then how many more there are: more is '…另有{}行…'."""
    yield from islice(sentences, MOST_SENTENCES)
    if count > MOST_SENTENCES:
        yield more.format(fixed(count - MOST_SENTENCES))


def change(value, base, unit: str) -> str:
    """'增长21.7%', '下降3.0%', '提高1.2个百分点', '持平'; '—' when there is no base to compare with.

    Where the base is a count below LEAST_BASE, the difference instead of a percentage: '增加13个'.
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
    """The change of a row against its base; '—' where is_comparable is false. unit: for rows without a unit."""
    return change(row.value, row.base_value, unit or row.unit) if row.is_comparable else NONE


def is_counted(unit: str) -> bool:
    """Whether a unit counts whole things: 个, 件, 人, 场; not money, a rate or a score."""
    return unit not in ("%", "元", "分") and "/" not in unit


def is_over(value, unit: str) -> bool:
    """Whether a rate is over 100 %, which happens where money of earlier years is spent; false for other units."""
    return unit == "%" and not is_none(value) and value > 1 + 1e-9


def moved(change, unit: str) -> str:
    """A difference: '+900万元', '-1.2个百分点', '不变'; '+不到0.1个百分点' if it would round to zero; '—' for none."""
    if is_none(change):
        return NONE
    size = abs(Decimal(str(change)))
    if size < Decimal("1e-8"):
        return "不变"
    sign = "+" if change > 0 else "-"
    text = f"{fixed(size * 100, 1)}个百分点" if unit == "%" else measure(size, unit)
    return f"{sign}{text}" if any(c in "123456789" for c in text) else f"{sign}不到{text.replace('0.0', '0.1', 1)}"


def light(status: str) -> str:
    """A status with its symbol, so that it is not shown by colour alone: '● 达标'."""
    return f"{LIGHTS[status]} {status}"


def day(iso) -> str:
    """'2019年12月31日' for '2019-12-31', for a date or for a time."""
    year, month, of_month = str(iso)[:10].split("-")
    return f"{year}年{int(month)}月{int(of_month)}日"


def headline(value, unit: str, published, status: str) -> str:
    """A figure as a headline: as the article writes it (published) if it is one of the article's, else its value.

    Without a value its status in brackets; a rate over 100 % is explained (OVER) and not given as a number.
    """
    if is_over(value, unit):
        return OVER
    return measured(value, unit, status) if is_none(published) else published


def exactly(value, unit: str, published, base_label) -> str:
    """The note behind a rounded figure: its exact value, whether the article has it, the base it is compared with."""
    exact = f"准确值：{fixed(Decimal(str(value)) * 100, 2)}%" if unit == "%" and not is_none(value) else None
    exact = exact or (NONE if is_none(value) else f"准确值：{fixed(value)}{unit}")
    source = "" if is_none(published) else "。文献写法，据不完全统计"
    base = "。没有上年同期" if is_none(base_label) else f"。同比基期：{base_label}"
    return f"{exact}{source}{base}"


def rises(value, base) -> bool:
    """Whether a value is above its base; false when one of them is missing."""
    return not is_none(value) and not is_none(base) and value > base


def arrow(value, base) -> Literal["up", "down", "off"]:
    """'up' or 'down'; 'off' when the value is equal to its base or one of the two is missing."""
    if is_none(value) or is_none(base) or value == base:
        return "off"
    return "up" if value > base else "down"


def signed(text: str) -> str:
    """A number's text with its sign: '+1.2' for '1.2'; '-1.2' stays."""
    return text if text.startswith("-") else f"+{text}"


def place(rank, ranked) -> str:
    """A rank and the number of places ranked: '3/16'; '—' for a place that is not ranked."""
    return NONE if is_none(rank) else f"{int(rank)}/{int(ranked)}"


def band(best, worst) -> str:
    """A range of ranks: '第3—5名', '第1名'; '不排名' where there is none, as for incomplete data."""
    if is_none(best):
        return "不排名"
    return f"第{int(best)}名" if best == worst else f"第{int(best)}—{int(worst)}名"


def literal(text: str) -> str:
    """Markdown that shows the text literally: nothing in it becomes a link or a picture loaded from another server.

    A bare address becomes a link even if its punctuation is escaped, so a joiner without width (U+2060) is put into it.
    """
    text = re.sub(r"(?i)(http|www|ftp|mailto|xmpp|@)", "\\1\u2060", text)
    return re.sub(r"([\\`*_{}\[\]()<>#+.!|~:$&-])", r"\\\1", text)
