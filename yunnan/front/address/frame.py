"""The frame's choices: as-of date, period, place; and the view that they make."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from yunnan.access import viewer
from yunnan.data import snapshots
from yunnan.data.snapshots import Snapshot
from yunnan.front.address.choices import choose
from yunnan.front.address.navigation import PROVINCE, goto, put, told
from yunnan.words import wording

TWELVE = re.compile(r"53\d{4}(000000|000)?", re.ASCII)  # of six digits; of nine and twelve for what lies below
CODES_AGAIN = {"532302": "532331"}  # 禄丰 since 2021


@dataclass(frozen=True)
class View:
    """What the page is about: a snapshot, one of its periods, one place."""

    snapshot: Snapshot
    periods: pd.DataFrame
    places: pd.DataFrame
    period: str
    place: str

    @property
    def where(self) -> dict:
        """{parameter: value} for Snapshot.table()."""
        return {"period": self.period, "place": self.place}

    def at(self, place: str) -> "View":
        """The same for another place."""
        return View(self.snapshot, self.periods, self.places, self.period, place)

    @property
    def sees_all(self) -> bool:
        """Whether the reader sees the whole province, and so places beside each other."""
        return self.snapshot.scope is None

    @property
    def seen(self) -> str:
        """The prefectures that the reader sees, '怒江州、迪庆州'."""
        return "、".join(self.places[self.places.level == "prefecture"].short_name)

    def may_take(self, kind: str) -> bool:
        """Whether the reader may take away 'tables' (the numbers behind a chart) or 'rows'."""
        return viewer.exports(kind)

    @functools.cached_property
    def span(self):
        """The chosen period's row: label, last_date, base_label, time_share."""
        return self._row(self.periods, "period", self.period)

    @functools.cached_property
    def region(self):
        """The chosen place's row: level, prefecture_code, place_name, short_name."""
        return self._row(self.places, "place", self.place)

    @staticmethod
    def _row(table: pd.DataFrame, column: str, value: str):
        return next(table[table[column] == value].itertuples(index=False))


def view() -> View:
    """The view that the frame has set for this run."""
    return st.session_state["view"]


def frame(*, draw: bool, stays: bool = False, has_period: bool = True) -> View:
    """Choose snapshot, period and place. Raises NoSnapshot, Damaged.

    stays: another place is shown on the same page instead of opening that place's own. has_period=False: the page has
    dates of its own to choose.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", key="frame"):
        snapshot = _snapshot(draw)
        periods = snapshot.table("frame/periods")
        places = snapshot.table("frame/places")
        period = _period(periods, draw and has_period)
        place = _place(places, snapshot.sees_all, draw, None if stays else goto)
        if draw:
            _link()
    st.session_state["is_offered"] = False
    if draw:
        _offer(snapshot.id)
    st.session_state["view"] = View(snapshot, periods, places, period, place)
    return view()


def _snapshot(draw: bool) -> Snapshot:
    known = snapshots.published()
    if not known:
        raise snapshots.NoSnapshot("还没有已发布的快照")
    chosen = choose("asof", "数据截至", known, known[0], said=asof_words, draw=draw, reads=_newest_of, width=320)
    return snapshots.find(chosen, viewer.scope())


def _newest_of(asked: str) -> str | None:
    """The newest revision of the date that is asked for, bare or with a revision that is not there."""
    day = asked.partition(".r")[0]
    return next((name for name in snapshots.published() if name.partition(".r")[0] == day), None)


def is_offered() -> bool:
    """Whether the frame of this run offers a newer snapshot."""
    return st.session_state.get("is_offered", False)


def _offer(chosen: str) -> None:
    """What was the newest when this session got it stays, until the reader takes the newer one offered here."""
    newest = snapshots.published()[0]
    then = st.session_state.setdefault("newest_then", {})
    st.session_state["is_offered"] = then.setdefault(chosen, newest) == chosen != newest
    if is_offered():
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="newer"):
            st.caption(f"有更新的快照：{asof_words(newest)}。本页的数字不会自行改变。", width="content")
            st.button("改看", key="show_newer", type="tertiary", on_click=put, args=("asof", newest))


def _period(periods: pd.DataFrame, draw: bool) -> str:
    labels = dict(zip(periods.period, periods.label, strict=True))
    whole_years = periods[(periods.kind == "year") & periods.is_complete]
    default = (whole_years if len(whole_years) else periods).period.iloc[0]
    return choose("period", "报告期", list(labels), default, said=labels.__getitem__, draw=draw, width=250)


def _place(places: pd.DataFrame, sees_all: bool, draw: bool, then: Callable[[str], None] | None) -> str:
    """One of the places there are; who does not see the province as a whole starts from the first of their own."""
    names = dict(zip(places.place, places.place_name, strict=True))
    reads = functools.partial(_code_of, places)
    if sees_all:
        return choose(
            "place", "地区", list(names), PROVINCE, said=names.__getitem__, draw=draw, then=then, reads=reads, width=330
        )
    del names[PROVINCE]
    return choose(
        "place", "地区", list(names), next(iter(names)), said=names.__getitem__, draw=draw, then=then, known=[PROVINCE],
        lacking="不在您的可见范围内", reads=reads, width=330,
    )  # fmt: skip


def _code_of(places: pd.DataFrame, asked: str) -> str | None:
    """The place that a name, a code of twelve digits or a code of another edition means; none where several do."""
    code = CODES_AGAIN.get(asked[:6], asked[:6]) if TWELVE.fullmatch(asked) else asked
    bare = places.place_name.str.partition("（")[0]
    found = places[(places.place == code) | (places.short_name == asked) | (bare == asked)].place.unique()
    return str(found[0]) if len(found) == 1 else None


def _link() -> None:
    """The address that shows this very view again."""
    address = f"{(st.context.url or '').partition('?')[0]}?{urlencode(told())}"
    with st.popover("复制链接", icon=":material/link:"):
        st.caption("在任何浏览器打开此链接，看到的是同一画面、同一快照的数字。")
        st.code(address, language=None, wrap_lines=True)


def asof_words(snapshot_id: str) -> str:
    """'2019年12月31日（第2版）'."""
    day, _, revision = snapshot_id.partition(".r")
    return f"{wording.day(day)}（第{revision}版）"
