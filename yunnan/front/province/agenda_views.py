"""A meeting: the list of agendas, the bar with the steps of one, and the box that opens any page."""

from collections.abc import Mapping
from html import escape

import pandas as pd
import streamlit as st

from yunnan.data import agendas, search
from yunnan.data.agendas import Agenda
from yunnan.data.view import View
from yunnan.front.address import appearance, code_links, frame, meeting_steps, navigation
from yunnan.front.kit.handouts import agenda_slides
from yunnan.words import wording

CODE = "YN-"  # what a figure's code begins with


def meeting_bar(page: str, view: View, pages: Mapping[str, str]) -> None:
    """While a meeting is on: buttons for the item before and after, position, speaker's note, box to jump.

    page: name of the page on screen; pages: {title of a page: its name}. Without a meeting, only a wall screen has the
    box.
    """
    meeting = meeting_steps.meeting()
    if not meeting and not appearance.look().is_screen:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="agenda"):
        if meeting:
            _steps(*meeting, page)
        _jump_box(view, pages)
    if meeting and navigation.flag("notes"):
        agenda, at = meeting
        st.html(f'<div class="note"><b>讲者备注</b>　{escape(agenda.stops[at].note or "（无，或不对您公开）")}</div>')


def _steps(agenda: Agenda, at: int, page: str) -> None:
    stop, last, runs = agenda.stops[at], len(agenda.stops) - 1, navigation.flag("auto")
    st.button("‹ 上一项", key="agenda_prev", disabled=at == 0, on_click=meeting_steps.open_stop, args=(agenda, at - 1))
    seconds = f' data-seconds="{agenda.seconds}"' if runs else ""
    st.html(f'<div class="agenda"{seconds}><b>{at + 1}/{last + 1}</b>　{escape(agenda.title)}</div>', width="content")
    following = (at + 1) % len(agenda.stops)
    st.button(
        "下一项 ›", key="agenda_next", disabled=at == last and not runs, on_click=meeting_steps.open_stop,
        args=(agenda, following),
    )  # fmt: skip
    st.button("暂停轮播" if runs else "轮播", key="agenda_auto", type="tertiary", on_click=navigation.put_flag,
              args=("auto",), kwargs={"on": not runs})  # fmt: skip
    if page != stop.page or meeting_steps.has_left(stop):
        label = f"已离开议程画面，回到第{at + 1}项"
        st.button(label, key="agenda_back", icon=":material/undo:", on_click=meeting_steps.open_stop, args=(agenda, at))
    notes = navigation.flag("notes")
    label = "收起备注" if notes else "备注"
    st.button(label, key="agenda_notes", type="tertiary", on_click=navigation.put_flag, args=("notes",),
              kwargs={"on": not notes})  # fmt: skip
    st.button("结束会议", key="agenda_end", type="tertiary", on_click=meeting_steps.end_meeting)


def _jump_box(view: View, pages: Mapping[str, str]) -> None:
    """A box for a name or code: a clear match opens, several matches are buttons. pages: {title: name}."""
    typed = st.text_input(
        "跳到",
        key="jump",
        placeholder="地名、页名、代码、拼音首字母",
        label_visibility="collapsed",
        on_change=_jumped,
        args=(view, dict(pages)),
        width=320,
    ).strip()
    targets = search.find(view.snapshot, typed, pages) if typed else []
    if typed and not targets and not typed.upper().startswith(CODE):
        st.caption(f"没有找到“{wording.literal(typed[:40])}”，请换一个地名、页名或代码。", width="content")
    for n, jump in enumerate(targets):
        st.button(wording.literal(jump.label), key=f"jump_{n}", type="tertiary", on_click=_open, args=(jump,))


def _jumped(view: View, pages: Mapping[str, str]) -> None:
    typed = str(st.session_state["jump"]).strip()
    if typed.upper().startswith(CODE):
        code_links.open_code(typed)
        st.session_state["jump"] = ""
    elif (targets := search.find(view.snapshot, typed, pages)) and (targets[0].is_clear or len(targets) == 1):
        _open(targets[0])


def _open(jump: search.Jump) -> None:
    st.session_state["jump"] = ""
    meeting_steps.open_view(jump.page, jump.address)


def agenda_list(places: pd.DataFrame, periods: pd.DataFrame) -> None:
    """All agendas: title, items, a button to begin, and warnings for what is wrong in their files.

    places: frame/places; periods: frame/periods.
    """
    try:
        names = agendas.names()
    except agendas.Unlisted as error:
        st.warning(f"{error}。", icon=":material/warning:")
        return
    if not names:
        st.info("还没有议程。把议程文件（.toml）放进 data/agendas/，刷新本页即可。", icon=":material/info:")
    names_by_code = dict(zip(places.place, places.short_name, strict=True)) | dict(
        zip(periods.period, periods.label, strict=True)
    )
    for agenda in map(agendas.read, names):
        with st.container(border=True):
            st.subheader(wording.literal(agenda.title), anchor=False)
            for problem in agenda.problems:
                st.warning(wording.literal(problem), icon=":material/warning:")
            if agenda.stops:
                _begin(agenda, names_by_code)


def _begin(agenda: Agenda, names_by_code: Mapping[str, str]) -> None:
    lines = []
    for n, stop in enumerate(agenda.stops, 1):
        place, period = (names_by_code.get(code, code) for code in (stop.address["place"], stop.address["period"]))
        asof = frame.asof_words(stop.address["asof"])
        lines.append(f"{n}. {agendas.title(stop.page)}　{place}　{period}　数据截至{asof}")
    st.markdown("\n".join(lines))
    agenda_slides(agenda.name)
    st.button("开始", key=f"begin_{agenda.name}", type="primary", on_click=meeting_steps.open_stop, args=(agenda, 0))
