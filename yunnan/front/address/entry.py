"""Access to a page, checked on every run: who the reader is, and whether a signed link is valid."""

import functools
from collections.abc import Callable, Mapping
from urllib.parse import quote, urlencode

import streamlit as st

from yunnan.access import audit_log, signed_links, viewer
from yunnan.data import record_selection, snapshots
from yunnan.front.address import parameter_names
from yunnan.front.address.navigation import LOCK, is_signed

# Looking at single rows is logged: on these pages, and on others with these parameters (a figure's evidence, a return).
ROW_PAGES = (*record_selection.TABLES, "project", "organization")
ROW_PARAMETERS = ("evidence", "batch")


def check_access(page: str) -> None:
    """Check that the reader may see this page by this URL, and log what must be logged.

    Raises viewer.Unknown, signed_links.Refused, signed_links.NoKeys.
    """
    viewer.come(st.context.headers.get(viewer.ADDRESS, ""))
    viewer.enter(st.context.headers.get(viewer.LOOKER))
    try:
        _check_link(page)
    except (viewer.Unknown, signed_links.Refused, signed_links.NoKeys) as error:
        audit_log.note("refused", viewer.looker(), page=page, asked=_params_for_log(), why=str(error))
        raise
    if is_signed() or page in ROW_PAGES or set(ROW_PARAMETERS) & set(st.query_params):
        audit_log.note("look", viewer.who(), page=page, asked=_params_for_log())


def _check_link(page: str) -> None:
    viewer.person()
    st.session_state.pop(LOCK, None)
    parameter_names.mend()
    pairs = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    if signed_links.is_required() or signed_links.is_signed(pairs):
        st.session_state[LOCK] = signed_links.check(page, pairs)
        viewer.come_by(st.query_params[signed_links.KEY])


def _params_for_log() -> dict[str, str]:
    return {name: value for name, value in st.query_params.to_dict().items() if name != signed_links.SIGNATURE}


def fragment(block: Callable) -> Callable:
    """The function as a Streamlit fragment. It reruns without dashboard.py, so the reader's name is set again first."""

    @functools.wraps(block)
    def entered(*args, **named):
        viewer.enter(st.context.headers.get(viewer.LOOKER))
        try:
            return block(*args, **named)
        except snapshots.Damaged:
            st.rerun()  # the whole page, which then shows that the snapshot is damaged

    return st.fragment(entered)


def looks_signed() -> bool:
    """Whether the URL has a signature, valid or not; such a page is shown without menu, as in an iframe."""
    return signed_links.SIGNATURE in st.query_params


def tile() -> str:
    """The value of ?tile=map:P1-08, which asks for one piece of a page; '' for the whole page."""
    return str(st.query_params.get("tile", ""))[:40]


def signed(path: str, params: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a file's URL; on a page opened by a signed link they are signed too, until the same time."""
    return signed_links.sign(path, params, st.session_state[LOCK]) if is_signed() else dict(params)


def feedback_address(batch: str, snapshot: str) -> str:
    """Relative URL of the feedback workbook of a return."""
    return f"./export/feedback/{quote(batch)}.xlsx?{urlencode(signed(f'feedback/{batch}', {'asof': snapshot}))}"
