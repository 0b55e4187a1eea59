"""The filters of a list of records: a box for each facet, and a chip for each value that is chosen."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from yunnan.data import record_selection
from yunnan.data.record_selection import Selection
from yunnan.data.view import View
from yunnan.front.address import choices
from yunnan.front.address.widget_values import put, when_changed
from yunnan.words import wording

MOST_VALUES = 200  # values offered of a facet that has thousands
ROWS_OF_FACETS = 4  # facets in one row


def facets(view: View, selection: Selection, names: Mapping[str, str]) -> None:
    """A closed panel with a box for each facet; each value says how many rows it has under all other filters."""
    counts, every = _counts(view, selection)
    with st.expander("筛选", icon=":material/filter_alt:"):
        facet_columns = list(record_selection.facets(selection.table).items())
        for start in range(0, len(facet_columns), ROWS_OF_FACETS):
            for slot, (name, column) in zip(
                st.columns(ROWS_OF_FACETS, gap="small"), facet_columns[start : start + ROWS_OF_FACETS], strict=False
            ):
                with slot:
                    _facet(selection, name, every.get(column, {}), counts.get(name, {}), names)


def _counts(view: View, selection: Selection) -> tuple[dict, dict]:
    """{facet: {value: rows under all other filters}} and {column: {value: rows of the whole table}}."""
    facet_columns = record_selection.facets(selection.table)
    idle = [column for name, column in facet_columns.items() if name not in selection.chosen]
    counts_of = view.snapshot.counts
    counts = counts_of(selection.query, idle, **selection.params) if idle else {}
    for name in selection.chosen:
        counts |= counts_of(selection.query, [facet_columns[name]], **selection.with_facet(name, ()).params)
    every = counts_of(selection.query, list(facet_columns.values()), **Selection(selection.table).params)
    return {name: counts.get(column, {}) for name, column in facet_columns.items()}, every


def _facet(
    selection: Selection, name: str, every: Mapping[str, int], now: Mapping[str, int], names: Mapping[str, str]
) -> None:
    """A widget for one facet. every: {value: rows of the whole table}; now: {value: rows under all other filters}."""
    chosen = [value for value in selection.chosen.get(name, ()) if value in every]
    ordered = sorted(every, key=lambda value: (value not in now, _order(value, name, now)))
    offered = [value for n, value in enumerate(ordered) if n < MOST_VALUES or value in chosen]
    key = f"facet_{selection.table}_{name}"
    put(key, chosen)

    def label_of(value: str) -> str:
        text = f"{record_selection.value_name(value, names)}（{now.get(value, 0):,}）"
        return text if now.get(value) else f"○ {text}"

    def choose(values: Sequence[str]) -> None:
        choices.save(selection.with_facet(name, values))

    st.multiselect(
        record_selection.title(selection.table, name),
        offered,
        key=key,
        format_func=label_of,
        on_change=when_changed(key, choose),
        placeholder="全部" if len(offered) == len(ordered) else f"全部（列出{MOST_VALUES}个，其余请搜索）",
        select_all=False,  # choosing all values would leave out rows without a value
    )
    for value in selection.chosen.get(name, ()):
        if value not in every:
            st.caption(wording.literal(f"没有一行是“{value[:40]}”，可在下方去掉。"))


def _order(value: str, name: str, now: Mapping[str, int]) -> tuple:
    if name in ("year", "quarter", "periods"):  # the latest first
        return (0, tuple(-ord(character) for character in value))
    return (-now.get(value, 0), value)


def chips(selection: Selection, names: Mapping[str, str]) -> None:
    """A button for each filter in use, which takes it off, and one that takes off all; nothing without filters."""
    chips = [("地区", names.get(selection.place, ""), lambda: choices.save(selection, place=record_selection.PROVINCE))]
    chips = chips if selection.place != record_selection.PROVINCE else []
    if selection.search:
        chips.append(("搜索", selection.search, lambda: choices.save(selection, search="")))
    for name, values in selection.chosen.items():
        for value in values:
            rest = selection.with_facet(name, [v for v in values if v != value])
            text = record_selection.value_name(value, names)
            chips.append((record_selection.title(selection.table, name), text, partial(choices.save, rest)))
    if not chips:
        return
    with st.container(horizontal=True, gap="small"):
        for n, (label, text, remove) in enumerate(chips):
            st.button(wording.literal(f"{label}：{text}　✕"), key=f"chip_{n}", on_click=remove, type="tertiary")
        st.button(
            "全部清除",
            key="reset",
            on_click=lambda: choices.save(
                Selection(selection.table, column_set=selection.column_set), place=record_selection.PROVINCE
            ),
        )
