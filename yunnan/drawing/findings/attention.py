"""需要关注: what needs somebody in a period, in words; queries/attention/of_period.sql has the rule of its order."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from yunnan.data import queries
from yunnan.data.answer_cache import made_once
from yunnan.data.snapshots import Snapshot
from yunnan.data.view import View
from yunnan.words import lacks, wording
from yunnan.words.geography import PROVINCE

ROOM = 4 << 20  # bytes kept; the matters of one period take some 40 kB
MOST_NAMED = 2  # returns that a sentence names; the page of the returns lists all
SYMBOLS = {"未收到": "○", "不符": "✗", "超过100%": "◇", "滞后": "■", "逾期": "▲"}


class Matter(NamedTuple):
    """One matter: its symbol and kind, its place, the sentence, the code of its figure and the page that proves it."""

    symbol: str
    kind: str
    place: str
    place_name: str
    pillar: str  # '' for what is no indicator
    text: str
    code: str
    page: str
    params: Mapping[str, str]


def rule() -> str:
    """How the list is made and ordered, for readers."""
    return queries.load("attention/of_period")["rule"]


def table(snapshot: Snapshot, period: str) -> pd.DataFrame:
    """The rows of attention/of_period."""
    published_at = snapshot.manifest["published_at"]
    return snapshot.table("attention/of_period", period=period, published_at=published_at)


@made_once(ROOM)
def matters(snapshot: Snapshot, period: str) -> tuple[Matter, ...]:
    """All matters of the period that the reader may see, the most pressing first."""
    rows = table(snapshot, period).itertuples()
    return tuple(_matter(row, View(snapshot, period, row.region_code)) for row in rows)


def of_view(view: View, pillar: str = "") -> list[Matter]:
    """Those of the view's prefecture (of the province all), or of one pillar alone; a county has none."""
    return [
        matter
        for matter in matters(view.snapshot, view.period)
        if view.place in (PROVINCE, matter.place) and pillar in ("", matter.pillar)
    ]


def _matter(row, view: View) -> Matter:
    is_indicator = not wording.is_none(row.indicator_code)
    pillar = row.pillar_code if is_indicator else ""
    page, params = _proof(row, view)
    code = view.code(row.indicator_code) if is_indicator else ""
    return Matter(
        SYMBOLS[row.kind], row.kind, row.region_code, row.region_name, pillar, _text(row), code, page, params
    )  # fmt: skip


def _text(row) -> str:
    if row.kind == "滞后":
        return f"{row.indicator_name}{lacks.lacking(row.lack, row.unit)}（完成{wording.attained(row.attainment)}）"
    if row.kind == "超过100%":
        return f"{row.indicator_name}超过100%，请核对"
    if row.kind == "逾期":
        return f"{row.items:,}个项目逾期未完成，最久{row.days:,}天"
    names = row.returns_named.split("、")
    named = "、".join(names[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")
    if row.kind == "未收到":
        return f"{row.items:,}张报表未收到，逾期{row.days:,}天（{named}）"
    return f"{row.items:,}张报表申报的与收到的不符（{named}）"


def _proof(row, view: View) -> tuple[str, dict[str, str]]:
    """The page that proves a matter, and its parameters besides the snapshot."""
    about = {"period": view.period, "place": view.place}
    if row.kind in ("滞后", "超过100%"):
        return "definitions", about | {"indicator": row.indicator_code, "evidence": "true"}
    if row.kind == "逾期":
        return "projects", {"place": view.place, "status": row.statuses, "sort": "planned_end_date"}
    return "quality", about
