"""What a reader can take away from a page: the Word briefing and the slides of what it shows."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from yunnan.access import viewer
from yunnan.front.address import appearance, entry
from yunnan.front.address.frame import View

KINDS = {"docx": "Word 简报", "pptx": "幻灯片"}


def handouts(scope: str, view: View, *, pillar: str = "") -> None:
    """Two links: the briefing and the slides of the province, a prefecture or a pillar, as the view has it.

    Not on the wall, where nobody takes anything away.
    """
    if appearance.look().is_screen or not view.may_take("tables"):
        return
    chosen = {"asof": view.snapshot.id, "period": view.period, "place": view.place, "pillar": pillar}
    told = {name: value for name, value in chosen.items() if value}
    links = (_link(f"{scope}.{kind}", label, told) for kind, label in KINDS.items())
    st.html(f'<div class="files">{"".join(links)}</div>')


def agenda_slides(name: str) -> None:
    """The slides of an agenda."""
    if not viewer.exports("tables"):
        return
    st.html(f'<div class="files">{_link("agenda.pptx", "幻灯片", {"agenda": name})}</div>')


def _link(file: str, label: str, told: dict[str, str]) -> str:
    asked = escape(urlencode(entry.sealed(f"brief/{file}", told)))
    return f'<a class="file" href="./brief/{file}?{asked}">{label}</a>'
