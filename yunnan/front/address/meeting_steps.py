"""A meeting in the URL: ?agenda= and ?view= say which item of an agenda is shown, ?notes=true shows the notes."""

import streamlit as st

from yunnan.data import agendas
from yunnan.data.agendas import Agenda, Stop
from yunnan.front.address.navigation import drop, item, settle

LOOK = ("mode", "theme", "embed")


def meeting() -> tuple[Agenda, int] | None:
    """The agenda in the URL and the index of its current item, from 0; None without an agenda.

    An agenda that does not exist or may not be listed is dropped with a warning.
    """
    name = item("agenda")
    if not name:
        return None
    try:
        agenda = agendas.read(name)
    except KeyError:
        drop("agenda")
        st.warning(
            f"没有名为“{' '.join(name.replace('`', '').split())}”的议程，请在“会议”页选择。", icon=":material/warning:"
        )
        return None
    except agendas.Unlisted as error:
        drop("agenda")
        st.warning(f"{error}。", icon=":material/warning:")
        return None
    if not agenda.stops:
        drop("agenda")
        return None
    number = item("view")
    at = min(max(int(number) if number.isdecimal() else 1, 1), len(agenda.stops)) - 1
    settle("view", str(at + 1))
    return agenda, at


def open_stop(agenda: Agenda, at: int) -> None:
    """Open an item of the agenda exactly as written there, forgetting other choices; for callbacks."""
    stop = agenda.stops[at]
    params = st.query_params.to_dict()
    kept = {name: params[name] for name in (*LOOK, "notes") if params.get(name)}
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
    for name in ("agenda", "view", "notes"):
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
