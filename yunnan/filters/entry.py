"""At the door, on every run: who looks, and whether the link they come by is a signed one that holds."""

import functools
from collections.abc import Callable, Mapping

import streamlit as st

from yunnan import access, signing, snapshots
from yunnan.filters import names
from yunnan.filters.address import LOCK, is_signed


def arrive(page: str) -> None:
    """Let in whoever may look at this page by this address. Raises access.Unknown, signing.Refused, signing.NoKeys."""
    access.enter(st.context.headers.get(access.LOOKER))
    access.person()
    st.session_state.pop(LOCK, None)
    names.mend()
    told = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    if signing.is_required() or signing.is_signed(told):
        st.session_state[LOCK] = signing.check(page, told)


def part(block: Callable) -> Callable:
    """The block as a fragment, which runs again by itself: that passes no door, so it is told again who looks."""

    @functools.wraps(block)
    def entered(*args, **named):
        access.enter(st.context.headers.get(access.LOOKER))
        try:
            return block(*args, **named)
        except snapshots.Damaged:
            st.rerun()  # the whole page, which says so

    return st.fragment(entered)


def looks_signed() -> bool:
    """Whether the address claims to be a signed link, which is shown as in a frame."""
    return signing.SIGNATURE in st.query_params


def tile() -> str:
    """The one piece of a page that the address asks for: ?tile=map:P1-08; empty for the whole page."""
    return str(st.query_params.get("tile", ""))[:40]


def sealed(path: str, params: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a file's address; behind a signed link the file's is signed too, for as long."""
    return signing.sign(path, params, st.session_state[LOCK]) if is_signed() else dict(params)
