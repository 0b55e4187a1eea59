"""The conclusion first: sentences made from the data, in which every number opens its evidence."""

from html import escape

import streamlit as st

from yunnan.drawing.findings.sentences import Figure, Finding
from yunnan.front.address import navigation
from yunnan.front.kit.indicator_cards import DEFINITIONS, PILLAR_PAGES

# Where a number is proved that is not one indicator's.
PAGES = {"SCORE": "pages/province/scorecard.py", "RETURNS": navigation.QUALITY_PAGE, **PILLAR_PAGES}


def finding(said: Finding) -> None:
    """The finding, a sentence a line; each number is a link to its evidence."""
    lines = "".join(f"<p>{''.join(map(_part, sentence))}</p>" for sentence in said)
    st.html(f'<div class="finding">{lines}</div>')


def evidence_of(figure: Figure) -> str:
    """The address where a number is proved: an indicator's definition and rows, or the page that lists it."""
    asked, code = {"place": figure.place, "period": figure.period}, figure.indicator_code
    if code == "PLACE":
        return navigation.link(navigation.page_of(figure.place), **asked)
    if code in PAGES:
        return navigation.link(PAGES[code], **asked)
    return navigation.link(DEFINITIONS, **asked, indicator=code, evidence="true")


def _part(part: str | Figure) -> str:
    if isinstance(part, str):
        return escape(part)
    return f'<a href="{escape(evidence_of(part))}" target="_self">{escape(part.text)}</a>'
