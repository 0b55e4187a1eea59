"""Choices kept in the URL by code: a widget is set from the URL and writes to it."""

import functools
import re
from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from yunnan.data import record_selection
from yunnan.front.address.navigation import (
    REPLACED,
    drop,
    is_locked,
    is_signed,
    keep,
    reject,
    rejected,
    requested,
    settle,
)
from yunnan.front.address.widget_values import put, when_changed
from yunnan.words import wording

# The end of a snapshot's name that asks for one revision: where that does not exist, another comes with a warning.
REVISION = re.compile(r"\.r\d+$")


def choose(
    name: str,
    label: str,
    options: Sequence[str],
    default: str,
    *,
    label_of: Callable[[str], str] = str,
    draw: bool = True,
    widget: Callable | None = None,
    on_choice: Callable[[str], None] | None = None,
    also_valid: Sequence[str] = (),
    fault: str | Callable[[str], str] = "不存在",
    writes_default: bool = True,
    parse: Callable[[str], str | None] = lambda _: None,
    **look: object,
) -> str:
    """The code that the reader has chosen, one of options; in the URL as ?name=code. Draws the widget for it.

    label_of: the text on screen of a code. draw=False: no widget, only the value (in an iframe). on_choice: called with
    the new code instead of keeping it in the URL. also_valid: codes that other pages offer under this name; here they
    give the default without a warning. fault: what the warning says of others, in Markdown. writes_default=False: the
    default is not put into the URL, because it follows the data. parse: the option that another spelling means
    ('怒江州' for its code), else None. widget: st.selectbox unless another is given. look: more of
    its arguments.
    """
    wanted = requested(name)
    value = str(wanted) if wanted in options else (parse(str(wanted)) if wanted else None) or default
    if rejected := _rejected_value(name, value, also_valid, parse):
        why = fault if isinstance(fault, str) else fault(rejected)
        st.warning(f"网址中的{label}“`{rejected}`”{why}，已改用“{label_of(value)}”。", icon=":material/warning:")
    if writes_default or value != default:
        settle(name, value)
    if draw and not is_locked(name):
        put(key := f"w_{name}", value)
        chosen = when_changed(key, on_choice or functools.partial(keep, name))
        draws: Callable = widget or st.selectbox
        draws(label, options, key=key, format_func=label_of, on_change=chosen, **look)
    return value


def _rejected_value(name: str, value: str, also_valid: Sequence[str], parse: Callable[[str], str | None]) -> str:
    """The code in the URL that was replaced by value, cut to 40 characters; '' if none was.

    It is kept in the URL as ?asked_<name>=, so that a reload shows the warning again.
    """
    current = st.query_params.get(name)
    rejected = st.query_params.get(f"{REPLACED}{name}") if current in (None, value) else current
    if rejected is None or rejected in also_valid or (parse(rejected) == value and not REVISION.search(rejected)):
        return ""
    rejected = " ".join(rejected.replace("`", "").split())[:40]  # as code: no link, no picture from afar
    if not is_signed():
        untold = st.session_state.setdefault("untold", {})
        if f"{REPLACED}{name}" in untold:
            return ""  # two parts of a page choose the same; the first has warned
        untold[f"{REPLACED}{name}"] = rejected
    return rejected


def choose_several(
    name: str,
    label: str,
    options: Sequence[str],
    default: Sequence[str],
    *,
    label_of: Callable[[str], str],
    maximum: int = 4,
) -> list[str]:
    """The chosen codes, two to maximum of options, in the URL as ?name=code,code. Draws the widget for them.

    Fewer, more or unknown codes in the URL are replaced with a warning.
    """
    wanted = list(dict.fromkeys(str(requested(name) or "").split(",")))
    valid = [code for code in wanted if code in options][:maximum]
    value = valid if len(valid) > 1 else list(default)
    in_url = st.query_params.get(name)
    wrong = reject(name, in_url) if in_url and value != wanted else rejected(name)
    if wrong:
        replacement = "、".join(map(label_of, value))
        st.warning(
            f"网址中的{label}“`{wrong}`”应为2至{maximum}个存在的代码，已改用“{replacement}”。",
            icon=":material/warning:",
        )
    settle(name, ",".join(value))
    if value == list(default):
        del st.session_state[f"kept_{name}"]  # the default follows the place: only another choice is kept
    if is_locked(name):
        return value
    put(key := f"w_{name}", value)

    def choose(chosen: list[str]) -> None:
        if len(chosen) > 1:  # one alone is not kept: the next run shows the two or more from before
            keep(name, ",".join(chosen))

    st.multiselect(
        label, options, key=key, format_func=label_of, max_selections=maximum, on_change=when_changed(key, choose)
    )
    return value


def page_number(name: str, pages: int, *, width: int | Literal["stretch"] = "stretch") -> int:
    """The page of rows that the reader has chosen, 1 to pages; in the URL as ?name=. Draws the widget where it has two.

    A page that is not there gives the first, with a warning.
    """
    text = st.query_params.get(name)
    is_there = text is None or (text.isdecimal() and text.isascii() and 1 <= int(text) <= pages)
    wrong = (rejected(name) if text in (None, "1") else "") if is_there else reject(name, str(text), is_bound=True)
    if wrong:
        message = f"网址中的第几页“{wrong}”不存在（共{pages:,}页），已改用第1页。"
        st.warning(wording.literal(message), icon=":material/warning:")
    if pages == 1:
        return 1
    if not is_there:
        st.session_state[name] = 1
    label, stale = f"第几页（共{pages:,}页）", f"{REPLACED}{name}"
    number = st.number_input(label, 1, pages, key=name, bind="query-params", on_change=drop, args=(stale,), width=width)
    return int(number)


def selection(table: str, place: str) -> record_selection.Selection:
    """The filters, search, order and columns of a list of records in the URL; what cannot be used gives a warning."""
    names = [*record_selection.facets(table), "search", "sort", "columns"]
    in_url = {name: st.query_params[name] for name in names if name in st.query_params}
    # A URL with ?asof= is complete: a filter that is absent is not set. The menu opens a page with a bare URL instead:
    # then the selection of before is put back.
    kept = {} if "asof" in st.query_params and not is_signed() else st.session_state.get(f"kept_records_{table}", {})
    chosen, unusable = record_selection.read(table, in_url or kept, place=place)
    for problem in unusable:
        st.warning(wording.literal(f"网址中的{problem}，已略去。"), icon=":material/warning:")
    st.session_state[f"kept_records_{table}"] = chosen.address()
    if not in_url and not is_signed():
        for name, value in chosen.address().items():
            st.session_state.setdefault("untold", {})[name] = value
    return chosen


def save(chosen: record_selection.Selection, **changed: str) -> None:
    """Keep this selection in session and URL, with some of search, sort, columns, place changed; for callbacks."""
    address = {name: value for name, value in (chosen.address() | changed).items() if value}
    place = address.pop("place", None)
    if address.get("columns") == record_selection.REPORT:
        del address["columns"]
    st.session_state[f"kept_records_{chosen.table}"] = address
    st.session_state[f"page_{chosen.table}"] = 1  # other rows or another order: back to the first page
    if is_signed():
        return
    others = {
        n: v
        for n, v in st.query_params.to_dict().items()
        if n not in {*record_selection.facets(chosen.table), "search", "sort", "columns", f"page_{chosen.table}"}
    }
    st.query_params.from_dict(others | address | ({"place": place} if place else {}))
    if place:
        st.session_state["kept_place"] = place


def fund_filter(text: str) -> dict:
    """Parameters of the query funds/rows, from a figure's header 'stage=获批 start=2019-01-01 end=2019-12-31 ...'."""
    given = dict(part.split("=", 1) for part in text.split())
    lists = {"stages": "stage", "sources": "source", "forms": "form", "programmes": "programme"}
    return {
        **{name: given[key].split(",") if key in given else [] for name, key in lists.items()},
        "prefectures": given["prefectures"].split(",") if "prefectures" in given else [],
        "start_date": given["start"],
        "end_date": given["end"],
    }
