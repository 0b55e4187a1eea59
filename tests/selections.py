"""Choices of records, drawn by chance or written down."""

from hypothesis import strategies as st

from yunnan.data import record_selection
from yunnan.data.record_selection import Selection

PLACES = ["530000", "530600", "532900", "533300", "533100", "532500", "530621", "533301", "533323", "532929"]


def keys(snapshot, asked: Selection) -> list[str]:
    """First column of all rows, in order."""
    return snapshot.page(asked.query, size=1000, order=asked.order, **asked.params).iloc[:, 0].tolist()


def some_of(data, tiny, table: str) -> Selection:
    """Some facets with values that rows have, now and then one that none has; a place; an order."""
    every = tiny.counts(f"records/{table}", list(record_selection.facets(table).values()), **Selection(table).params)
    chosen = {}
    for name in data.draw(st.lists(st.sampled_from(sorted(record_selection.facets(table))), unique=True, max_size=3)):
        known = sorted(every.get(record_selection.facets(table)[name], {}))
        chosen[name] = tuple(
            data.draw(st.lists(st.sampled_from([*known, "没有"]), min_size=1, max_size=4, unique=True))
        )
    order = data.draw(
        st.sampled_from(
            ["", "", *record_selection.showable(table), *(f"-{c}" for c in record_selection.showable(table))]
        )
    )
    return Selection(table, data.draw(st.sampled_from(PLACES)), "", chosen, order)
