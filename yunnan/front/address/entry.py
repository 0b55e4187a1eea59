"""At the door, on every run: who looks, and whether the link they come by is a signed one that holds."""

import functools
from collections.abc import Callable, Mapping

import streamlit as st

from yunnan.access import audit_log, signed_links, viewer
from yunnan.data import record_selection, snapshots
from yunnan.front.address import parameter_names
from yunnan.front.address.navigation import LOCK, is_signed

# Pages of single rows; so is a figure's evidence, and what one return has got wrong.
OF_ROWS = (*record_selection.TABLES, "project", "organization")
ROWS = ("evidence", "batch")


def arrive(page: str) -> None:
    """Let in whoever may look at this page by this address. Raises access.Unknown, signing.Refused, signing.NoKeys."""
    viewer.come(st.context.headers.get(viewer.ADDRESS, ""))
    viewer.enter(st.context.headers.get(viewer.LOOKER))
    try:
        _let_in(page)
    except (viewer.Unknown, signed_links.Refused, signed_links.NoKeys) as error:
        audit_log.note("refused", viewer.looker(), page=page, asked=_asked(), why=str(error))
        raise
    if is_signed() or page in OF_ROWS or set(ROWS) & set(st.query_params):
        audit_log.note("look", viewer.who(), page=page, asked=_asked())


def _let_in(page: str) -> None:
    viewer.person()
    st.session_state.pop(LOCK, None)
    parameter_names.mend()
    told = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    if signed_links.is_required() or signed_links.is_signed(told):
        st.session_state[LOCK] = signed_links.check(page, told)
        viewer.come_by(st.query_params[signed_links.KEY])


def _asked() -> dict[str, str]:
    return {name: value for name, value in st.query_params.to_dict().items() if name != signed_links.SIGNATURE}


def part(block: Callable) -> Callable:
    """The block as a fragment, which runs again by itself: that passes no door, so it is told again who looks."""

    @functools.wraps(block)
    def entered(*args, **named):
        viewer.enter(st.context.headers.get(viewer.LOOKER))
        try:
            return block(*args, **named)
        except snapshots.Damaged:
            st.rerun()  # the whole page, which says so

    return st.fragment(entered)


def looks_signed() -> bool:
    """Whether the address claims to be a signed link, which is shown as in a frame."""
    return signed_links.SIGNATURE in st.query_params


def tile() -> str:
    """The one piece of a page that the address asks for: ?tile=map:P1-08; empty for the whole page."""
    return str(st.query_params.get("tile", ""))[:40]


def sealed(path: str, params: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a file's address; behind a signed link the file's is signed too, for as long."""
    return signed_links.sign(path, params, st.session_state[LOCK]) if is_signed() else dict(params)
