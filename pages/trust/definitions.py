"""指标口径：每项指标是什么、怎么算、现在是多少。

Answers:  what does this indicator mean, what is its formula, where is it high and low, how has it moved?
Filters:  as-of, period, place (frame); indicator; part
Reads:    definitions/cards, measures/of_period, measures/by_prefecture, values/by_quarter, intake/targets,
          intake/target_bases
"""

import streamlit as st

from yunnan.data import queries
from yunnan.front.address import choices, frame
from yunnan.front.kit import code_panel, evidence, indicator_cards, page_frame, parts
from yunnan.front.trust import definitions_parts

view = frame.view()
cards = view.snapshot.table("definitions/cards").set_index("indicator_code", drop=False)

page_frame.head("指标口径", view)
code_panel.code_box()
code = choices.choose(
    "indicator",
    "指标",
    list(cards.index),
    "P1-08",
    label_of=(cards.indicator_code + " " + cards.indicator_name).__getitem__,
    width=460,
)
st.subheader(f"{code} {cards.loc[code].indicator_name}", anchor=False)
indicator_cards.definition_card(cards.loc[code], queries.indicator(code).name)
evidence.evidence(view, code)
parts.draw(definitions_parts.parts(code), view)
