"""变动账：两份快照之间，数为什么变了：多少是实际变化，多少是修订。

Answers:  what is new, withdrawn, corrected between two snapshots, and how much of each figure's change is real?
Filters:  as-of, period, place (frame); asof2, part, indicator, items, cause
Reads:    changes/by_indicator, definitions/cards, changes/by_cause, changes/by_place, changes/by_file,
          changes/by_table; changes/rows (changed_rows)
"""

import streamlit as st

from yunnan.front.address import frame
from yunnan.front.kit import page_frame, parts
from yunnan.front.trust import changes, changes_parts

view = frame.view()
page_frame.head(f"变动账·{view.region.short_name}", view)
pair = changes.ledger(view)
if pair:
    view = changes.newer(pair, view)
    changes.changed_headlines(pair.table("changes/by_indicator", **view.params), view=view)
    opened = {"indicator": changes_parts.CAUSES, "items": changes_parts.ROWS, "cause": changes_parts.ROWS}
    first = next((part for name, part in opened.items() if name in st.query_params), "")
    parts.draw(changes_parts.parts(pair), view, first=first)
