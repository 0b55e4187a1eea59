"""The first screen of 总览: one component that draws a resource of the server and answers every choice by itself."""

from collections.abc import Mapping

import streamlit as st

from yunnan.data.view import View
from yunnan.front.address import appearance, navigation
from yunnan.front.kit import cockpit
from yunnan.front.kit.handouts import KINDS

KEY = "cockpit"
CHOICES = ("period", "measure", "place")


def screen(view: View, measure: str, parts: Mapping[str, str]) -> None:
    """Draw the first screen for the view's period, place and this measure. parts: {code: title} of what is below it."""
    data = {
        "choice": {"period": view.period, "measure": measure, "place": view.place},
        "county": cockpit.county(view, "这里是{}的数；县（市、区）各有自己的一页："),
        "files": _files(view),
        "parts": list(parts.items()),
        "part": navigation.item("part", among=(*parts, appearance.ALL_PARTS)),
    }
    cockpit.draw(view, KEY, data, on_choice_change=_chosen, on_part_change=_opened)


def _files(view: View) -> list[tuple[str, str]]:
    """(label, address without period and snapshot) of the briefing and the slides, for readers who may take them."""
    if appearance.look().is_screen or not view.may_take("tables"):
        return []
    return [(label, f"./brief/province.{kind}") for kind, label in KINDS.items()]


def _opened() -> None:
    """Keep the part that the reader has asked for; the same once more closes it."""
    part = st.session_state[KEY].get("part") or ""
    if part and part == navigation.item("part"):
        navigation.drop("part")
    elif part:
        navigation.put("part", part)


def _chosen() -> None:
    """Keep what the reader has chosen on the screen, so that the rest of the page and other pages follow."""
    choice = st.session_state[KEY].get("choice") or {}
    navigation.keep_all({name: choice[name] for name in CHOICES if isinstance(choice.get(name), str)})
