"""Links to the Word briefing and the slides of a page."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from yunnan.access import viewer
from yunnan.data.view import View
from yunnan.front.address import appearance, entry

KINDS = {"docx": "Word 简报", "pptx": "幻灯片"}


def handouts(scope: str, view: View, *, pillar: str = "") -> None:
    """Two links: the briefing and the slides of the view.

    scope: 'province', 'prefecture' or 'pillar', then with the code of the pillar. No links on a wall screen.
    """
    if appearance.look().is_screen or not view.may_take("tables"):
        return
    chosen = {"asof": view.snapshot.id, "period": view.period, "place": view.place, "pillar": pillar}
    params = {name: value for name, value in chosen.items() if value}
    links = (_link(f"{scope}.{kind}", label, params) for kind, label in KINDS.items())
    st.html(f'<div class="files">{"".join(links)}</div>')


def agenda_slides(name: str) -> None:
    """A link to the slides of an agenda, for readers who may download tables."""
    if not viewer.exports("tables"):
        return
    st.html(f'<div class="files">{_link("agenda.pptx", "幻灯片", {"agenda": name})}</div>')


def _link(file: str, label: str, params: dict[str, str]) -> str:
    query = escape(urlencode(entry.signed(f"brief/{file}", params)))
    return f'<a class="file" href="./brief/{file}?{query}">{label}</a>'
