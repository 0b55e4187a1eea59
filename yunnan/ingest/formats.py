"""A number format -> what the cell shows beside its number: a unit, a scale, a sign of per cent."""

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from yunnan.ingest.cells import UNITS

PER_CENT, UNCLEAR = "%", "?"
BUILT_IN = {9: "0%", 10: "0.00%"}
DATED = re.compile(r"[ymdhs年月日时分秒]", re.IGNORECASE)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
NEUTRAL = re.compile(r"人民币|RMB|CNY|[¥￥\s()（）+\-—_整正]")
CHANGING = re.compile(r"[0-9十百千万亿$€£円₩%‰]|USD|HKD|EUR|美元|美金|港|欧|英镑|日元")
FOREIGN = re.compile(r"-(?:411|ja-JP|409|en-US|C04|zh-HK|404|zh-TW)$", re.IGNORECASE)


class NumberFormat(NamedTuple):
    """The number shown is the number held divided by scale, in this unit; '' where the format names none."""

    scale: int
    unit: str


def of_code(code: str, value: float) -> NumberFormat | None:
    """What the format adds to this number; None where the cell shows no more than it holds."""
    section = _section(code, value)
    return _scale_and_unit(section) if section else None


def may_tell(code: str) -> bool:
    """Whether any section of the format adds something to some number."""
    return any(_scale_and_unit(section) for section in _sections(code))


def _section(code: str, value: float) -> str:
    """The section of a format that shows this number."""
    sections = _sections(code)
    conditions = [re.search(rf"\[{CONDITION.pattern}\]", section) for section in sections]
    if any(conditions):
        plain = [s for s, c in zip(sections, conditions, strict=True) if not c]
        fitting = (s for s, c in zip(sections, conditions, strict=True) if c and _holds(c[1], float(c[2]), value))
        return next(fitting, plain[0] if plain else "")
    at = 1 if value < 0 else 2 if value == 0 else 0
    return sections[at] if at < min(len(sections), 3) else sections[0]


def _holds(sign: str, limit: float, value: float) -> bool:
    return {
        "<": value < limit,
        ">": value > limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _sections(code: str) -> list[str]:
    sections = [""]
    for kind, text in _tokens(code):
        if (kind, text) == ("sign", ";"):
            sections.append("")
        else:
            sections[-1] += {"word": f'"{text}"', "bracket": f"[{text}]"}.get(kind, text)
    return sections


def _tokens(code: str) -> Iterator[tuple[str, str]]:
    """('word', literal text), ('bracket', what stands in one) or ('sign', one character)."""
    pattern = r'"([^"]*)"?|[\\!](.)|[_*].|\[([^\]]*)\]|(General|G/通用格式)|(.)'
    for match in re.finditer(pattern, code, re.DOTALL | re.IGNORECASE):
        quoted, escaped, bracket, general, sign = match.groups()
        if quoted is not None or escaped is not None:
            yield "word", quoted if quoted is not None else escaped
        elif bracket is not None:
            yield "bracket", bracket
        elif general is None and sign is not None:
            yield "sign", sign


def _scale_and_unit(section: str) -> NumberFormat | None:
    """One section: its digits tell the scale, its words the unit. A date or a text has neither."""
    digits, words = "", ""
    for kind, text in _tokens(section):
        if kind == "bracket":
            words += _currency(text)
        elif kind == "sign" and text in "0#?.,":
            digits += text
        elif kind == "sign" and DATED.match(text) and not digits:
            return None
        elif kind == "word" and text == ".":
            digits += "/"
        elif text:
            words += text
            digits += "|" if digits else ""
    unit = _unit(words)
    if unit and re.search(r"\|.*[0#?]", digits):
        unit = UNCLEAR  # a word between the digits, as in 1万2345
    scale = _scale(digits.replace("|", ""))
    return NumberFormat(scale, unit) if unit or scale > 1 else None


def _currency(bracket: str) -> str:
    if not bracket.startswith("$"):
        return ""
    sign = bracket[1:].rpartition("-")[0] or bracket[1:].split("-")[0]
    return UNCLEAR if sign and FOREIGN.search(bracket) else sign


def _scale(digits: str) -> int:
    """1000 for each comma behind the last digit; a point that is only written divides by what stands behind it."""
    whole = digits.split(".")[0]
    scale = 1000 ** (len(whole) - len(whole.rstrip(",")) or len(digits) - len(digits.rstrip(",")))
    behind = whole.partition("/")[2]
    return scale * 10 ** sum(sign in "0#?" for sign in behind)


def _unit(words: str) -> str:
    unit = NEUTRAL.sub("", words)
    if unit in ("%", "‰"):
        return PER_CENT
    if unit in UNITS:
        return unit and (unit if unit.endswith("元") else f"{unit}元")
    return UNCLEAR if UNCLEAR in words or CHANGING.search(unit) else ""


def of_text(text: str, value: float) -> NumberFormat | None:
    """The same of an .ods, which has no such format: what stands beside the number shown, and how far they differ."""
    match = re.search(r"[0-9][0-9,.]*", text)
    if not match:
        return None
    unit = _unit(text[: match.start()] + text[match.end() :])
    number = float(match[0].replace(",", "").rstrip("."))
    scale = 10 ** max(round(math.log10(abs(value) / number)), 0) if number and value and unit != PER_CENT else 1
    return NumberFormat(scale, unit) if unit or scale > 1 else None
