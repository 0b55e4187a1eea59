"""Choices kept in the URL: the frame's as-of date, period and place, and the choices of single pages.

The URL is the truth. A widget is set from it before it is drawn and writes to it when it is changed; what the menu
drops from the URL on a page switch is put back from the session. A value that does not exist is said and replaced.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from yunnan import access, snapshots, words
from yunnan.snapshots import Snapshot

PROVINCE = "530000"
CARRIED = ("asof", "period", "place", "measure", "pillar", "indicator", "embed")
FRONT_PAGE, PLACE_PAGE = "pages/province/overview.py", "pages/places/prefecture.py"


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


def choose(
    name: str,
    label: str,
    options: Sequence[str],
    default: str,
    *,
    said: Callable[[str], str] = str,
    draw: bool = True,
    widget: Callable = st.selectbox,
    then: Callable[[str], None] | None = None,
    known: Sequence[str] = (),
    **look: object,
) -> str:
    """One choice by code, in the URL as ?name=code. draw=False only reads it (in an iframe).

    known are codes that other pages offer under this name: handed on from there they are no mistake.
    """
    told = st.query_params.get(name) or st.session_state.get(f"kept_{name}")
    value = str(told) if told in options else default
    if st.query_params.get(name) not in (None, value, *known):
        asked = " ".join(st.query_params[name].replace("`", "").split())[:40]  # as code: no link, no picture from afar
        st.warning(f"网址中的{label}“`{asked}`”不存在，已改用“{said(value)}”。", icon=":material/warning:")
    _keep(name, value)
    if draw:
        st.session_state[f"w_{name}"] = value
        widget(label, options, key=f"w_{name}", format_func=said, on_change=_chosen, args=(name, then), **look)
    return value


def goto(place: str) -> None:
    """Make this the place and have the frame open its page."""
    open_page(PLACE_PAGE if place != PROVINCE else FRONT_PAGE, place=place)


def open_page(page: str, **choices: str | None) -> None:
    """Have the front door open a page with these choices; for callbacks, which cannot switch pages themselves.

    The address is left alone until then, so that the browser's Back finds the former view as it was.
    """
    st.session_state["goto"] = page, params() | {name: value for name, value in choices.items() if value}


def pending() -> tuple[str, dict[str, str]] | None:
    """The page to be opened now and its parameters, once."""
    return st.session_state.pop("goto", None)


def params() -> dict[str, str]:
    """What a link to another page has to carry."""
    return {name: st.query_params[name] for name in st.query_params if name in CARRIED}


def frame(*, draw: bool) -> View:
    """Choose snapshot, period and place. Raises NoSnapshot, Damaged."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="frame"):
        snapshot = _snapshot(draw)
        periods = snapshot.table("frame/periods")
        places = snapshot.table("frame/places")
        period = _period(periods, draw)
        place = _place(places, draw)
        if draw:
            _link()
    st.session_state["view"] = View(snapshot, periods, places, period, place)
    return view()


def _snapshot(draw: bool) -> Snapshot:
    known = snapshots.published()
    if not known:
        raise snapshots.NoSnapshot("还没有已发布的快照")
    chosen = choose("asof", "数据截至", known, known[0], said=asof_words, draw=draw, width=320)
    return snapshots.find(chosen, access.scope())


def _period(periods: pd.DataFrame, draw: bool) -> str:
    labels = dict(zip(periods.period, periods.label, strict=True))
    whole_years = periods[(periods.kind == "year") & periods.is_complete]
    default = (whole_years if len(whole_years) else periods).period.iloc[0]
    return choose("period", "报告期", list(labels), default, said=labels.__getitem__, draw=draw, width=250)


def _place(places: pd.DataFrame, draw: bool) -> str:
    names = dict(zip(places.place, places.place_name, strict=True))
    return choose("place", "地区", list(names), PROVINCE, said=names.__getitem__, draw=draw, then=goto, width=330)


def _link() -> None:
    """The address that shows this very view again."""
    address = f"{(st.context.url or '').partition('?')[0]}?{urlencode(st.query_params.to_dict())}"
    with st.popover("复制链接", icon=":material/link:"):
        st.caption("在任何浏览器打开此链接，看到的是同一画面、同一快照的数字。")
        st.code(address, language=None, wrap_lines=True)


def asof_words(snapshot_id: str) -> str:
    """'2019年12月31日（第2版）'."""
    day, _, revision = snapshot_id.partition(".r")
    return f"{words.day(day)}（第{revision}版）"


def _chosen(name: str, then: Callable[[str], None] | None) -> None:
    value = st.session_state[f"w_{name}"]
    if then:
        then(value)
    else:
        _keep(name, value)


def _keep(name: str, value: str) -> None:
    st.session_state[f"kept_{name}"] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def fund_filter(told: str) -> dict:
    """Parameters of funds/rows from a figure's header: 'stage=获批 start=2019-01-01 end=2019-12-31 ...'."""
    given = dict(part.split("=", 1) for part in told.split())
    lists = {"stages": "stage", "sources": "source", "forms": "form", "programmes": "programme"}
    return {
        **{name: given[key].split(",") if key in given else [] for name, key in lists.items()},
        "prefectures": given["prefectures"].split(",") if "prefectures" in given else [],
        "start_date": given["start"],
        "end_date": given["end"],
    }
