"""Sentences about the order of places and indicators: the largest shares, those behind target, returns missing."""

import pandas as pd

from yunnan.drawing.findings.comparisons import PARTIAL, direction
from yunnan.drawing.findings.sentences import About, Sentence, listed
from yunnan.words import wording
from yunnan.words.geography import PROVINCE

TOP = 3
MOST = 5  # names that a sentence may list; of more than these, only their number is given
SCORED = ("达标", "接近", "滞后")
ABSENT = "未报送"


def places_only(parts: pd.DataFrame) -> pd.DataFrame:
    """The rows that are places: without 省本级, and without what a prefecture has not allocated to a county.

    parts: a row per region_code; if there are counties among them, only the counties are returned.
    """
    is_county = ~parts.region_code.str.endswith("00")
    return parts[is_county] if is_county.any() else parts[parts.region_code != PROVINCE]


def contributors(parts: pd.DataFrame, code: str, whole: float, about: About, *, whole_name: str, unit: str) -> Sentence:
    """The sentence that names the places with the largest amounts and their share of the whole; ties are all named.

    parts: region_code, region_name, value, status, of an indicator that may be added up; whole: its total, whole_name
    its name. Empty where there is no whole, where no place stands out, or where more than MOST would be named.
    """
    positive = parts[parts.value > 0].sort_values("value", ascending=False, kind="stable")
    first = positive[positive.value.rank(ascending=False, method="min") <= TOP]
    if wording.is_none(whole) or whole <= 0 or len(first) == len(positive) or len(first) > MOST:  # all are not “most”
        return []
    named: list[Sentence] = [
        [f"{r.region_name}", about.figure(_partly(r, unit), code, r.region_code)] for r in first.itertuples()
    ]
    share = wording.percent(float(first.value.sum()) / whole)
    return ["其中", *listed(named), "最多，合计占", whole_name, about.figure(share, code), "。"]


def _partly(row, unit: str) -> str:
    return wording.measure(row.value, unit) + ("（数据不全）" if row.status == PARTIAL else "")


def growth(parts: pd.DataFrame, code: str, total, about: About, *, whole_name: str, unit: str) -> Sentence:
    """The sentence that names the place whose amount grew most, and its share of the net growth of all.

    Empty where the total did not grow or cannot be compared, or where more than TOP places tie. The share is left out
    where some places shrank: there the growth of one place can be ten times the net growth.
    """
    if not about.has_base or direction(total) != "增":
        return []
    comparable = parts[parts.is_comparable].assign(more=parts.value - parts.base_value)
    first = comparable[(comparable.more == comparable.more.max()) & (comparable.more > 0)]
    if first.empty or len(first) > TOP:
        return []
    named: list[Sentence] = [[f"{r.region_name}增加", about.figure(wording.measure(r.more, unit), code, r.region_code)]
             for r in first.itertuples()]  # fmt: skip
    grown, net = float(first.more.sum()), total.value - total.base_value
    sentence: Sentence = ["比上年同期增加最多的是", *listed(named)]
    if len(comparable) == len(parts) and (comparable.more >= 0).all() and grown <= net:
        sentence += [f"，占{whole_name}净增加额的", about.figure(wording.percent(grown / net), code)]
    return [*sentence, "。"]


def behind(parts: pd.DataFrame, indicator: str, code: str, about: About) -> Sentence:
    """The sentence that names the places behind their target for one indicator (its name); empty if there is none."""
    late = list(parts[parts.status == "滞后"].itertuples())
    if not late:
        return []
    if len(late) > MOST + 1:
        return [f"{indicator}滞后于本期目标的有", about.figure(f"{len(late)}个州市", code), "。"]
    named = [[row.region_name, about.figure(_reached(row), code, row.region_code)] for row in late]
    return [f"{indicator}滞后于本期目标的有", *listed(named), "。"]


def lights(values: pd.DataFrame, about: About, code: str) -> Sentence:
    """'26项计分指标中21项达标、4项接近、1项未评价'; code names the page that shows them."""
    scored = values[values.is_scored]
    counts: list[Sentence] = [
        [about.figure(f"{n}项{status}", code)] for status in SCORED if (n := int((scored.status == status).sum()))
    ]
    if rest := len(scored) - int(scored.status.isin(SCORED).sum()):
        counts.append([about.figure(f"{rest}项未评价", code)])
    return [about.figure(f"{len(scored)}项", code), "计分指标中", *listed(counts)]


def lagging(values: pd.DataFrame, about: About) -> Sentence:
    """The sentence that names the scored indicators farthest below their targets, ties included, or that none is below.

    Empty where no indicator was judged.
    """
    judged = values[values.is_scored & values.attainment.notna() & values.status.isin(SCORED)]
    below = judged[judged.attainment < 1].sort_values("attainment", kind="stable")
    if judged.empty:
        return []
    if below.empty:
        return ["本期评价的计分指标都已达到本期目标。"]
    last = below[below.attainment.rank(method="min") <= TOP]
    more = [f"等{len(last)}项"] if len(last) > MOST else []
    return ["距本期目标最远的是", *_named(last.head(MOST), about), *more, "。"]


def best(values: pd.DataFrame, about: About) -> Sentence:
    """The sentence that names the scored indicators farthest above target; empty if none is, or too many are equal."""
    judged = values[values.is_scored & values.status.isin(SCORED)]
    judged = judged[~((judged.unit == "%") & (judged.value > 1))]  # a rate above the whole is no success
    first = judged[(judged.attainment == judged.attainment.max()) & (judged.attainment > 1)]
    return ["超出本期目标最多的是", *_named(first, about), "。"] if 0 < len(first) <= TOP else []


def _named(values: pd.DataFrame, about: About) -> Sentence:
    return listed(
        [[row.indicator_name, about.figure(_reached(row), row.indicator_code)] for row in values.itertuples()]
    )


def _reached(row) -> str:
    return f"（完成{wording.attained(row.attainment)}）"


def missing(values: pd.DataFrame, parts: pd.DataFrame, about: About) -> Sentence:
    """The sentence that names the places without returns or with some missing, and how many returns are missing."""
    absent, partial = (list(parts.region_name[parts.status == status]) for status in (ABSENT, PARTIAL))
    due, lacking = int(values.quarters_due.max()), int((values.quarters_due - values.quarters_reported).max())
    clauses: list[Sentence] = [
        [f"{status}：{'、'.join(names)}"] for status, names in ((ABSENT, absent), (PARTIAL, partial)) if names
    ]
    if lacking:
        due_and_lacking = (about.figure(f"{number}份", "RETURNS") for number in (due, lacking))
        clauses.append(["应报", next(due_and_lacking), "季报，缺", next(due_and_lacking), "，各数只含已报部分"])
    return [*listed(clauses, "；"), "。"] if clauses else []
