"""A widget that follows the URL: what the reader chooses counts, what the browser only repeats does not."""

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from yunnan.front.address import widget_values

    widget_values.run_begins()
    widget_values.page_is_chosen()
    state = st.session_state
    widget_values.put("place", state.get("chosen", "云南省"))

    def choose(value: str) -> None:
        state["chosen"] = value

    st.selectbox(
        "地区", ["云南省", "昭通市", "怒江州"], key="place", on_change=widget_values.when_changed("place", choose)
    )
    if state.get("cut_short"):
        st.stop()
    widget_values.run_is_whole()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page, default_timeout=60).run()


def test_each_choice_counts_also_the_one_from_before(app):
    for name in ("昭通市", "云南省", "怒江州", "云南省"):
        assert app.selectbox[0].set_value(name).run().session_state["chosen"] == name


def test_what_a_run_cut_short_has_put_is_not_undone_by_the_browser(app):
    app.session_state["chosen"], app.session_state["cut_short"] = "昭通市", True
    app.run()  # the browser never hears of 昭通市 and still holds 云南省
    app.session_state["cut_short"] = False
    app.selectbox[0].set_value("云南省").run()
    assert (app.session_state["chosen"], app.selectbox[0].value) == ("昭通市", "昭通市")
    assert app.selectbox[0].set_value("云南省").run().session_state["chosen"] == "云南省"


def test_a_choice_made_and_taken_back_at_once_is_taken_back(app):
    app.session_state["cut_short"] = True
    app.selectbox[0].set_value("昭通市").run()
    app.selectbox[0].set_value("云南省").run()
    assert app.session_state["chosen"] == "云南省"
