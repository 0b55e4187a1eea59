"""Figure codes (数字凭证) on a page: the figure of the code in the URL, the code of a figure, a box to type a code."""

from collections.abc import Iterable

import streamlit as st

from yunnan.access import viewer
from yunnan.data import citations
from yunnan.data.view import View
from yunnan.front.address import code_links, navigation
from yunnan.words import wording


def cited_figure() -> None:
    """A line with the value of the code in the URL, in its own snapshot and in the newest; nothing without a code."""
    if code := code_links.active_code():
        st.info(wording.literal(citations.sentence(code, viewer.scope())), icon=":material/verified:")


def codes_by_place(view: View, measure: str, places: Iterable[str]) -> list[str]:
    """The code of a measure at each of the places, in their order; '' where the measure or the place has no code."""
    with_code = set(view.places.place) - {navigation.PROVINCE, view.place if view.region.level == "prefecture" else ""}
    return [view.code(measure, place) if place in with_code else "" for place in places]


def code_line(view: View, figure: str) -> None:
    """A line with the code of a figure, to be copied or read out."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("数字凭证（在看板中输入即打开这个数）", width="content")
        st.code(view.code(figure), language=None, width="content")


def code_box() -> None:
    """A box that opens the figure of the code typed into it."""
    st.text_input(
        "数字凭证",
        key="code_box",
        placeholder="例：YN-P108-533300-2019-191231r2-Y",
        on_change=_open_typed_code,
        width=460,
        help="文件、图表和口径页上的每个数都有凭证；输入后按回车，打开它所指的数。大小写、空格、连字符不论。",
    )


def _open_typed_code() -> None:
    if text := st.session_state["code_box"].strip():
        code_links.open_code(text)
    st.session_state["code_box"] = ""
