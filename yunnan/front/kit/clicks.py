"""What a click on a table leads to: callbacks for the on_select of a grid whose selection_mode is "single-cell"."""

from collections.abc import Callable, Sequence

import streamlit as st

from yunnan.front.address import navigation


def on_cell(key: str, open_cell: Callable[[int, str], None]) -> Callable[[], None]:
    """A callback that hands on the clicked cell of the grid of this key: the row's number, the column's header."""

    def open_clicked() -> None:
        for row, column in st.session_state[key]["selection"]["cells"][:1]:
            open_cell(row, column)

    return open_clicked


def on_row(key: str, codes: Sequence, open_code: Callable[[str], None] = navigation.open_item) -> Callable[[], None]:
    """A callback that hands on the code of the clicked row; without open_code it opens the item of that code."""
    return on_cell(key, lambda row, _: open_code(codes[row]))
