"""How the page is shown: on a desk or on the wall, on light or dark ground, in a window of which size."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from yunnan.front.address.navigation import drop, settle, told

WALL = 1920  # px: the width for which sizes on the wall are given
NARROW = 640  # px: below it Streamlit puts columns below each other
LOOKS = {"mode": ("screen",), "theme": ("dark",)}


@dataclass(frozen=True)
class Look:
    """mode=screen is the wall; is_dark is what the browser shows, which the address asks for by theme=dark."""

    is_screen: bool
    is_dark: bool
    width: int
    height: int

    @property
    def times(self) -> float:
        """How many times larger than on a wall of 1920 px all is to be drawn."""
        return max(1024, self.width) / WALL

    @property
    def is_narrow(self) -> bool:
        """The window is a phone's."""
        return self.width < NARROW

    @property
    def rem(self) -> float:
        """Pixels of the root's letter, as style.css and view.js set them."""
        if self.is_screen:
            return max(15, self.width * 0.014583)
        return 22 if self.width >= 2600 else 16


def look() -> Look:
    """How this run's reader looks at the page."""
    width, height = _window(str(st.context.cookies.get("window")))
    asked("theme")  # what the address asks for is done by the browser: view.js tells Streamlit
    return Look(asked("mode") == "screen", st.context.theme.get("type") == "dark", width, height)


def asked(name: str) -> str:
    """The look the address asks for, kept when the menu drops it; an unknown one is said and left out."""
    value = str(st.query_params.get(name) or st.session_state.get(f"kept_{name}") or "")
    if value in LOOKS[name]:
        settle(name, value)
        return value
    if value:
        drop(name)
    return ""


def with_look(**changed: str) -> str:
    """This very view with another look: an address relative to the page; an empty value takes it off."""
    return f"?{urlencode({name: value for name, value in (told() | changed).items() if value})}"


def _window(said: str) -> tuple[int, int]:
    """Size of the window as the browser has told it, within reason; that of a usual wall where it has not."""
    found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", said)
    if not found:
        return WALL, 1080
    return min(max(int(found[1]), 320), 7680), min(max(int(found[2]), 600), 4320)
