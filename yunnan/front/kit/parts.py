"""The parts of a long page, one at a time: ?part= says which, ?part=all shows all of them, for paper."""

from collections.abc import Callable, Mapping

import streamlit as st

from yunnan.data.view import View
from yunnan.front.address import choices, navigation
from yunnan.front.address.appearance import ALL_PARTS


def draw(parts: Mapping[str, tuple[str, Callable[[View], None]]], view: View) -> None:
    """The row of titles, which stays in sight, and below it the chosen part; the first where none is chosen.

    parts: {code: (title, what draws it)}.
    """
    labels = {code: title for code, (title, _) in parts.items()} | {ALL_PARTS: "全部（打印用）"}
    first = next(iter(labels))
    with st.container(key="parts"):
        chosen = choices.choose(
            "part",
            "部分",
            list(labels),
            first,
            label_of=labels.__getitem__,
            widget=st.segmented_control,
            required=True,
            label_visibility="collapsed",
        )
    if chosen == first:
        navigation.forget("part")  # another page, whose parts have the same codes, begins with its own first one
    for code, (_, of_part) in parts.items():
        if chosen in (code, ALL_PARTS):
            of_part(view)
