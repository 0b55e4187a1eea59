"""The parts of a long page, one at a time: ?part= says which, ?part=all shows all of them, for paper."""

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from yunnan.data.view import View
from yunnan.front.address import choices, navigation
from yunnan.front.address.appearance import ALL_PARTS


def draw(
    parts: Mapping[str, tuple[str, Callable[[View], None]]], view: View, *, first: str = "", others: Iterable[str] = ()
) -> None:
    """The row of titles, which stays in sight, and below it the chosen part; a part that is alone without the row.

    parts: {code: (title, what draws it)}. first: the part shown where the address names none, else the one chosen
    before, else the first of parts. others: codes of parts that the page has elsewhere; one of them in the address
    shows the first part here.
    """
    if len(parts) == 1:
        st.session_state[navigation.HAS_PARTS] = st.query_params.get("part") in (*parts, *others)
        ((_, alone),) = parts.values()
        alone(view)
        return
    labels = {code: title for code, (title, _) in parts.items()} | {ALL_PARTS: "全部（打印用）"}
    if first and "part" not in st.query_params:
        navigation.forget("part")  # what the address asks for stands in that part
    start = first or next(iter(labels))
    with st.container(key="parts"):
        chosen = choices.choose(
            "part",
            "部分",
            list(labels),
            start,
            label_of=labels.__getitem__,
            widget=st.segmented_control,
            required=True,
            also_valid=list(others),
            label_visibility="collapsed",
        )
    if chosen == start:
        navigation.forget("part")  # another page, whose parts have the same codes, begins with its own first one
    st.session_state[navigation.HAS_PARTS] = True
    for code, (_, of_part) in parts.items():
        if chosen in (code, ALL_PARTS):
            of_part(view)
