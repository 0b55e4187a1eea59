"""What a page, a briefing, a slide or a file is about: a snapshot, one of its report periods, one place."""

import functools
import re
from dataclasses import dataclass, replace
from typing import Self

import pandas as pd

from yunnan.access import viewer
from yunnan.data import due_dates, queries
from yunnan.data.figure_codes import SCORE, Code
from yunnan.data.snapshots import Snapshot
from yunnan.words import wording
from yunnan.words.geography import PROVINCE

PLACE_CODE = re.compile(r"53\d{4}(000000|000)?", re.ASCII)  # six digits; also written with nine or twelve
ROWS = 1024  # rows of periods and of places that are kept, some 400 bytes each


@dataclass(frozen=True)
class View:
    """A snapshot within its reader's scope, one of its periods and one of its places, by their codes."""

    snapshot: Snapshot
    period: str
    place: str

    @property
    def params(self) -> dict:
        """{parameter: value} of the queries that are about one period and place."""
        return {"period": self.period, "place": self.place}

    def at(self, place: str) -> Self:
        """The same for another place."""
        return replace(self, place=place)

    @functools.cached_property
    def periods(self) -> pd.DataFrame:
        """The snapshot's periods, as frame/periods."""
        return self.snapshot.table("frame/periods")

    @functools.cached_property
    def places(self) -> pd.DataFrame:
        """The places that the reader may see, as frame/places."""
        return self.snapshot.table("frame/places")

    @functools.cached_property
    def span(self):
        """The period's row of frame/periods: label, kind, last_date, base_label, time_share."""
        return _span(self.snapshot, self.period)

    @functools.cached_property
    def region(self):
        """The place's row of frame/places: level, prefecture_code, place_name, short_name."""
        return _region(self.snapshot, self.place)

    @property
    def pillars(self) -> dict[str, str]:
        """{'P1': the pillar's name} in the words of the snapshot's stage."""
        return dict(self.snapshot.stage.pillars)

    @property
    def headlines(self) -> dict[str, str]:
        """The headline figures as queries.headlines(), in the words of the snapshot's stage."""
        return {code: self.say(name) for code, name in queries.headlines().items()}

    @property
    def owes_returns(self) -> bool:
        """Whether returns are due from the place: the province always; a county has those of its prefecture."""
        place = self.region.prefecture_code if self.region.level == "county" else self.place
        dates = due_dates.from_facts(self.snapshot.manifest.get("due_dates", {}))
        return place == PROVINCE or dates.is_sender(place)

    def say(self, text: str) -> str:
        """A text of the product's own in the words of the snapshot's stage; never for what was sent."""
        return self.snapshot.stage.say(text)

    @property
    def sees_all(self) -> bool:
        """Whether the reader may see the whole province, and so compare its prefectures."""
        return self.snapshot.sees_all

    @property
    def visible_names(self) -> str:
        """The names of the prefectures that the reader may see: '怒江州、迪庆州'."""
        return "、".join(self.places[self.places.level == "prefecture"].short_name)

    def may_take(self, kind: str) -> bool:
        """Whether the reader may download 'tables' (the numbers behind a chart) or 'rows'."""
        return viewer.exports(kind)

    def by_county(self, indicator: str) -> pd.DataFrame:
        """An indicator by county of the view's prefecture: its rows of values/by_county, without the code."""
        rows = self.snapshot.table("values/by_county", period=self.period, place=self.region.prefecture_code)
        own = rows[rows.indicator_code == indicator]
        return own.drop(columns="indicator_code").reset_index(drop=True)

    def code(self, figure: str, place: str = "") -> str:
        """The 数字凭证 of a figure or measure, at the view's place unless another is given; '' if it has none."""
        figure = {"SCORE": SCORE, "PER_POOR": ""}.get(figure, figure)
        return str(Code(figure, place or self.place, self.period, self.snapshot.id)) if figure else ""

    @property
    def footnote(self) -> str:
        """The line inside every picture and below every slide: as of when, and that the data are synthetic."""
        kind = "演示数据（合成）　" if self.snapshot.is_synthetic else ""
        return f"{kind}数据截至{wording.day(self.snapshot.asof)}（第{self.snapshot.revision}版）"


def default_period(periods: pd.DataFrame) -> str:
    """The period shown where none is chosen: the last whole year, else the first of frame/periods."""
    whole_years = periods[(periods.kind == "year") & periods.is_complete]
    return (whole_years if len(whole_years) else periods).period.iloc[0]


@functools.lru_cache(maxsize=ROWS)
def periods_offered(snapshot: Snapshot) -> tuple[dict[str, str], str]:
    """Code and label of each period of the snapshot, and the one shown where none is chosen."""
    periods = snapshot.table("frame/periods")
    return dict(zip(periods.period, periods.label, strict=True)), default_period(periods)


@functools.lru_cache(maxsize=ROWS)
def places_offered(snapshot: Snapshot) -> dict[str, str]:
    """Code and name of each place that the reader may see."""
    places = snapshot.table("frame/places")
    return dict(zip(places.place, places.place_name, strict=True))


def code_of(snapshot: Snapshot, text: str) -> str | None:
    """Code of the place that an address means: by a name that it has or had, its code, also one it got later.

    Codes may have nine or twelve digits. None for no place that the reader may see, or several.
    """
    code = text[:6] if PLACE_CODE.fullmatch(text) else text
    places, others = snapshot.table("frame/places"), snapshot.table("frame/other_names")
    renamed = set(others[others.alias == code].place)
    bare = places.place_name.str.partition("（")[0]
    is_meant = (places.place == code) | (places.short_name == text) | (bare == text) | places.place.isin(renamed)
    matches = places[is_meant].place.unique()
    return str(matches[0]) if len(matches) == 1 else None


@functools.lru_cache(maxsize=ROWS)
def _span(snapshot: Snapshot, period: str):
    return _row(snapshot.table("frame/periods"), "period", period)


@functools.lru_cache(maxsize=ROWS)
def _region(snapshot: Snapshot, place: str):
    return _row(snapshot.table("frame/places"), "place", place)


def _row(table: pd.DataFrame, column: str, value: str):
    return next(table[table[column] == value].itertuples(index=False))
