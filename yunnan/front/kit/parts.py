"""The parts of a long page, one at a time: ?part= says which, ?part=all shows all of them, for paper."""

from collections.abc import Callable, Mapping

import streamlit as st

from yunnan.data.view import View
from yunnan.front.address import choices
from yunnan.front.address.appearance import ALL_PARTS


def draw(parts: Mapping[str, tuple[str, Callable[[View], None]]], view: View, *, first: str = "") -> None:
    """The row of titles, which stays in sight, and below it the chosen part.

    parts: {code: (title, what draws it)}. first: the part shown where none is chosen, else the first of parts.
    """
    labels = {code: title for code, (title, _) in parts.items()} | {ALL_PARTS: "全部（打印用）"}
    with st.container(key="parts"):
        chosen = choices.choose(
            "part",
            "部分",
            list(labels),
            first or next(iter(labels)),
            label_of=labels.__getitem__,
            widget=st.segmented_control,
            required=True,
            writes_default=False,
            label_visibility="collapsed",
        )
    for code, (_, of_part) in parts.items():
        if chosen in (code, ALL_PARTS):
            of_part(view)
