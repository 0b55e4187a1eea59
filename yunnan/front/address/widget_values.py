"""The values of widgets that follow the URL: put in by a run, changed by the reader.

A run may put a value into a widget of which the browser has not heard, or never hears, when it clicks again. With that
click the browser sends the value it still holds; Streamlit takes it for a choice, which would undo the last one.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from yunnan import streamlit_seam


def put(key: str, value: Any) -> None:
    """Set the widget of this key to a value; before it is drawn."""
    st.session_state[key] = value
    st.session_state.setdefault("put_by_run", {})[key] = value


def when_changed(key: str, act: Callable[[Any], None]) -> Callable[[], None]:
    """A callback for the widget's on_change: calls act with the new value, not where the browser repeats an old one."""

    def changed() -> None:
        value, held = st.session_state[key], st.session_state.setdefault("held_by_browser", {})
        # A click that asks for another page than the last run's was the menu's.
        leaves = streamlit_seam.page_hash() not in st.session_state.get("pages_of_run", [streamlit_seam.page_hash()])
        if not leaves and (key not in held or value != held[key]):
            held[key] = value
            act(value)

    return changed


def run_begins() -> None:
    """Note which page the browser has asked for; first in each run."""
    st.session_state["pages_of_run"] = [streamlit_seam.page_hash()]


def page_is_chosen() -> None:
    """Note which page is drawn, when st.navigation has chosen it."""
    st.session_state["pages_of_run"].append(streamlit_seam.page_hash())


def run_is_whole() -> None:
    """Note that the browser holds what this run has put into its widgets; last in each run."""
    st.session_state.setdefault("held_by_browser", {}).update(st.session_state.pop("put_by_run", {}))
