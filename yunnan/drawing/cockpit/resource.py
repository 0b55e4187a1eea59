"""The first screen's resource: all measures of all places and periods of a snapshot, in words, as one packed JSON.

The browser draws it and formats no number: every text is written here, and lengths of bars are in thousandths. What is
said of a measure stands by kind, then period, then measure ("text", "bar" ...), because like beside like packs best;
lists by place are in the order of "places".
"""

import functools
import gzip
import hashlib
import json
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

import pandas as pd

from yunnan import settings
from yunnan.data.answer_cache import Kept
from yunnan.data.snapshots import Snapshot
from yunnan.data.view import View, default_period
from yunnan.drawing import outlines
from yunnan.drawing.cockpit import cells
from yunnan.drawing.findings import attention, page_findings
from yunnan.drawing.findings.sentences import Finding
from yunnan.words import geography, wording
from yunnan.words.geography import PROVINCE

FORMAT = 3  # of the resource; a browser that kept another one asks anew
REST = "省本级"  # the last place: what belongs to no prefecture
CODE = {".sql", ".py", ".csv", ".geojson", ""}  # files of the program by their ending; a HEADER has none
KEPT = 16 << 20  # bytes of resources that are kept


class Places(NamedTuple):
    """The places of the resource: the province, the prefectures that the reader may see, 省本级; names beside codes."""

    codes: list[str]
    names: list[str]

    def numbers(self) -> dict[tuple[str, str], int]:
        """{(code, level): the number of the place in every list}."""
        levels = ["province", *["prefecture"] * (len(self.codes) - 2), "unallocated"]
        return {key: n for n, key in enumerate(zip(self.codes, levels, strict=True))}


def key(snapshot: Snapshot) -> str:
    """What the bytes of the resource depend on, in 32 letters: the snapshot, what its reader may see, the program."""
    depends = (FORMAT, _program(), snapshot.path.name, snapshot.manifest, sorted(snapshot.scope or ["*"]))
    return hashlib.sha256(json.dumps(depends, sort_keys=True, default=str).encode()).hexdigest()[:32]


@functools.cache
def _program() -> str:
    """A digest of all that words and numbers come from, so that a browser keeps nothing of an older program."""
    digest = hashlib.sha256()
    for folder in ("queries", "yunnan/words", "yunnan/data", "yunnan/drawing", "geo"):
        for file in sorted(f for f in (settings.ROOT / folder).rglob("*") if f.suffix in CODE and f.is_file()):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def packed(snapshot: Snapshot) -> bytes:
    """The resource as packed JSON, made once and kept. Raises Damaged."""
    with _making:  # a hundred readers who come at once need it once
        return _packed(snapshot, key(snapshot))


def _pack(snapshot: Snapshot, _key: str) -> bytes:
    text = json.dumps(resource(snapshot), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


_making = Lock()
_packed: Kept[bytes] = Kept(_pack, KEPT, len, bytes)


def resource(snapshot: Snapshot) -> dict:
    """The resource of a snapshot within its reader's scope. Raises Damaged."""
    periods, places, values = snapshot.table("frame/periods"), _places(snapshot), _values(snapshot)
    cards = {period: snapshot.table("measures/of_period", period=period) for period in periods.period}
    measured = _measured(values, places)
    view = View(snapshot, default_period(periods), PROVINCE)
    outline = outlines.prefectures()
    return {
        "format": FORMAT,
        "snapshot": snapshot.id,
        "foot": [f"{view.footnote}　", geography.SOURCE_LINE],
        "default": view.period,
        "periods": _periods(periods),
        "places": [list(place) for place in zip(places.codes, places.names, strict=True)],
        "unseen": [[p.code, p.short_zh] for p in geography.prefectures() if p.code not in places.codes],
        "sees_all": snapshot.sees_all,
        "map": {"size": outline[:2], "paths": outline.paths, "names": outline.names},
        "measures": _measures(cards[view.period]),
        "quick": list(cells.QUICK),
        "headlines": list(view.headlines.items()),
        "lights": [wording.light(status) for status in cells.STATUSES],
        "pillars": list(view.pillars.items()),
        **cells.by_kind({period: cells.cells_of(measured[period], cards[period]) for period in periods.period}),
        "quarters": cells.quarters(periods, measured),
        "scores": _scores(snapshot, places, measured),
        "attention": _attention(snapshot, periods, places),
        "attention_rule": attention.rule(),
        "findings": _findings(snapshot, periods, values, places),
    }


def _places(snapshot: Snapshot) -> Places:
    places = snapshot.table("frame/places")
    rows = places[places.level.isin(["province", "prefecture"])]
    short = {place.code: place.short_zh for place in geography.prefectures()}
    return Places([*rows.place, PROVINCE], [*(short.get(code, "全省") for code in rows.place), REST])


def _values(snapshot: Snapshot) -> pd.DataFrame:
    """cockpit/values with what the cards of the indicators say of them, as values/of_place has it."""
    cards = snapshot.table("definitions/cards")[
        ["indicator_code", "pillar_code", "indicator_name", "unit", "is_scored"]
    ]
    values = snapshot.table("cockpit/values").rename(columns={"measure": "indicator_code"})
    order = dict(zip(cards.indicator_code, range(len(cards)), strict=True))
    values = values.merge(cards, on="indicator_code", how="left")
    return values.sort_values("indicator_code", key=lambda codes: codes.map(order), kind="stable")


def _measured(values: pd.DataFrame, places: Places) -> cells.Measured:
    """The rows by period, measure and place. A frame is gone through once: rows are a hundred times quicker."""
    index = places.numbers()
    measured: cells.Measured = {}
    for row in values.itertuples(index=False):
        of_period = measured.setdefault(row.period, {})
        of_period.setdefault(row.indicator_code, [None] * len(index))[index[row.region_code, row.level]] = row
    return measured


def _periods(periods: pd.DataFrame) -> list[list[str]]:
    """[code, label, kind, short label] of each period, the oldest year first; within a year as everywhere."""
    oldest_first = periods.sort_values("year", kind="stable")
    return [
        [row.period, row.label, row.kind, row.label if row.kind == "year" else row.label.removeprefix(f"{row.year}年")]
        for row in oldest_first.itertuples()
    ]


def _measures(cards: pd.DataFrame) -> list[list[str]]:
    """[code, name, pillar or '', definition] of each measure."""
    pillars = wording.PILLARS
    return [
        [card.measure, card.measure_name, card.measure[:2] if card.measure[:2] in pillars else "", card.definition]
        for card in cards.itertuples()
    ]


def _scores(snapshot: Snapshot, places: Places, measured) -> dict:
    """By period and pillar: lists by place of the score in words, its thousandths and rank, 'met/scored' indicators."""
    scores = {(s.period, s.region_code, s.pillar_code): s for s in snapshot.table("cockpit/scores").itertuples()}
    codes = places.codes[:-1]
    return {
        period: {
            pillar: _pillar([scores.get((period, code, pillar)) for code in codes])
            | {"met": [_met(of_period, pillar, n) for n in range(len(codes))]}
            for pillar in (*wording.PILLARS, "ALL")
        }
        for period, of_period in measured.items()
    }


def _pillar(rows: Sequence) -> dict:
    ranked = sum(row is not None and not wording.is_none(row.place_rank) for row in rows)
    return {
        "text": ["" if row is None else _points(row) for row in rows],
        "bar": [-1 if row is None or wording.is_none(row.score) else round(10 * row.score) for row in rows],
        "rank": [wording.NONE if row is None else wording.place(row.place_rank, ranked) for row in rows],
    }


def _points(row) -> str:
    return wording.unscored(row.tier) if wording.is_none(row.score) else wording.measure(row.score, "分")


def _met(of_period: dict[str, list], pillar: str, place: int) -> str:
    """'7/9': the scored indicators of a pillar that met their target, of all that are scored; pillar 'ALL': of all."""
    rows = [rows[place] for rows in of_period.values() if rows[place] is not None and rows[place].is_scored is True]
    statuses = [row.status for row in rows if pillar in ("ALL", row.pillar_code)]
    return f"{statuses.count('达标')}/{len(statuses)}"


def _attention(snapshot: Snapshot, periods: pd.DataFrame, places: Places) -> dict[str, list]:
    """{period: [symbol, number of the place, indicator or '', sentence, kind, check character of its code or '']}."""
    at = {code: n for n, code in reversed(list(enumerate(places.codes)))}
    return {
        period: [
            [m.symbol, at[m.place], m.params.get("indicator", ""), m.text, m.kind, m.code[-1:]]
            for m in attention.matters(snapshot, period)
        ]
        for period in periods.period
    }


def _findings(snapshot: Snapshot, periods: pd.DataFrame, values: pd.DataFrame, places: Places) -> dict[str, list]:
    """{period: the sentences of 总览}; a number is [text, page, parameters of the page that proves it]."""
    names = dict(zip(places.codes, places.names, strict=True))
    indicators = values[(values.level == "province") & values.indicator_name.notna()]
    money = values[(values.level != "province") & (values.indicator_code == page_findings.MONEY)]
    money = money.assign(region_name=money.region_code.map(names))
    of_period = {period: rows.reset_index(drop=True) for period, rows in indicators.groupby("period")}
    shares = dict(tuple(money.groupby("period")))
    findings = {}
    for span in periods.itertuples(index=False):
        scores = snapshot.table("scores/of_place", period=span.period, place=PROVINCE)
        parts = shares.get(span.period, money.iloc[:0])
        finding = page_findings.of_province(of_period[span.period], scores, parts, span)
        findings[span.period] = _linked(snapshot.stage.say_each(finding))
    return findings


def _linked(finding: Finding) -> list[list]:
    return [[p if isinstance(p, str) else [p.text, *p.address] for p in sentence] for sentence in finding]
