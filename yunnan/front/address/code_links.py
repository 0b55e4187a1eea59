"""?code=YN-…: a figure code (数字凭证) in the URL of any page opens its figure; it is dropped when the view changes."""

import streamlit as st

from yunnan.data import figure_codes, snapshots
from yunnan.data.figure_codes import Address, Code
from yunnan.front.address import navigation
from yunnan.words import wording


def address_to_open() -> Address | None:
    """Page and parameters of the figure whose code is new in the URL; None without a code and once it has been opened.

    A code that cannot be read is dropped with a warning.
    """
    text = st.query_params.get("code") or navigation.rejected("code")
    if not text:
        st.session_state.pop("opened_code", None)
        return None
    if st.session_state.get("opened_code") == text:
        return None
    try:
        wanted = figure_codes.parse(text)
    except figure_codes.BadCode as error:
        st.warning(wording.literal(f"{error}。"), icon=":material/warning:")
        navigation.reject("code", text)
        return None
    st.session_state["opened_code"] = str(wanted)
    address = figure_codes.address(wanted, snapshots.published())
    carried = {"embed": "true"} if st.query_params.get("embed") == "true" else {}
    return address._replace(params=carried | address.params | {"code": str(wanted)})


def active_code() -> Code | None:
    """The code in the URL while the page shows its figure, else None.

    Once place, period, date or indicator are others than the code's, it is dropped from the URL.
    """
    text = st.query_params.get("code")
    if not text:
        return None
    code = figure_codes.parse(text)
    address = figure_codes.address(code, snapshots.published())
    if all(st.query_params.get(name) == value for name, value in address.params.items() if name != "evidence"):
        return code
    st.query_params.pop("code")
    st.session_state.pop("opened_code", None)
    return None


def open_code(text: str) -> None:
    """Put a code into the URL, from a callback; dashboard.py opens its figure or warns that it is no code."""
    st.session_state.pop("opened_code", None)
    navigation.keep("code", text)
