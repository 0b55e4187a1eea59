"""The conclusion at the top of a page: sentences made from the data, in which every number is a link to its rows."""

from html import escape

import streamlit as st

from yunnan.drawing.findings.sentences import Figure, Finding
from yunnan.front.address import navigation


def finding(sentences: Finding) -> None:
    """Draw the sentences, one on a line; each number is a link to its evidence."""
    lines = "".join(f"<p>{''.join(map(_part, sentence))}</p>" for sentence in sentences)
    st.html(f'<div class="finding">{lines}</div>')


def evidence_of(figure: Figure) -> str:
    """The URL of a number's evidence: its indicator's definition and rows, or the page that lists it."""
    page, params = figure.address
    return navigation.link(page, **params)


def _part(part: str | Figure) -> str:
    if isinstance(part, str):
        return escape(part)
    return f'<a href="{escape(evidence_of(part))}" target="_self">{escape(part.text)}</a>'
