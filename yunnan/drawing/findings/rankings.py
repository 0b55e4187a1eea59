"""Who contributes most, what lags, what is missing."""

import pandas as pd

from yunnan.drawing.findings.comparisons import PARTIAL, direction
from yunnan.drawing.findings.sentences import About, Sentence, listed
from yunnan.words import wording

TOP = 3
MOST = 5  # names a sentence may list: beyond that their number is said
SCORED = ("达标", "接近", "滞后")
ABSENT = "未报送"


def places_only(parts: pd.DataFrame) -> pd.DataFrame:
    """The parts that are places: neither 省本级 nor what a prefecture has not allocated to a county is one."""
    is_county = ~parts.region_code.str.endswith("00")
    return parts[is_county] if is_county.any() else parts[parts.region_code != "530000"]


def contributors(parts: pd.DataFrame, code: str, whole: float, about: About, *, of: str, unit: str) -> Sentence:
    """Which places have most of an amount that adds up, and their share of the whole; places level are all named.

    parts: region_code, region_name, value, status. Nothing is said where there is no whole or where all are level.
    """
    known = parts[parts.value > 0].sort_values("value", ascending=False, kind="stable")
    first = known[known.value.rank(ascending=False, method="min") <= TOP]
    if wording.is_none(whole) or whole <= 0 or len(first) == len(known) or len(first) > MOST:  # all are not “most”
        return []
    named: list[Sentence] = [
        [f"{r.region_name}", about.figure(_partly(r, unit), code, r.region_code)] for r in first.itertuples()
    ]
    share = wording.percent(float(first.value.sum()) / whole)
    return ["其中", *listed(named), "最多，合计占", of, about.figure(share, code), "。"]


def _partly(row, unit: str) -> str:
    return wording.measure(row.value, unit) + ("（数据不全）" if row.status == PARTIAL else "")


def growth(parts: pd.DataFrame, code: str, total, about: About, *, of: str, unit: str) -> Sentence:
    """Which place's amount grew most, and its share of what all grew; nothing where the whole is less or incomplete.

    Where some grew and others shrank, the one that grew most can be ten times the net: its share is not said.
    """
    if not about.has_base or direction(total) != "增":
        return []
    known = parts[parts.is_comparable].assign(more=parts.value - parts.base_value)
    first = known[(known.more == known.more.max()) & (known.more > 0)]
    if first.empty or len(first) > TOP:
        return []
    named: list[Sentence] = [[f"{r.region_name}增加", about.figure(wording.measure(r.more, unit), code, r.region_code)]
             for r in first.itertuples()]  # fmt: skip
    grown, net = float(first.more.sum()), total.value - total.base_value
    told: Sentence = ["比上年同期增加最多的是", *listed(named)]
    if len(known) == len(parts) and (known.more >= 0).all() and grown <= net:
        told += [f"，占{of}净增加额的", about.figure(wording.percent(grown / net), code)]
    return [*told, "。"]


def behind(parts: pd.DataFrame, what: str, code: str, about: About) -> Sentence:
    """Which places are behind their target for one indicator."""
    late = list(parts[parts.status == "滞后"].itertuples())
    if not late:
        return []
    if len(late) > MOST + 1:
        return [f"{what}滞后于本期目标的有", about.figure(f"{len(late)}个州市", code), "。"]
    named = [[row.region_name, about.figure(_reached(row), code, row.region_code)] for row in late]
    return [f"{what}滞后于本期目标的有", *listed(named), "。"]


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
    """The scored indicators farthest below their targets, those level with the last one too; or that none is below."""
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
    """The scored indicators farthest above their targets; nothing where none is above or many are level."""
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
    """Which places have not reported, or not all; how much of what was due is not there."""
    absent, partial = (list(parts.region_name[parts.status == status]) for status in (ABSENT, PARTIAL))
    due, here = int(values.quarters_due.max()), int((values.quarters_due - values.quarters_reported).max())
    told: list[Sentence] = [
        [f"{status}：{'、'.join(names)}"] for status, names in ((ABSENT, absent), (PARTIAL, partial)) if names
    ]
    if here:
        due_and_here = (about.figure(f"{number}份", "RETURNS") for number in (due, here))
        told.append(["应报", next(due_and_here), "季报，缺", next(due_and_here), "，各数只含已报部分"])
    return [*listed(told, "；"), "。"] if told else []
