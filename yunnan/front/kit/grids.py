"""Tables on screen, each with a second one that only print shows, because a grid prints its visible rows alone."""

import copy
from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from yunnan.front.address import appearance
from yunnan.front.kit.clicks import DOORS, Doors
from yunnan.words import wording

PAPER_ROWS = 2000  # rows printed at most; the file for download has them all
ON_A_SHEET = 25  # a table of so many rows fits on one sheet and is not split over two
CELL = "\x1f"  # between two cells of a row written as text


def grid(
    table: pd.DataFrame | Styler,
    *,
    alt: str,
    column_config: Mapping | None = None,
    doors: Doors | None = None,
    **options,
) -> None:
    """Draw the table by st.dataframe with these options; in the form for paper all its rows once more, as HTML.

    alt: its name. doors: its buttons, whose column the table has. Widths in column_config are for a font of 16 pixels
    and grow with the reader's. A missing value is shown as '—'.
    """
    scaled = {name: _scaled(config) for name, config in (column_config or {}).items()}
    scaled |= doors.column(options["key"], scaled) if doors else {}
    options = {"placeholder": wording.NONE} | options | {"column_config": scaled}
    st.dataframe(table, alt=alt, **options)
    if not appearance.is_paper():
        return
    styler = table if isinstance(table, Styler) else table.style
    if len(styler.data):
        st.html(paper(styler, alt, has_index=not options.get("hide_index"), head=_index_label(column_config or {})))


def column_width(names: Iterable[object]) -> int:
    """Width in pixels of a column that fits the longest of these names; a grid itself measures only its first rows."""
    return max(80, 15 * max((len(str(name)) for name in names), default=0) + 24)


def _scaled(config: Mapping) -> dict:
    width = config.get("width")
    return {**config, "width": round(width * appearance.look().rem / 16)} if isinstance(width, int) else dict(config)


def paper(styler: Styler, name: str, *, has_index: bool, head: str = "") -> str:
    """The table as HTML, every cell formatted as in the grid; columns of small charts and buttons are left out."""
    written = [0] if has_index else []
    written += [n for n, c in enumerate(styler.data, 1) if c != DOORS and not styler.data[c].map(type).eq(list).any()]
    own = copy.deepcopy(styler)
    lines = (
        own.hide(axis="index", names=True).to_string(delimiter=CELL, max_rows=PAPER_ROWS).splitlines()[: PAPER_ROWS + 1]
    )
    rows = [[line.split(CELL)[n] for n in written] for line in lines]
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


def _index_label(column_config: Mapping) -> str:
    return str(column_config.get("_index", {}).get("label") or "")
