"""What the first screen says of one measure in one period: texts, classes, lengths and order, by place."""

from collections.abc import Sequence

import pandas as pd

from yunnan.data import queries, targets
from yunnan.drawing.charts import maps
from yunnan.words import wording

FULL = 1000  # the longest bar
LONGEST = 1500  # where a bar of attainment ends, however far the target was passed
STATUSES = list(wording.LIGHTS)
QUICK = ("P1-08", "P1-09", "PER_POOR", "SCORE")  # measures that are one click away; the others are in a list
Measured = dict[str, dict[str, list]]  # {period: {measure: [a row of cockpit/values, or None, for each place]}}


def cells_of(measured: dict[str, list], cards: pd.DataFrame) -> dict[str, dict]:
    """{measure: its cells} of one period; a measure without any row is left out."""
    return {
        card.measure: _cells(measured[card.measure], card) for card in cards.itertuples() if card.measure in measured
    }


def drawn(rows: Sequence, unit: str, breaks: Sequence[float]) -> dict:
    """What map and order show: lists by place, the whole first, the classes in words, the others from high to low.

    rows: value, status and, of the first, published; None for a place of which nothing is drawn.
    """
    values = [None if row is None or wording.is_none(row.value) else row.value for row in rows]
    most = max([*(value for value in values[1:] if value is not None), 0]) or 1
    return {
        "text": [_written(row, unit, is_province=n == 0) if row else "" for n, row in enumerate(rows)],
        "class": [int(maps.class_of(value, breaks)) for value in values],
        "bar": [_height(value, most) for value in values],
        "status": [STATUSES.index(row.status) if row else -1 for row in rows],
        "order": _from_high_to_low(values),
        "classes": wording.classes(breaks, unit),
    }


def _cells(rows: Sequence, card) -> dict:
    """One measure in one period."""
    unit = card.unit
    cells = drawn(rows, unit, card.breaks) | {"change": [_changed(row, unit) if row else "" for row in rows]}
    if card.measure not in (*queries.headlines(), *QUICK):
        return cells
    return cells | {
        "goal": [_goal(row, unit) if row else "" for row in rows],
        "done": [thousandths(_done(row)) if row else -1 for row in rows],
        "due": [thousandths(_due(row)) if row else -1 for row in rows],
        "median": [wording.measure(row.peers_median, unit) if row else wording.NONE for row in rows],
        "rank": [wording.place(row.place_rank, row.places_ranked) if row else wording.NONE for row in rows],
    }


def by_kind(cells: dict[str, dict[str, dict]]) -> dict[str, dict]:
    """{kind: {period: {measure: list}}} of {period: {measure: {kind: list}}}."""
    by_kind: dict[str, dict] = {}
    for period, measures in cells.items():
        for measure, kinds in measures.items():
            for kind, of_places in kinds.items():
                by_kind.setdefault(kind, {}).setdefault(period, {})[measure] = of_places
    return by_kind


def _written(row, unit: str, *, is_province: bool) -> str:
    """A value as written: the province's as the article writes it, where it does."""
    note = "（数据不全）" if row.status == "数据不全" and not wording.is_none(row.value) else ""
    published = row.published if is_province else None
    return f"{wording.headline(row.value, unit, published, row.status)}{note}"


def of_place(row) -> dict:
    """What a card says of an indicator of a place without targets and peers, a row of places/county_indicators."""
    return {
        "text": _written(row, row.unit, is_province=False),
        "change": _changed(row, row.unit),
        "status": STATUSES.index(row.status),
        "rank": wording.place(row.county_rank, row.counties_ranked),
        "whole": wording.measure(row.prefecture_value, row.unit),
    }


def _changed(row, unit: str) -> str:
    text = wording.compared(row, unit)
    return "" if text == wording.NONE else f"同比{text}"


def _goal(row, unit: str) -> str:
    """'目标4.20亿元，完成104.7%': of the year where the measure adds up over it, else of the period."""
    if wording.is_none(row.target_value):
        return ""
    is_flow = row.target_basis in targets.FLOWS
    goal = wording.measure(row.target_value, unit) + ("（年末）" if row.target_basis == "年末" else "")
    share = _done(row)
    done = "" if wording.is_none(share) else f"，完成{wording.attained(share)}"
    return f"{'年度' if is_flow else ''}目标{goal}{done}"


def _done(row):
    """The share of the target that is reached: of the year's where the measure adds up over it; None without."""
    if row.target_basis not in targets.FLOWS:
        return row.attainment
    return None if wording.is_none(row.value) or wording.is_none(row.target_value) else row.value / row.target_value


def _due(row):
    """The share of the year's target that is due by now, for a measure that adds up over the year; else None."""
    if row.target_basis not in targets.FLOWS or wording.is_none(row.target_to_date):
        return None
    return row.target_to_date / row.target_value


def thousandths(share) -> int:
    """Of a share of the target, LONGEST at most; -1 for none."""
    return -1 if wording.is_none(share) else min(LONGEST, max(0, int(FULL * share)))


def _from_high_to_low(values: Sequence) -> list[int]:
    """The indexes of the places below the province, the highest value first and those without one last."""
    below = range(1, len(values))
    return sorted(below, key=lambda n: (values[n] is None, -(values[n] or 0), n))


def quarters(periods: pd.DataFrame, measured: Measured) -> dict:
    """Heights by quarter: [of the value, of the target due by then] in thousandths of the highest, -1 for none."""
    quarters = list(periods[periods.kind == "quarter"].sort_values("last_date").period)
    measures = dict.fromkeys(measure for quarter in quarters for measure in measured[quarter])
    return {
        "periods": quarters,
        "heights": {
            measure: [_heights(rows) for rows in zip(*(measured[q][measure] for q in quarters), strict=True)]
            for measure in measures
            if all(measure in measured[q] for q in quarters)
        },
    }


def _heights(rows: Sequence) -> list[list[int]]:
    pairs = [(None, None) if row is None else (row.value, row.target_to_date) for row in rows]
    most = max([0.0, *(n for pair in pairs for n in pair if n is not None and not wording.is_none(n))]) or 1
    return [[_height(number, most) for number in numbers] for numbers in zip(*pairs, strict=True)]


def heights(values: Sequence) -> list[int]:
    """Thousandths of the highest of the values; -1 for one that is missing, 0 for a negative one."""
    most = max([0.0, *(value for value in values if not wording.is_none(value))]) or 1
    return [_height(value, most) for value in values]


def _height(number, most: float) -> int:
    """Thousandths of the most; -1 for no number, 0 for a negative one."""
    return -1 if wording.is_none(number) else max(0, round(FULL * number / most))
