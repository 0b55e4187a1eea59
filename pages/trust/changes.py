"""变动账：两份快照之间，数为什么变了：多少是实际变化，多少是修订。

Answers:  what is new, withdrawn, corrected between two snapshots, and how much of each figure's change is real?
Filters:  as-of, period, place (frame); asof2, indicator, items, cause
Reads:    changes/by_indicator, definitions/cards, changes/by_cause, changes/by_place, changes/by_file,
          changes/by_table; changes/rows (changed_rows)
"""

import streamlit as st

from yunnan.front.address import frame
from yunnan.front.kit import page_frame, sections
from yunnan.front.trust import changes

view = frame.view()
page_frame.head(f"变动账·{view.region.short_name}", view)
pair = changes.ledger(view)
if pair:
    view = changes.newer(pair, view)
    table = pair.table("changes/by_indicator", **view.params)
    changes.changed_headlines(table, view=view)
    cards = pair.now.table("definitions/cards")
    sections.section(f"{len(cards)}项指标的变化", "changes/by_indicator", view.params, base="实际＋修订＝变化")
    changes.changed_indicators(table, view=view)
    with st.expander("拆分规则"):
        sections.rules("changes/by_indicator")

    row = changes.chosen_change(table)
    of_one = {"period": view.period, "indicator_code": row.indicator_code}
    sections.section(f"{row.indicator_name}：变化的构成", "changes/by_cause", of_one | {"place": view.place})
    changes.bridge(row, pair.table("changes/by_cause", **of_one, place=view.place), view=view)
    places = pair.table("changes/by_place", **of_one)
    changes.contributors(row, places, pair.table("changes/by_file", **of_one, place=view.place), view=view)

    sections.section("各表变动的行", "changes/by_table", {}, base="全省")
    changes.changed_tables(pair.table("changes/by_table"), view=view)
    sections.section("逐行：原来是什么，现在是什么", "changes/rows", {"place": view.place})
    changes.changed_rows(pair, view=view)
