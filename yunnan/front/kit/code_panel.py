"""数字凭证 on a page: what the one in the address says, the one of a figure shown, a box to type one."""

from collections.abc import Iterable

import streamlit as st

from yunnan.access import viewer
from yunnan.data import citations
from yunnan.data.figure_codes import Code
from yunnan.front.address import code_links, navigation
from yunnan.front.address.frame import View
from yunnan.words import wording


def cited() -> None:
    """What the code in the address says, then and now; nothing without one."""
    if code := code_links.active_code():
        st.info(wording.literal(citations.sentence(code, viewer.scope())), icon=":material/verified:")


def code_of(view: View, figure: str) -> str:
    """The code of a figure of this view."""
    return str(Code(figure, view.place, view.period, view.snapshot.id))


def codes_by_place(view: View, measure: str, places: Iterable[str]) -> list[str]:
    """The code of a measure at each place; empty for a measure that has none and for what belongs to no place."""
    figure = {"SCORE": "F0", "PER_POOR": ""}.get(measure, measure)
    known = set(view.places.place) - {navigation.PROVINCE, view.place if view.region.level == "prefecture" else ""}
    return [code_of(view.at(place), figure) if figure and place in known else "" for place in places]


def code_line(view: View, figure: str) -> None:
    """The code of a figure, to be copied or read out."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("数字凭证（在看板中输入即打开这个数）", width="content")
        st.code(code_of(view, figure), language=None, width="content")


def code_box() -> None:
    """A box that opens the figure of the code typed into it."""
    st.text_input(
        "数字凭证",
        key="code_box",
        placeholder="例：YN-P108-533300-2019-191231r2-Y",
        on_change=_opens,
        width=460,
        help="文件、图表和口径页上的每个数都有凭证；输入后按回车，打开它所指的数。大小写、空格、连字符不论。",
    )


def _opens() -> None:
    if told := st.session_state["code_box"].strip():
        code_links.open_code(told)
    st.session_state["code_box"] = ""
