"""A value beside its base: the verb by rule, the base said; and why there is no comparison where there is none."""

from yunnan.drawing.findings.sentences import About, Sentence
from yunnan.words import wording

PARTIAL = "数据不全"


def valued(row, about: About) -> Sentence:
    """'4.40亿元，同比增长21.7%（2018年为3.62亿元）': the value in its own words, the change, the base.

    row: indicator_code, unit, value, base_value, base_is_complete, status; published where the place has one.
    """
    told = wording.headline(row.value, row.unit, getattr(row, "published", None), row.status)
    if wording.is_none(row.value):
        return [told]
    return [about.figure(told, row.indicator_code), *moved(row, about)]


def moved(row, about: About) -> Sentence:
    """How the value moved against the year before, or why that is not said; empty where no period has a base."""
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
    """Why a value cannot be set against its base; empty where it can."""
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
    """A word that nothing can be compared, where the period has no year before; else nothing."""
    return [] if about.has_base else [f"{about.span.label}没有上年同期数据，不作比较。"]


def direction(row) -> str:
    """'增', '减' or '平' against the year before; empty where that cannot be said."""
    if wording.is_none(row.value) or incomparable(row):
        return ""
    if wording.change(row.value, row.base_value, row.unit) == wording.LEVEL:
        return "平"
    return "增" if row.value > row.base_value else "减"
