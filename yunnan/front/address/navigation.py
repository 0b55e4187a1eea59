"""The URL: what it carries, what is put into it, and the way to another page."""

from pathlib import PurePosixPath
from urllib.parse import urlencode

import streamlit as st

PROVINCE = "530000"
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
ASKED = "asked_"  # before the name of a choice: what the address asked for and did not get
LOCK = "lock"  # in the session while its link is a signed one: when that expires
ORG_PAGE, EVIDENCE_PAGE = "pages/places/organization.py", "pages/trust/definitions.py"
QUALITY_PAGE, COMPARE_PAGE = "pages/trust/quality.py", "pages/province/compare.py"


def is_signed() -> bool:
    """Whether the address is a signed link: it stays as it is, and what it says cannot be chosen otherwise."""
    return LOCK in st.session_state


def is_locked(name: str) -> bool:
    """Whether a signed link says this, so that there is nothing to choose."""
    return is_signed() and name in st.query_params


def goto(place: str) -> None:
    """Make this the place and have the frame open its page."""
    open_page(page_of(place), place=place)


def page_of(place: str) -> str:
    """The page of a place: the province's is the front page."""
    return FRONT_PAGE if place == PROVINCE else PLACE_PAGE if place.endswith("00") else COUNTY_PAGE


def open_item(code: str | None) -> None:
    """Open the page of what a row's code names: project P…, organization O… or X…, place 53…; else nothing."""
    kind = (code or "")[:1]
    if kind == "P":
        open_page(PROJECT_PAGE, project=code)
    elif kind and kind in "OX":
        open_page(ORG_PAGE, org=code)
    elif (code or "").startswith("53"):
        goto(str(code))


def open_page(page: str, **choices: str | None) -> None:
    """Have the front door open a page with these choices; for callbacks, which cannot switch pages themselves.

    The address is left alone until then, so that the browser's Back finds the former view as it was.
    """
    st.session_state["goto"] = page, params() | {name: value for name, value in choices.items() if value}


def pending() -> tuple[str, dict[str, str]] | None:
    """The page to be opened now and its parameters, once; none behind a signed link, which is for one page."""
    wanted = st.session_state.pop("goto", None)
    return None if is_signed() else wanted


def item(name: str) -> str:
    """The code of the thing the address asks for, ?project=P00175; kept when the menu drops it; empty without one."""
    code = str(st.query_params.get(name) or st.session_state.get(f"kept_{name}") or "")[:40]
    if code:
        settle(name, code)
    return code


def drop(name: str) -> None:
    """Forget a choice, from a callback: the page is as it is without one."""
    st.session_state.pop(f"kept_{name}", None)
    if not is_signed():
        st.query_params.pop(name, None)


def put(name: str, value: str) -> None:
    """Set a choice from a callback, as its own widget would."""
    keep(name, value)


def flag(name: str) -> bool:
    """Whether the address asks for it: ?evidence=true."""
    return (st.session_state.get(f"kept_{name}") if is_signed() else st.query_params.get(name)) == "true"


def put_flag(name: str, *, on: bool) -> None:
    """Ask for it in the address or not; for callbacks."""
    if is_signed():
        st.session_state[f"kept_{name}"] = "true" if on else ""
    elif on:
        st.query_params[name] = "true"
    else:
        st.query_params.pop(name, None)


def params() -> dict[str, str]:
    """What a link to another page has to carry."""
    return {name: value for name, value in told().items() if name in CARRIED}


def tell() -> None:
    """Put into the URL what this run has chosen for the reader, all at once: each change of it is a step of Back."""
    if untold := st.session_state.pop("untold", None):
        st.query_params.update(untold)


def base_address() -> str:
    """The dashboard's own address without the page: 'http://host:8501'."""
    return (st.context.url or "").partition("?")[0].rpartition("/")[0]


def link(page: str, **choices: str) -> str:
    """The address of a page with these choices and all that is carried, relative to whatever page is open."""
    name = "" if page == FRONT_PAGE else PurePosixPath(page).stem
    return f"./{name}?{urlencode(params() | choices)}"


def told() -> dict[str, str]:
    """The parameters of the URL as they will be at the end of this run."""
    return st.query_params.to_dict() | st.session_state.get("untold", {})


def settle(name: str, value: str) -> None:
    """Remember a value for this run's end, when tell() puts it into the URL."""
    st.session_state[f"kept_{name}"] = value
    if st.query_params.get(name) != value and not is_signed():
        st.session_state.setdefault("untold", {})[name] = value


def keep(name: str, value: str) -> None:
    st.session_state[f"kept_{name}"] = value
    if not is_signed():
        st.query_params.pop(f"{ASKED}{name}", None)
    if st.query_params.get(name) != value and not is_signed():
        st.query_params[name] = value
