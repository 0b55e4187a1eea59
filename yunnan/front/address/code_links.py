"""?code=YN-…: a 数字凭证 in any page's address opens its figure, and goes when the reader looks at something else."""

import streamlit as st

from yunnan.data import figure_codes, snapshots
from yunnan.data.figure_codes import Address, Code
from yunnan.words import wording


def to_open() -> Address | None:
    """The figure's own address when a code has just come in, once; a code that is none is said and dropped."""
    told = st.query_params.get("code")
    if not told:
        st.session_state.pop("opened_code", None)
        return None
    if st.session_state.get("opened_code") == told:
        return None
    try:
        wanted = figure_codes.parse(told)
    except figure_codes.BadCode as error:
        st.warning(wording.literal(f"{error}。"), icon=":material/warning:")
        st.query_params.pop("code")
        return None
    st.session_state["opened_code"] = str(wanted)
    where = figure_codes.address(wanted, snapshots.published())
    carried = {"embed": "true"} if st.query_params.get("embed") == "true" else {}
    return where._replace(params=carried | where.params | {"code": str(wanted)})


def opened() -> Code | None:
    """The code whose figure this page shows; none once place, period, date or indicator are no longer its own."""
    told = st.query_params.get("code")
    if not told:
        return None
    code = figure_codes.parse(told)
    where = figure_codes.address(code, snapshots.published())
    if all(st.query_params.get(name) == value for name, value in where.params.items() if name != "evidence"):
        return code
    st.query_params.pop("code")
    st.session_state.pop("opened_code", None)
    return None


def open_code(told: str) -> None:
    """Open the figure of a code, from a callback; the front door says so when it is none."""
    st.session_state.pop("opened_code", None)
    st.query_params["code"] = told
