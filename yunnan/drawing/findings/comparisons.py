"""A value compared with the same period of the year before (its base), or the reason why it is not compared."""

from yunnan.drawing.findings.sentences import About, Sentence
from yunnan.words import wording

PARTIAL = "数据不全"


def valued(row, about: About) -> Sentence:
    """'4.40亿元，同比增长21.7%（2018年为3.62亿元）': the value, its change, its base.

    row: indicator_code, unit, value, base_value, base_is_complete, status; published where the place has one.
    """
    text = wording.headline(row.value, row.unit, getattr(row, "published", None), row.status)
    if wording.is_none(row.value):
        return [text]
    return [about.figure(text, row.indicator_code), *moved(row, about)]


def moved(row, about: About) -> Sentence:
    """The change against the year before, or the reason why it is not stated.

    Empty where there is no period a year before, unless the row's own data are incomplete, which is then stated.
    """
    if not about.has_base:
        return ["（数据不全，不与上年同期比较）"] if row.status == PARTIAL else []
    if reason := incomparable(row):
        return [f"（{reason}）"]
    base = about.figure_of_base(wording.measure(row.base_value, row.unit), row.indicator_code)
    verb = wording.change(row.value, row.base_value, row.unit)
    if verb == wording.LEVEL:
        return [f"，与{about.span.base_label}的", base, verb]
    return ["，同比", about.figure(verb, row.indicator_code), f"（{about.span.base_label}为", base, "）"]


def incomparable(row) -> str:
    """The reason why a value cannot be compared with its base; empty where it can."""
    if wording.is_none(row.base_value):
        return "上年同期无数据"
    if not row.is_comparable:
        return "上年同期数据不全，不作比较" if not row.base_is_complete else "数据不全，不与上年同期比较"
    if wording.is_over(row.value, row.unit) or wording.is_over(row.base_value, row.unit):
        return "比率超过100%，不作比较"
    if row.base_value <= 0 and row.value != row.base_value:
        return "上年同期为零，不计增幅" if row.base_value == 0 else "上年同期为负，不计增幅"
    return ""


def base_of(about: About) -> Sentence:
    """The sentence that nothing can be compared, where there is no year before; else empty."""
    return [] if about.has_base else [f"{about.span.label}没有上年同期数据，不作比较。"]


def direction(row) -> str:
    """'增', '减' or '平' against the year before; empty where the two cannot be compared."""
    if wording.is_none(row.value) or incomparable(row):
        return ""
    if wording.change(row.value, row.base_value, row.unit) == wording.LEVEL:
        return "平"
    return "增" if row.value > row.base_value else "减"
