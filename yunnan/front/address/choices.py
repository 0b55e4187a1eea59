"""Choices of single pages, each by code in the URL: a widget is set from it and writes to it."""

import re
from collections.abc import Callable, Sequence

import streamlit as st

from yunnan.data import record_selection
from yunnan.front.address.navigation import ASKED, is_locked, is_signed, keep, settle
from yunnan.words import wording

REVISION = re.compile(r"\.r\d+$")  # a revision that was asked for by number is not another one


def choose(
    name: str,
    label: str,
    options: Sequence[str],
    default: str,
    *,
    said: Callable[[str], str] = str,
    draw: bool = True,
    widget: Callable = st.selectbox,
    then: Callable[[str], None] | None = None,
    known: Sequence[str] = (),
    lacking: str = "不存在",
    settles: bool = True,
    reads: Callable[[str], str | None] = lambda _: None,
    **look: object,
) -> str:
    """One choice by code, in the URL as ?name=code. draw=False only reads it (in an iframe).

    known are codes that other pages offer under this name: handed on from there they are no mistake. lacking says in
    words what is wrong with any other. settles=False leaves the default out of the address: where it goes with the
    data, it is no choice to be kept. reads: the option another writing means, '怒江州' for its code.
    """
    told = st.query_params.get(name) or st.session_state.get(f"kept_{name}")
    value = str(told) if told in options else (reads(str(told)) if told else None) or default
    if asked := _replaced(name, value, known, reads):
        st.warning(f"网址中的{label}“`{asked}`”{lacking}，已改用“{said(value)}”。", icon=":material/warning:")
    if settles or value != default:
        settle(name, value)
    if draw and not is_locked(name):
        st.session_state[f"w_{name}"] = value
        widget(label, options, key=f"w_{name}", format_func=said, on_change=_chosen, args=(name, then), **look)
    return value


def _replaced(name: str, value: str, known: Sequence[str], reads: Callable[[str], str | None]) -> str:
    """What the address asks for and does not get; it stays in the address, so that a reload says it again."""
    told = st.query_params.get(name)
    asked = st.query_params.get(f"{ASKED}{name}") if told in (None, value) else told
    if asked is None or asked in known or (reads(asked) == value and not REVISION.search(asked)):
        return ""
    asked = " ".join(asked.replace("`", "").split())[:40]  # as code: no link, no picture from afar
    if not is_signed():
        st.session_state.setdefault("untold", {})[f"{ASKED}{name}"] = asked
    return asked


def choose_several(
    name: str, label: str, options: Sequence[str], default: Sequence[str], *, said: Callable[[str], str], most: int = 4
) -> list[str]:
    """Two to most choices by code, in the URL as ?name=code,code; too few, too many and unknown ones are said."""
    asked = list(dict.fromkeys(str(st.query_params.get(name) or st.session_state.get(f"kept_{name}") or "").split(",")))
    found = [code for code in asked if code in options][:most]
    value = found if len(found) > 1 else list(default)
    if st.query_params.get(name) and value != asked:
        shown, used = " ".join(st.query_params[name].replace("`", "").split())[:60], "、".join(map(said, value))
        st.warning(f"网址中的{label}“`{shown}`”应为2至{most}个存在的代码，已改用“{used}”。", icon=":material/warning:")
    settle(name, ",".join(value))
    if value == list(default):
        del st.session_state[f"kept_{name}"]  # the default goes with the place: only a choice is kept
    if is_locked(name):
        return value
    st.session_state[key := f"w_{name}"] = value
    st.multiselect(label, options, key=key, format_func=said, max_selections=most, on_change=_several, args=(name,))
    return value


def _several(name: str) -> None:
    if len(chosen := st.session_state[f"w_{name}"]) > 1:  # a single one is put back to what it was
        keep(name, ",".join(chosen))


def _chosen(name: str, then: Callable[[str], None] | None) -> None:
    value = st.session_state[f"w_{name}"]
    if then:
        then(value)
    else:
        keep(name, value)


def selection(table: str, place: str) -> record_selection.Selection:
    """What the address asks of a list of records; what of it cannot be used is said and left out."""
    names = [*record_selection.facets(table), "search", "sort", "columns"]
    told = {name: st.query_params[name] for name in names if name in st.query_params}
    # An address with a date is whole: without a filter it means none. The menu leaves the bare page's address.
    kept = {} if "asof" in st.query_params and not is_signed() else st.session_state.get(f"kept_records_{table}", {})
    asked, unusable = record_selection.read(table, told or kept, place=place)
    for what in unusable:
        st.warning(wording.literal(f"网址中的{what}，已略去。"), icon=":material/warning:")
    st.session_state[f"kept_records_{table}"] = asked.address()
    if not told and not is_signed():
        for name, value in asked.address().items():
            st.session_state.setdefault("untold", {})[name] = value
    return asked


def ask(asked: record_selection.Selection, **changed: str) -> None:
    """Make this the selection, some of search, sort, columns and place changed; for callbacks."""
    address = {name: value for name, value in (asked.address() | changed).items() if value}
    place = address.pop("place", None)
    if address.get("columns") == record_selection.REPORT:
        del address["columns"]
    st.session_state[f"kept_records_{asked.table}"] = address
    st.session_state[f"page_{asked.table}"] = 1  # other rows, or another order: from the beginning
    if is_signed():
        return
    others = {
        n: v
        for n, v in st.query_params.to_dict().items()
        if n not in {*record_selection.facets(asked.table), "search", "sort", "columns", f"page_{asked.table}"}
    }
    st.query_params.from_dict(others | address | ({"place": place} if place else {}))
    if place:
        st.session_state["kept_place"] = place


def fund_filter(told: str) -> dict:
    """Parameters of funds/rows from a figure's header: 'stage=获批 start=2019-01-01 end=2019-12-31 ...'."""
    given = dict(part.split("=", 1) for part in told.split())
    lists = {"stages": "stage", "sources": "source", "forms": "form", "programmes": "programme"}
    return {
        **{name: given[key].split(",") if key in given else [] for name, key in lists.items()},
        "prefectures": given["prefectures"].split(",") if "prefectures" in given else [],
        "start_date": given["start"],
        "end_date": given["end"],
    }
