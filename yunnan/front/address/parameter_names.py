"""The names of parameters a URL may hold; an unknown one gives a warning, as in the URL of a file."""

import streamlit as st

from yunnan.access import signed_links
from yunnan.data import record_selection
from yunnan.front.address.navigation import CARRIED, REPLACED
from yunnan.words import wording

ESCAPED = "amp;"  # before a name where a URL was copied out of the HTML of a page
OF_PAGES = {
    "asof2", "aspect", "batch", "cause", "code", "evidence", "field", "figure", "file", "items", "layer", "mode2",
    "org", "paper", "part", "peers", "period2", "poverty", "project", "size", "tables", "tile", "topic", "with",
}  # fmt: skip
OF_LISTS = {"search", "sort", "columns"}


def mend() -> None:
    """Correct &amp;place= in the URL to &place=; if both are there, the plain one counts."""
    params = st.query_params.to_dict()
    if any(name.startswith(ESCAPED) for name in params):
        plain = {name: value for name, value in params.items() if not name.startswith(ESCAPED)}
        meant = {name.removeprefix(ESCAPED): value for name, value in params.items() if name.startswith(ESCAPED)}
        st.query_params.from_dict(meant | plain)


def warn() -> None:
    """A warning with the parameters of the URL that no page knows, if there are any."""
    lists = {facet for table in record_selection.TABLES for facet in record_selection.facets(table)}
    pictures = {f"by_{table}" for table in record_selection.TABLES}
    known_names = {*CARRIED, *OF_PAGES, *OF_LISTS, *lists, *pictures, *signed_links.SEAL}
    unknown = sorted(name for name in st.query_params if not (name in known_names or _is_free(name)))
    if unknown:
        names = "、".join(" ".join(name.split())[:40] for name in unknown[:5])
        message = wording.literal(f"网址中有不认识的参数：{names}，没有起作用。请核对网址的写法。")
        st.warning(message, icon=":material/warning:")


def _is_free(name: str) -> bool:
    return bool(signed_links.FREE.fullmatch(name)) or name == "from" or name.startswith(REPLACED)
