"""Numbers as articles and reports write them: 约4.4亿元, 8000多万元, 近6500名, 615万元, 85.2%.

The process that reads returns has no pandas, so that nothing here may come from yunnan.words.wording.
"""

import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple

YI, WAN = Decimal(10**8), Decimal(10**4)
NONE = "—"
# Qualifier -> significant digits at least, and how they are rounded.
ROUNDING = {"约": (2, ROUND_HALF_UP), "近": (2, ROUND_CEILING), "多": (1, ROUND_FLOOR)}
WRITTEN = re.compile(r"(约|近|逾|超过|超)?([0-9][0-9,]*(?:\.[0-9]+)?)(多|余)?(千万|百万|十万|亿|万)?(多|余)?(\D{0,8})")
SIZES = {"": Decimal(1), "万": WAN, "十万": 10 * WAN, "百万": 100 * WAN, "千万": 1000 * WAN, "亿": YI}
PER_CENT = "%"


class Published(NamedTuple):
    """A published number: its size, per cent as it is written; 约, 近, 多 or ''; and what its last digit is worth."""

    number: Decimal
    qualifier: str
    step: Decimal


def read(text: str, unit: str) -> Published | None:
    """The number that a text writes in this unit; None where any part of the text is not understood."""
    match = WRITTEN.fullmatch(re.sub(r"\s+", "", text))
    if not match:
        return None
    before, digits, inner, size, after, noun = match.groups()
    more = [word for word in (inner, after, before if before in ("逾", "超过", "超") else None) if word]
    vague = before if before in ("约", "近") else None
    if len(more) + (vague is not None) > 1 or not _fits(noun, unit) or (unit == PER_CENT and size):
        return None
    number = Decimal(digits.replace(",", ""))
    scale = SIZES[size or ""]
    step = scale.scaleb(min(0, int(number.as_tuple().exponent)))
    return Published(number * scale, vague or ("多" if more else ""), step)


def _fits(noun: str, unit: str) -> bool:
    """Whether a noun may stand for the unit: money and shares are written one way, what is counted in many."""
    exact = ("元", PER_CENT)
    return noun == unit if unit in exact or noun in exact else re.fullmatch(r"[一-鿿（）/]{1,8}", noun) is not None


def written(value, qualifier: str, unit: str, like: Published | None = None) -> str:
    """A number as the article writes it: 约4.4亿元, 8000多万元, 近3600万元, 近6500名, 615万元, 27个; '—' for none.

    qualifier: 约, 近, 多, or other text for an exact number; like: a number to whose last digit it is written. Zero and
    negative numbers (more reversed than booked) are always written exactly.
    """
    if value is None:
        return NONE
    if value <= 0:
        qualifier = ""
    text, size = _sized(_rounded(value, qualifier, like))
    noun = {"州市": "个州（市）", "县市": "个县（市）"}.get(unit, unit)
    if qualifier == "多":
        return f"{text}多{size}{noun}"
    return f"{qualifier if qualifier in ('约', '近') else ''}{text}{size}{noun}"


def agrees(value, published: Published) -> bool:
    """Whether a value, written as the published number is, is that number."""
    is_same = value > 0 and _rounded(value, published.qualifier, published) == published.number
    return is_same or value == published.number


def _rounded(value, qualifier: str, like: Published | None) -> Decimal:
    number = Decimal(str(value))
    if qualifier in ROUNDING:
        digits, rounding = ROUNDING[qualifier]
        if like:
            digits = max(digits, len(like.number.normalize().as_tuple().digits))
        step = Decimal(1).scaleb(math.floor(math.log10(number)) - digits + 1)
    elif like:
        step, rounding = like.step, ROUND_HALF_UP
    else:
        return number
    return (number / step).quantize(Decimal(1), rounding) * step


def _sized(number: Decimal) -> tuple[str, str]:
    for step, size in ((YI, "亿"), (WAN, "万")):
        if abs(number) >= step:
            return f"{(number / step).normalize():f}", size
    return f"{number.normalize():f}", ""
