"""The parameters of the URL: reading them, setting them, opening another page with them."""

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from urllib.parse import urlencode

import streamlit as st

from yunnan import streamlit_seam
from yunnan.words.geography import PROVINCE

CARRIED = (
    "asof",
    "period",
    "place",
    "measure",
    "pillar",
    "indicator",
    "embed",
    "mode",
    "theme",
    "agenda",
    "view",
    "notes",
)
FRONT_PAGE, PLACE_PAGE = "pages/province/overview.py", "pages/places/prefecture.py"
COUNTY_PAGE, PROJECT_PAGE = "pages/places/county.py", "pages/places/project.py"
REPLACED = "asked_"  # ?asked_place=…: the value of ?place= that did not exist and was replaced
HAS_PARTS = "has_parts"  # key in the session: whether this run has drawn the part in the URL, or warned of it
LOCK = "lock"  # key in the session: when the signed link of this page expires; absent without one
ORG_PAGE, EVIDENCE_PAGE = "pages/places/organization.py", "pages/trust/definitions.py"
QUALITY_PAGE, COMPARE_PAGE = "pages/trust/quality.py", "pages/province/compare.py"


def is_signed() -> bool:
    """Whether the page was opened by a signed link: its parameters can then not be changed."""
    return LOCK in st.session_state


def is_locked(name: str) -> bool:
    """Whether a signed link fixes this parameter, so that no widget is drawn for it."""
    return is_signed() and name in st.query_params


def goto(place: str) -> None:
    """Open the page of a place; for callbacks."""
    open_page(page_of(place), place=place)


def page_of(place: str) -> str:
    """File of the page of a place, by its code: front page, prefecture or county."""
    return FRONT_PAGE if place == PROVINCE else PLACE_PAGE if place.endswith("00") else COUNTY_PAGE


def open_item(code: str | None) -> None:
    """Open the page of a code: project P…, organization O… or X…, place 53…; another code does nothing."""
    kind = (code or "")[:1]
    if kind == "P":
        open_page(PROJECT_PAGE, project=code)
    elif kind and kind in "OX":
        open_page(ORG_PAGE, org=code)
    elif (code or "").startswith("53"):
        goto(str(code))


def open_page(page: str, **choices: str | None) -> None:
    """Open a page with these parameters; for callbacks, which cannot switch pages: dashboard.py does, on the next run.

    The URL is not changed here, so that the browser's Back leads to the former view as it was.
    """
    st.session_state["goto"] = page, params() | {name: value for name, value in choices.items() if value}


def pending() -> tuple[str, dict[str, str]] | None:
    """(page, parameters) stored by open_page(), once; None without, and under a signed link, which is for one page."""
    wanted = st.session_state.pop("goto", None)
    return None if is_signed() else wanted


def item(name: str, among: Collection[str] = ()) -> str:
    """The value of a parameter like ?project=P00175, from the session when the menu dropped it; '' without one.

    among: the values that count, if not any.
    """
    code = str(requested(name) or "")[:40]
    if among and code not in among:
        return ""
    if code:
        settle(name, code)
    return code


def reject(name: str, value: str, *, is_bound: bool = False) -> str:
    """Remove a value that cannot be used; it stays in the URL as ?asked_name=, so that every run warns of it again.

    Returns it for that sentence: short, and without what would end its quotes. is_bound: the parameter is bound to a
    widget, so that Streamlit removes it and lets nobody else do so.
    """
    short = " ".join(value.replace("`", "").split())[:40]
    if not is_bound:
        drop(name)
    if not is_signed():
        st.session_state.setdefault("untold", {})[f"{REPLACED}{name}"] = short
    return short


def rejected(name: str) -> str:
    """The value removed by reject(), until another one is chosen; '' if there is none."""
    return str(url_params().get(f"{REPLACED}{name}", ""))


def drop(*names: str) -> None:
    """Remove parameters from session and URL."""
    for name in names:
        st.session_state.pop(f"kept_{name}", None)
        st.session_state.get("just_kept", {}).pop(name, None)
        if not is_signed():
            st.query_params.pop(name, None)


def forget(name: str) -> None:
    """Let the session forget a parameter, which stays in the URL: on another page it begins anew."""
    st.session_state.pop(f"kept_{name}", None)


def put(name: str, value: str) -> None:
    """Set a parameter from a callback, as its own widget would."""
    keep(name, value)


def flag(name: str) -> bool:
    """Whether a parameter is true: ?evidence=true."""
    return (st.session_state.get(f"kept_{name}") if is_signed() else st.query_params.get(name)) == "true"


def put_flag(name: str, *, on: bool) -> None:
    """Set a parameter to true or remove it; for callbacks."""
    if is_signed():
        st.session_state[f"kept_{name}"] = "true" if on else ""
    elif on:
        st.query_params[name] = "true"
    else:
        st.query_params.pop(name, None)


def params() -> dict[str, str]:
    """The parameters that a link to another page passes on: those of CARRIED."""
    return {name: value for name, value in url_params().items() if name in CARRIED}


def begin() -> None:
    """Forget what belongs to an earlier run: its look, what a click kept out of the URL; first in each run."""
    st.session_state["untold"] = {}
    st.session_state.pop("look", None)
    st.session_state.pop(HAS_PARTS, None)
    if streamlit_seam.is_back():
        st.session_state["just_kept"] = {}  # the address is an earlier one than the last choice
        if "part" not in st.query_params:
            forget("part")  # no part was open there


def write_url() -> None:
    """Write the values of this run into the URL, all at once: every change of it is a step of the Back button."""
    if untold := st.session_state.pop("untold", None):
        st.query_params.update(untold)
    st.session_state["just_kept"] = {}


def base_address() -> str:
    """The dashboard's own address without the page: 'http://host:8501'."""
    return (st.context.url or "").partition("?")[0].rpartition("/")[0]


def link(page: str, **choices: str) -> str:
    """Relative URL of a page with these parameters and those of CARRIED."""
    name = "" if page == FRONT_PAGE else PurePosixPath(page).stem
    return f"./{name}?{urlencode(params() | choices)}"


def url_params() -> dict[str, str]:
    """The parameters of the URL as they will be at the end of this run."""
    return st.query_params.to_dict() | st.session_state.get("untold", {})


def settle(name: str, value: str) -> None:
    """Keep a value in the session, and in the URL when write_url() runs at the end of this run."""
    st.session_state[f"kept_{name}"] = value
    if st.query_params.get(name) != value and not is_signed():
        st.session_state.setdefault("untold", {})[name] = value


def keep(name: str, value: str) -> None:
    """Keep a value in the session and in the URL at once; for callbacks."""
    keep_all({name: value})


def keep_all(values: Mapping[str, str]) -> None:
    """Keep values in the session and in the URL at once; for callbacks.

    A click that follows at once ends the run at any change of the URL: then the next run finds them in the session.
    """
    st.session_state.update({f"kept_{name}": value for name, value in values.items()})
    if is_signed():
        return
    st.session_state["just_kept"] = st.session_state.get("just_kept", {}) | values
    for name in values:
        st.query_params.pop(f"{REPLACED}{name}", None)
    if any(st.query_params.get(name) != value for name, value in values.items()):
        st.query_params.update(values)


def requested(name: str) -> str | None:
    """The value that the reader has asked for: just chosen, in the URL, or kept when the menu dropped it."""
    newest = st.session_state.get("just_kept", {}).get(name)
    return newest or st.query_params.get(name) or st.session_state.get(f"kept_{name}")
