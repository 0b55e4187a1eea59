"""The meeting in the address: which agenda, which of its views, whether the speaker's notes are shown."""

import streamlit as st

from yunnan.data import agendas
from yunnan.data.agendas import Agenda, Stop
from yunnan.front.address.navigation import drop, item, settle

LOOK = ("mode", "theme", "embed")


def meeting() -> tuple[Agenda, int] | None:
    """The agenda that the address asks for and its view, counted from 0; none without one; an unknown one is said."""
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
    asked = item("view")
    at = min(max(int(asked) if asked.isdecimal() else 1, 1), len(agenda.stops)) - 1
    settle("view", str(at + 1))
    return agenda, at


def open_stop(agenda: Agenda, at: int) -> None:
    """Have the front door open a view of the agenda exactly as it was written; for callbacks."""
    stop = agenda.stops[at]
    told = st.query_params.to_dict()
    kept = {name: told[name] for name in (*LOOK, "notes") if told.get(name)}
    _forget()
    st.session_state["goto"] = (
        agendas.pages()[stop.page],
        kept | stop.address | {"agenda": agenda.name, "view": str(at + 1)},
    )


def open_view(page: str, address: dict[str, str]) -> None:
    """Have the front door open a page by its name; place, period and date stay where the address names no others."""
    told = st.query_params.to_dict()
    kept = {n: told[n] for n in (*LOOK, "asof", "period", "place", "agenda", "view", "notes") if told.get(n)}
    st.session_state["goto"] = agendas.pages()[page], kept | address


def end_meeting() -> None:
    """Leave the meeting: the page stays as it is; for callbacks."""
    for name in ("agenda", "view", "notes"):
        drop(name)


def has_left(stop: Stop) -> bool:
    """Whether the address is no longer that of the view: another page is left to the caller."""
    told = st.query_params.to_dict() | st.session_state.get("untold", {})
    return any(told.get(name, value) != value for name, value in stop.address.items())


def _forget() -> None:
    """What was chosen on other pages must not show on a view of the agenda."""
    for name in [name for name in st.session_state if str(name).startswith("kept_")]:
        if name not in {f"kept_{look}" for look in LOOK}:
            del st.session_state[name]
