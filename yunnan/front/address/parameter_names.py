"""The names of parameters a URL may hold; an unknown one gives a warning, as in the URL of a file."""

import streamlit as st

from yunnan.access import signed_links
from yunnan.data import record_selection
from yunnan.front.address.appearance import ALL_PARTS, LOOKS
from yunnan.front.address.navigation import CARRIED, HAS_PARTS, REPLACED, reject, rejected
from yunnan.words import wording

ESCAPED = "amp;"  # before a name where a URL was copied out of the HTML of a page
OF_PAGES = {
    "asof2", "aspect", "auto", "batch", "cause", "code", "evidence", "field", "figure", "file", "items", "layer",
    "mode2", "org", "paper", "part", "peers", "period2", "plan", "project", "tables", "tile", "topic", "with",
}  # fmt: skip
FLAGS = ("paper", "tables", "evidence", "notes", "bars", "auto")
OF_LISTS = {"search", "sort", "columns"}


def mend() -> None:
    """Correct &amp;place= in the URL to &place=; if both are there, the plain one counts."""
    params = st.query_params.to_dict()
    if any(name.startswith(ESCAPED) for name in params):
        plain = {name: value for name, value in params.items() if not name.startswith(ESCAPED)}
        meant = {name.removeprefix(ESCAPED): value for name, value in params.items() if name.startswith(ESCAPED)}
        st.query_params.from_dict(meant | plain)


def warn() -> None:
    """Warnings of parameters of the URL that no page knows, and of values that one with few values does not have."""
    _warn_of_values()
    lists = {facet for table in record_selection.TABLES for facet in record_selection.facets(table)}
    pictures = {f"by_{table}" for table in record_selection.TABLES}
    known_names = {*CARRIED, *OF_PAGES, *OF_LISTS, *lists, *pictures, *signed_links.SEAL}
    unknown = sorted(name for name in st.query_params if not (name in known_names or _is_free(name)))
    if unknown:
        names = "、".join(" ".join(name.split())[:40] for name in unknown[:5])
        message = wording.literal(f"网址中有不认识的参数：{names}，没有起作用。请核对网址的写法。")
        st.warning(message, icon=":material/warning:")


def _warn_of_values() -> None:
    for name, values in (dict.fromkeys(FLAGS, ("true", "false")) | LOOKS).items():
        wrong, value = rejected(name), st.query_params.get(name)
        value = value if value and value not in values else wrong
        if value and value not in values:
            # Streamlit takes away what it cannot read of a widget bound to the URL.
            short = reject(name, value, is_bound=True) if name == "bars" else " ".join(value.split())[:40]
            message = f"网址中的 {name}“{short}”不认识，没有起作用；可以写的是{'、'.join(values)}。"
            st.warning(wording.literal(message), icon=":material/warning:")


def warn_of_part() -> None:
    """A warning if the URL asks for a part that the page just drawn does not have."""
    part = st.query_params.get("part")
    if part and part != ALL_PARTS and not st.session_state.get(HAS_PARTS):
        short = " ".join(part.split())[:40]
        message = f"网址中的部分“{short}”在这一页没有，没有起作用。请从页上的各部分中选择，或核对网址。"
        st.warning(wording.literal(message), icon=":material/warning:")


def _is_free(name: str) -> bool:
    return bool(signed_links.FREE.fullmatch(name)) or name == "from" or name.startswith(REPLACED)
