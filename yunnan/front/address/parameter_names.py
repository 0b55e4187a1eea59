"""The names an address may hold: one that no page knows is said, as strictly as a file says it."""

import streamlit as st

from yunnan.access import signed_links
from yunnan.data import record_selection
from yunnan.front.address.navigation import ASKED, CARRIED
from yunnan.words import wording

ESCAPED = "amp;"  # before a name where an address was copied out of the source of a page
OF_PAGES = {
    "asof2", "aspect", "batch", "cause", "code", "evidence", "field", "figure", "file", "items", "layer", "mode2",
    "org", "peers", "period2", "poverty", "project", "size", "tile", "topic", "with",
}  # fmt: skip
OF_LISTS = {"search", "sort", "columns"}


def mend() -> None:
    """Read &amp;place= as &place=; the plain name counts where there are both."""
    told = st.query_params.to_dict()
    if any(name.startswith(ESCAPED) for name in told):
        plain = {name: value for name, value in told.items() if not name.startswith(ESCAPED)}
        meant = {name.removeprefix(ESCAPED): value for name, value in told.items() if name.startswith(ESCAPED)}
        st.query_params.from_dict(meant | plain)


def warn() -> None:
    """Say which names of the address no page knows: what they ask for is not shown."""
    lists = {facet for table in record_selection.TABLES for facet in record_selection.facets(table)}
    pictures = {f"by_{table}" for table in record_selection.TABLES}
    known = {*CARRIED, *OF_PAGES, *OF_LISTS, *lists, *pictures, *signed_links.SEAL}
    unknown = sorted(name for name in st.query_params if not (name in known or _is_free(name)))
    if unknown:
        names = "、".join(" ".join(name.split())[:40] for name in unknown[:5])
        said = wording.literal(f"网址中有不认识的参数：{names}，没有起作用。请核对网址的写法。")
        st.warning(said, icon=":material/warning:")


def _is_free(name: str) -> bool:
    return bool(signed_links.FREE.fullmatch(name)) or name == "from" or name.startswith(ASKED)
