"""A meeting in the URL: ?agenda= and ?view= say which item of an agenda is shown, ?notes=true shows the notes.

?auto=true lets the agenda run by itself, from its last item to its first again; static/view/view.js counts the seconds.
"""

import streamlit as st

from yunnan.data import agendas
from yunnan.data.agendas import Agenda, Stop
from yunnan.front.address.navigation import drop, item, reject, rejected, settle
from yunnan.words import wording

LOOK = ("mode", "theme", "embed")


def meeting() -> tuple[Agenda, int] | None:
    """The agenda in the URL and the index of its current item, from 0; None without an agenda.

    An agenda that does not exist or may not be listed is dropped with a warning.
    """
    name = item("agenda")
    if not (name or rejected("agenda")):
        return None
    try:
        agenda = agendas.read(name or rejected("agenda"))
    except KeyError:
        short = reject("agenda", name or rejected("agenda"))
        st.warning(f"没有名为“{short}”的议程，请在“会议”页选择。", icon=":material/warning:")
        return None
    except agendas.Unlisted as error:
        reject("agenda", name or rejected("agenda"))
        st.warning(f"{error}。", icon=":material/warning:")
        return None
    if not agenda.stops:
        reject("agenda", name or rejected("agenda"))
        why = agenda.problems[0] if agenda.problems else "没有画面。"
        st.warning(wording.literal(f"议程“{agenda.title}”没有能打开的画面：{why}"), icon=":material/warning:")
        return None
    if not name:
        drop("agenda")
        return None
    return agenda, _stop_in_url(len(agenda.stops))


def _stop_in_url(stops: int) -> int:
    """The index of the item in the URL, from 0; the first, with a warning, where the URL asks for one that is not."""
    number = item("view")
    is_there = number.isdecimal() and 1 <= int(number) <= stops
    wrong = reject("view", number) if number and not is_there else rejected("view")
    if wrong:
        st.warning(
            wording.literal(f"网址中的议程第几项“{wrong}”不存在（共{stops}项），已改用第1项。"),
            icon=":material/warning:",
        )
    at = int(number) if is_there else 1
    settle("view", str(at))
    return at - 1


def open_stop(agenda: Agenda, at: int) -> None:
    """Open an item of the agenda exactly as written there, forgetting other choices; for callbacks."""
    stop = agenda.stops[at]
    params = st.query_params.to_dict()
    kept = {name: params[name] for name in (*LOOK, "notes", "auto") if params.get(name)}
    _forget()
    st.session_state["goto"] = (
        agendas.pages()[stop.page],
        kept | stop.address | {"agenda": agenda.name, "view": str(at + 1)},
    )


def open_view(page: str, address: dict[str, str]) -> None:
    """Open a page by its name; snapshot, period and place stay unless address names others; for callbacks."""
    params = st.query_params.to_dict()
    kept = {n: params[n] for n in (*LOOK, "asof", "period", "place", "agenda", "view", "notes") if params.get(n)}
    st.session_state["goto"] = agendas.pages()[page], kept | address


def end_meeting() -> None:
    """Leave the meeting and stay on the page; for callbacks."""
    for name in ("agenda", "view", "notes", "auto"):
        drop(name)


def has_left(stop: Stop) -> bool:
    """Whether the URL's parameters differ from those of the item; the caller compares the page."""
    params = st.query_params.to_dict() | st.session_state.get("untold", {})
    return any(params.get(name, value) != value for name, value in stop.address.items())


def _forget() -> None:
    """Drop choices kept in the session, except the look: they must not change an item of the agenda."""
    for name in [name for name in st.session_state if str(name).startswith("kept_")]:
        if name not in {f"kept_{look}" for look in LOOK}:
            del st.session_state[name]
