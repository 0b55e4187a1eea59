"""Two report periods or two snapshots of one place: which periods of them are comparable, both side by side."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from yunnan.data.snapshots import Snapshot
from yunnan.data.view import View
from yunnan.front.address import choices
from yunnan.front.kit.conclusion import finding
from yunnan.front.kit.panels import table_twin
from yunnan.front.kit.snapshot_choice import edition, other_snapshot
from yunnan.front.province.comparison import Difference, Side, gap, is_revised, pillar_table, score_bars


@dataclass(frozen=True)
class Pair:
    """What is compared for one place: a snapshot and period with a base snapshot and period, both with their names.

    note: why other periods than the chosen ones are used; is_comparable: whether differences are shown; is_revision:
    the two are snapshots.
    """

    now: Snapshot
    base: Snapshot
    period: str
    base_period: str
    name: str
    base_name: str
    note: str = ""
    is_comparable: bool = True
    is_revision: bool = False


def two_periods(spans: pd.DataFrame, view: View) -> Pair:
    """The view's period and a second one that the reader chooses, or parts of both that have the same months.

    spans: compare/spans. Draws the choice.
    """
    labels = dict(zip(spans.period, spans.label, strict=True))
    others = [period for period in labels if period != view.period]
    default = view.span.base_period if view.span.base_period in others else others[0]
    chosen = choices.choose(
        "period2", "与哪一期比", others, default, label_of=labels.__getitem__, also_valid=list(labels), width=250
    )
    period, base, note, may = same_months(spans, view.period, chosen)
    return Pair(view.snapshot, view.snapshot, period, base, labels[period], labels[base], note, may)


def same_months(spans: pd.DataFrame, period: str, other: str) -> tuple[str, str, str, bool]:
    """(period, base period, why they were changed or '', whether they are comparable) for two chosen periods.

    Comparable are complete periods of one kind, and periods of the same months. Else the first of these that exists is
    taken: the months of period in the year of other, the months of other in the year of period, the months of period
    in the year before.
    """
    rows = {row.period: row for row in spans.itertuples()}
    first, second = rows[period], rows[other]
    if _months(first) == _months(second) or (first.kind == second.kind and first.is_complete and second.is_complete):
        return period, other, "", True
    reason = f"“{first.label}”与“{second.label}”所含的月份不同，不可比。"
    for part, year in ((first, second.year), (second, first.year), (first, first.year - 1)):
        twin = next((r for r in rows.values() if r.year == year != part.year and _months(r) == _months(part)), None)
        if twin:
            pair = (part.period, twin.period) if part is first else (twin.period, part.period)
            return *pair, f"{reason}以下改用月份相同的“{rows[pair[0]].label}”与“{rows[pair[1]].label}”。", True
    return period, other, f"{reason}快照中没有月份相同的另一期，以下只并列，不相减。", False


def two_snapshots(view: View) -> Pair | None:
    """The view's snapshot and a second one, in a period of the same days in both; None if there is no second one."""
    if (other := other_snapshot(view)) is None:
        return None
    own, theirs = (s.table("compare/spans") for s in (view.snapshot, other))
    period, base, note, may = same_days(own, theirs, view.period)
    return Pair(
        view.snapshot, other, period, base, edition(view.snapshot), edition(other), note, may, is_revision=True
    )  # fmt: skip


def same_days(own: pd.DataFrame, theirs: pd.DataFrame, period: str) -> tuple[str, str, str, bool]:
    """(period here, period there, why they differ or '', whether they are comparable) for one period in two snapshots.

    own, theirs: compare/spans of both; period is in own.
    """
    here = next(row for row in own.itertuples() if row.period == period)
    there = next((row for row in theirs.itertuples() if row.period == period), None)
    if there is None:
        return period, period, f"另一份快照的截至日早于“{here.label}”，没有这一期，以下只列本快照。", False
    if here.end_date == there.end_date:
        return period, period, "", True
    part, longer = (here, theirs) if here.end_date < there.end_date else (there, own)
    twin = next(
        (r for r in longer.itertuples() if (r.begin_date, r.end_date) == (part.begin_date, part.end_date)), None
    )
    reason = f"本期在两份快照中长短不同（“{here.label}”与“{there.label}”），不是修订。"
    if twin is None:
        return period, period, f"{reason}没有天数相同的一期，以下只并列，不相减。", False
    pair = (period, twin.period) if part is here else (twin.period, period)
    return *pair, f"{reason}以下两边都用天数相同的“{twin.label}”。", True


def pair_finding(pair: Pair, now: pd.DataFrame, base: pd.DataFrame, *, view: View) -> None:
    """Why other periods than the chosen ones are compared, and a sentence with how many indicators differ.

    now, base: compare/of_place.
    """
    if pair.note:
        st.info(pair.note, icon=":material/info:")
    now, base = (_whole(side, pair) for side in (now, base))
    finding([[_finding(pair, _compared(pair, now, base), now, base, view)]])


def two_beside(pair: Pair, now: pd.DataFrame, base: pd.DataFrame, pillar: str, *, view: View) -> None:
    """The indicators of one pillar at one place twice, with differences. now, base: compare/of_place."""
    now, base = (_whole(side, pair) for side in (now, base))
    at_place = {"place": view.place}
    sides = [
        Side(pair.name, now, at_place | {"period": pair.period, "asof": pair.now.id}),
        Side(pair.base_name, base, at_place | {"period": pair.base_period, "asof": pair.base.id}),
    ]
    difference = Difference(f"较{pair.base_name}", *sides)
    differing = {pair.base_name: difference} if pair.is_comparable else {}
    pillar_table(pillar, sides, differing, view=view, marks_revision=pair.is_revision and pair.is_comparable)


def pair_twin(pair: Pair, now: pd.DataFrame, base: pd.DataFrame, *, view: View) -> None:
    """The table of all indicators with its file. now, base: compare/of_place."""
    now, base = (_whole(side, pair) for side in (now, base))
    name = f"{pair.name}与{pair.base_name}指标对比"
    table_twin(_compared(pair, now, base), name=name, view=view, is_of_place=True)


def _compared(pair: Pair, now: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """The rows of now with the values of base and the differences."""
    gaps = pd.Series([gap(a, b) for a, b in zip(now.itertuples(), base.itertuples(), strict=True)], dtype=float)
    return now.assign(compared_value=base.value, difference=gaps if pair.is_comparable else None)


def two_scores(pair: Pair, now: pd.DataFrame, base: pd.DataFrame, *, view: View) -> None:
    """The scores of one place twice. now, base: scores/of_place; empty for a county."""
    if now.empty and base.empty:
        st.caption("县不计得分。")
        return
    both = pd.concat([now.assign(series=pair.name), base.assign(series=pair.base_name)])
    score_bars(both, "series", view, f"综合与四支柱得分：{pair.name}、{pair.base_name}")


def _finding(pair: Pair, table: pd.DataFrame, now: pd.DataFrame, base: pd.DataFrame, view: View) -> str:
    if not pair.is_comparable:
        return f"{view.region.place_name}：{pair.name}与{pair.base_name}不可比，只并列。"
    if pair.is_revision:
        changed = sum(is_revised(a, b) for a, b in zip(now.itertuples(), base.itertuples(), strict=True))
        period = next(view.periods[view.periods.period == pair.period].itertuples()).label
        return (
            f"{view.region.place_name}{period}：{pair.name}较{pair.base_name}，{len(table)}项指标中{changed}项有修订。"
        )
    up, down, same = (
        (table.difference > 0).sum(),
        (table.difference < 0).sum(),
        (table.difference == 0).sum(),
    )
    return (
        f"{view.region.place_name}：{pair.name}较{pair.base_name}，{len(table)}项指标中数值{up}项升、{down}项降、{same}项持平，"
        f"{len(table) - up - down - same}项无法相减（未报送、已隐去、数据不全、不适用、本期不评或口径不同）。"
    )


def _months(row) -> tuple[int, int, int]:
    """First month, last month and last day: the same for the same part of another year."""
    return row.begin_date.month, row.end_date.month, row.end_date.day


def _whole(side: pd.DataFrame, pair: Pair) -> pd.DataFrame:
    """The side with is_complete for comparing: of two snapshots, late returns are what is compared, so only values with
    the status 数据不全 are incomplete.
    """
    return side.assign(is_complete=side.status != "数据不全") if pair.is_revision else side
