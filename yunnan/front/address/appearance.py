"""How the page is shown: on a desk or on a wall screen, in light or dark colours, in a window of which size."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from yunnan.front.address.navigation import REPLACED, flag, is_signed, reject, settle, url_params

WALL = 1920  # px: the window width for which sizes on the wall screen are given
NARROW = 640  # px: in a narrower window Streamlit stacks columns
ALL_PARTS = "all"  # ?part=all
LOOK = "look"  # key in the session: the look of the run, forgotten when the next begins
LOOKS = {"mode": ("screen",), "theme": ("dark", "light")}


@dataclass(frozen=True)
class Look:
    """is_screen: ?mode=screen, the wall screen. is_dark: what the browser shows now, which ?theme=dark asks it for.

    width, height: of the window, in pixels.
    """

    is_screen: bool
    is_dark: bool
    width: int
    height: int

    @property
    def times(self) -> float:
        """The factor by which sizes grow on a wall screen: 1 for a window of 1920 px, at least 0.53."""
        return max(1024, self.width) / WALL

    @property
    def is_narrow(self) -> bool:
        """Whether the window is as narrow as a phone's."""
        return self.width < NARROW

    @property
    def rem(self) -> float:
        """The root font size in pixels, as view.js sets it; above 1920 px all grows with the window."""
        if self.is_screen:
            return max(15, self.width * 0.014583)
        return max(16, self.width / 120)


def look() -> Look:
    """The look of this run, from the URL, the browser's theme and its cookie of the window's size."""
    if LOOK not in st.session_state:
        width, height = _window(str(st.context.cookies.get("window")))
        look_param("theme")  # only checked and kept: view.js reads it and sets Streamlit's theme
        is_dark = st.context.theme.get("type") == "dark"
        st.session_state[LOOK] = Look(look_param("mode") == "screen", is_dark, width, height)
    return st.session_state[LOOK]


def is_paper() -> bool:
    """Whether the page is in its form for paper: ?paper=true, ?part=all, or a signed link, whose address stays."""
    return flag("paper") or st.query_params.get("part") == ALL_PARTS or is_signed()


def look_param(name: str) -> str:
    """The value of ?mode= or ?theme=, from the session when the menu dropped it; an unknown one is dropped, then ''."""
    value = str(st.query_params.get(name) or st.session_state.get(f"kept_{name}") or "")
    if value in LOOKS[name]:
        settle(name, value)
        return value
    if value:
        reject(name, value)
    return ""


def with_look(**changed: str) -> str:
    """The URL of this view with another look, relative to the page; an empty value removes the parameter."""
    params = url_params() | changed | {f"{REPLACED}{name}": "" for name in changed}
    return f"?{urlencode({name: value for name, value in params.items() if value})}"


def _window(cookie: str) -> tuple[int, int]:
    """(width, height) in pixels out of the cookie '1920x1080', clamped; 1920 by 1080 without a usable cookie."""
    size = re.fullmatch(r"(\d{3,4})x(\d{3,4})", cookie)
    if not size:
        return WALL, 1080
    return min(max(int(size[1]), 320), 7680), min(max(int(size[2]), 600), 4320)
