"""What the first screens of pages share: the component that draws them, and the resource that it draws."""

import gzip
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from yunnan import settings, streamlit_seam
from yunnan.access import viewer
from yunnan.data.view import View
from yunnan.drawing.cockpit import resource
from yunnan.front.address import navigation

FOLDER = settings.ROOT / "static" / "cockpit"


def draw(view: View, key: str, data: dict[str, Any], **callbacks: Any) -> None:
    """Draw a first screen of the view's snapshot.

    data: what it needs besides the resource. callbacks: on_<name>_change, called when the reader has chosen that.
    """
    streamlit_seam.component("cockpit", FOLDER)(
        key=key,
        data={
            "resource": f"./cockpit/{view.snapshot.id}/{resource.key(view.snapshot)}.json",
            "inline": _inline(view) if viewer.is_bare() else None,
            "params": navigation.params() | {"asof": view.snapshot.id},
            **data,
        },
        **callbacks,
    )


def keeping(key: str, *names: str) -> dict[str, Callable[[], None]]:
    """The callbacks of draw that keep what the reader has just chosen, by the names of parameters."""

    def keep(name: str) -> None:
        if chosen := st.session_state[key].get(name):
            navigation.put(name, chosen)

    return {f"on_{name}_change": partial(keep, name) for name in names}


def county(view: View, sentence: str) -> dict[str, str] | None:
    """Of a county: the prefecture that stands on the screen in its place, and the words that lead to its own page.

    sentence: says so, with {} for the prefecture's name.
    """
    region = view.region
    if region.level != "county":
        return None
    prefecture = view.at(region.prefecture_code).region.place_name
    words = {"sentence": sentence.format(prefecture), "link": f"打开{region.short_name}"}
    return {"place": view.place, "prefecture": region.prefecture_code} | words


def _inline(view: View) -> str:
    """The resource itself, for `streamlit run`, where nothing answers its address."""
    return gzip.decompress(resource.packed(view.snapshot)).decode()
