"""Tables on screen, and the same on paper, where a grid would end at its last visible row."""

import copy
from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from yunnan.front.address import appearance
from yunnan.words import wording

PAPER_ROWS = 2000  # more than that nobody prints; the file has them all
ON_A_SHEET = 25  # rows that surely fit on one sheet, which then is not broken
CELL = "\x1f"


def grid(shown: pd.DataFrame | Styler, *, alt: str, column_config: Mapping | None = None, **options) -> None:
    """st.dataframe with these options, and all its rows once more as a table that only paper shows.

    Widths in column_config are for letters of 16 pixels and grow with the reader's; what is missing is '—', not None.
    """
    sized = {name: _sized(config) for name, config in (column_config or {}).items()}
    options = {"placeholder": wording.NONE} | options | {"column_config": sized}
    st.dataframe(shown, alt=alt, **options)
    styler = shown if isinstance(shown, Styler) else shown.style
    if len(styler.data):
        st.html(paper(styler, alt, has_index=not options.get("hide_index"), head=_index_label(options)))


def column_width(names: Iterable[object]) -> int:
    """The width of a column in which the longest of these names stands whole: a grid measures its first rows alone."""
    return max(80, 15 * max((len(str(name)) for name in names), default=0) + 24)


def _sized(config: Mapping) -> dict:
    width = config.get("width")
    return {**config, "width": round(width * appearance.look().rem / 16)} if isinstance(width, int) else dict(config)


def paper(styler: Styler, name: str, *, has_index: bool, head: str = "") -> str:
    """The table as HTML, every cell as the grid writes it; a column of small charts is left out."""
    drawn = [column for column in styler.data if styler.data[column].map(type).eq(list).any()]
    own = copy.deepcopy(styler) if not drawn else styler.data.drop(columns=drawn).style
    lines = (
        own.hide(axis="index", names=True).to_string(delimiter=CELL, max_rows=PAPER_ROWS).splitlines()[: PAPER_ROWS + 1]
    )
    rows = [line.split(CELL)[0 if has_index else 1 :] for line in lines]
    heads = [head or rows[0][0], *rows[0][1:]] if has_index else rows[0]
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows[1:])
    whole = ' class="short"' if len(rows) - 1 <= ON_A_SHEET else ""
    rest = len(styler.data) - len(rows) + 1
    more = f"<p>共{len(styler.data):,}行，此处印出前{PAPER_ROWS}行；全部见下载的文件。</p>" if rest > 0 else ""
    return (
        f'<div class="paper"><table{whole}><caption>{escape(name)}</caption>'
        f"<thead><tr>{_cells(heads, 'th')}</tr></thead><tbody>{body}</tbody></table>{more}</div>"
    )


def _cells(row: list[str], tag: str = "td") -> str:
    return "".join(f"<{tag}>{escape('—' if cell in ('nan', 'None', '<NA>', 'NaT') else cell)}</{tag}>" for cell in row)


def _index_label(options: dict) -> str:
    return str((options.get("column_config") or {}).get("_index", {}).get("label") or "")
