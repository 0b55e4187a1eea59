"""The choices above every page (snapshot, period, place) and the view made of them."""

import functools
from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from yunnan.access import viewer
from yunnan.data import snapshot_folders, snapshots
from yunnan.data.snapshots import Snapshot
from yunnan.data.view import View, code_of, periods_offered, places_offered
from yunnan.front.address.choices import choose
from yunnan.front.address.navigation import PROVINCE, goto, put, requested, url_params
from yunnan.words import wording
from yunnan.words.stage_words import UNNAMED, Stage, stage_of


def view() -> View:
    """The view that the frame has set for this run."""
    return st.session_state["view"]


def frame(*, draw: bool, stays: bool = False, has_period: bool = True) -> View:
    """The view of this run, from URL and widgets. Raises snapshots.NoSnapshot, snapshots.Damaged.

    draw=False: no widgets (in an iframe). stays: choosing another place stays on the page instead of opening that
    place's own. has_period=False: no widget for the period, because the page does not depend on it.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", key="frame"):
        snapshot = _snapshot(draw)
        period = _period(snapshot, draw and has_period)
        place = _place(snapshot, draw, None if stays else goto)
        if draw:
            _link()
    st.session_state["is_offered"] = False
    if draw:
        _offer(snapshot.id)
    st.session_state["view"] = View(snapshot, period, place)
    return view()


def stage() -> Stage:
    """The stage of the snapshot that is asked for, for the menu; the one without a name where none can be read yet."""
    try:
        names = snapshots.published()
        wanted = requested("asof")
        name = wanted if wanted in names else names[0]
        return stage_of(snapshot_folders.manifest(snapshot_folders.path_of(name)).get("stage"))
    except (snapshots.Damaged, snapshots.NoSnapshot, IndexError):
        return UNNAMED


def _snapshot(draw: bool) -> Snapshot:
    names = snapshots.published()
    if not names:
        raise snapshots.NoSnapshot("还没有已发布的快照")
    chosen = choose(
        "asof", "数据截至", names, names[0], label_of=asof_words, draw=draw, parse=_newest_of, fault=_why_not, width=320
    )
    return snapshots.find(chosen, viewer.scope())


def _why_not(asof: str) -> str:
    """Why a snapshot that an address names is not shown: it was closed, or there is none."""
    why = snapshot_folders.retracted().get(asof)
    return "不存在" if why is None else f"已关闭（{wording.literal(why)}）"


def _newest_of(asof: str) -> str | None:
    """The newest published revision of a day, given as '2019-12-31' or with a revision; None if there is none."""
    day = asof.partition(".r")[0]
    return next((name for name in snapshots.published() if name.partition(".r")[0] == day), None)


def is_offered() -> bool:
    """Whether the frame of this run offers a newer snapshot."""
    return st.session_state.get("is_offered", False)


def _offer(chosen: str) -> None:
    """A button for a snapshot published since this session began; the one on screen never changes by itself."""
    newest = snapshots.published()[0]
    then = st.session_state.setdefault("newest_then", {})
    st.session_state["is_offered"] = then.setdefault(chosen, newest) == chosen != newest
    if is_offered():
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="newer"):
            st.caption(f"有更新的快照：{asof_words(newest)}。本页的数字不会自行改变。", width="content")
            st.button("改看", key="show_newer", type="tertiary", on_click=put, args=("asof", newest))


def _period(snapshot: Snapshot, draw: bool) -> str:
    labels, default = periods_offered(snapshot)
    return choose("period", "报告期", list(labels), default, label_of=labels.__getitem__, draw=draw, width=250)


def _place(snapshot: Snapshot, draw: bool, on_choice: Callable[[str], None] | None) -> str:
    """Code of the chosen place; a reader without the whole province starts from the first of their own places."""
    names = places_offered(snapshot)
    parse = functools.partial(code_of, snapshot)
    if snapshot.sees_all:
        return choose(
            "place", "地区", list(names), PROVINCE, label_of=names.__getitem__, draw=draw, on_choice=on_choice,
            parse=parse, width=330,
        )  # fmt: skip
    own = [code for code in names if code != PROVINCE]
    return choose(
        "place", "地区", own, own[0], label_of=names.__getitem__, draw=draw, on_choice=on_choice,
        also_valid=[PROVINCE], fault="不在您的可见范围内", parse=parse, width=330,
    )  # fmt: skip


def _link() -> None:
    """A box with the URL of this view, to be copied."""
    address = f"{(st.context.url or '').partition('?')[0]}?{urlencode(url_params())}"
    with st.popover("复制链接", icon=":material/link:"):
        st.caption("在任何浏览器打开此链接，看到的是同一画面、同一快照的数字。")
        st.code(address, language=None, wrap_lines=True)


def asof_words(snapshot_id: str) -> str:
    """'2019年12月31日（第2版）'."""
    day, _, revision = snapshot_id.partition(".r")
    return f"{wording.day(day)}（第{revision}版）"
