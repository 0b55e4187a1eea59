"""The conclusion at the top of a page: sentences made from the data, in which every number is a link to its rows."""

from html import escape

import streamlit as st

from yunnan.drawing.findings.sentences import Figure, Finding
from yunnan.front.address import appearance, navigation


def finding(sentences: Finding) -> None:
    """Draw the first sentence, the others behind a word, on a wall and on paper all; numbers are links to evidence."""
    lines = [f"<p>{''.join(map(_part, sentence))}</p>" for sentence in sentences]
    first, others = "".join(lines[:1]), lines[1:]
    if others:
        opened = " open" if appearance.look().is_screen or appearance.is_paper() else ""
        first += f"<details{opened}><summary>全部结论</summary>{''.join(others)}</details>"
    st.html(f'<div class="finding">{first}</div>')


def evidence_of(figure: Figure) -> str:
    """The URL of a number's evidence: its indicator's definition and rows, or the page that lists it."""
    page, params = figure.address
    return navigation.link(page, **params)


def _part(part: str | Figure) -> str:
    if isinstance(part, str):
        return escape(part)
    return f'<a href="{escape(evidence_of(part))}" target="_self">{escape(part.text)}</a>'
