"""What the rows of a table open: buttons in a column of their own, so that every other cell can be selected and copied.

A click on a cell opens nothing. A link would open another tab, which a frame without allow-popups does not let it do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from yunnan.front.address import appearance, navigation

DOORS = "打开"  # header of the column
ONE = "打开 ›"  # on the button of a row that opens one thing
WIDTH = 76  # pixels of the column at a font of 16 pixels


@dataclass(frozen=True)
class Doors:
    """The buttons of a table. ways: for each row {label: code}, with several labels a menu; act: opens a code.

    is_index: the names in the table's index are the buttons, and no column is added.
    """

    ways: Sequence[Mapping[str, Any]]
    act: Callable[[Any], None] = navigation.open_item
    is_index: bool = False

    def beside(self, table: pd.DataFrame, fill: Any = None) -> pd.DataFrame:
        """The table with the column of buttons in front; with fill, that in each cell instead."""
        has_menus = any(len(way) > 1 for way in self.ways)  # a column holds lists or texts, not both
        labels = [(list(way) if has_menus else next(iter(way))) if way else None for way in self.ways]
        column = pd.Series(labels if fill is None else [fill] * len(table), index=table.index, dtype=object)
        return pd.concat([column.rename(DOORS), table], axis=1)

    def column(self, key: str, given: Mapping[str, Mapping]) -> dict:
        """The configuration of the column for the grid of this key. given: that of the grid's columns."""
        own = f"{key}_doors"
        index = given.get("_index", {})
        label = index.get("label") if self.is_index else DOORS
        width = index.get("width") if self.is_index else round(WIDTH * appearance.look().rem / 16)
        button = st.column_config.ButtonColumn(
            label, key=own, on_click=partial(self.open, own), type="tertiary", width=width, pinned=True,
            alignment="left" if self.is_index else "center",
        )  # fmt: skip
        return {"_index" if self.is_index else DOORS: button}

    def open(self, key: str) -> None:
        """Open what the clicked button of this key says; for callbacks."""
        click = st.session_state[key]
        way = self.ways[click["row"]]
        self.act(way[click["label"]] if click["label"] in way else next(iter(way.values())))


def of_rows(codes: Sequence, act: Callable[[Any], None] = navigation.open_item, *, is_index: bool = False) -> Doors:
    """A button for each row that has a code; without act it opens the item of that code."""
    return Doors([{ONE: code} if isinstance(code, str) and code else {} for code in codes], act, is_index)
