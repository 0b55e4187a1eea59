"""指标口径：每项指标是什么、怎么算、现在是多少。

Answers:  what does this indicator mean, what is its formula, where is it high and low, how has it moved?
Filters:  as-of, period, place (frame); indicator
Reads:    definitions/cards, measures/of_period, measures/by_prefecture, values/by_quarter
"""

import streamlit as st

from yunnan.data import queries
from yunnan.front.address import choices, frame
from yunnan.front.kit import code_panel, evidence, indicator_cards, page_frame, panels

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
card = cards.loc[code]
formula = queries.indicator(code)
measures = view.snapshot.table("measures/of_period", period=view.period).set_index("measure")
by_prefecture = view.snapshot.table("measures/by_prefecture", measure=code, period=view.period)
quarters = view.snapshot.table("values/by_quarter", place=view.place)

st.subheader(f"{code} {card.indicator_name}", anchor=False)
indicator_cards.definition_card(card, formula.name)
evidence.evidence(view, code)
if by_prefecture.empty:
    st.info("本指标只在省级计算，没有州市值。", icon=":material/info:")
else:
    panels.map_and_ranking(by_prefecture, measures.loc[code], view=view)
st.caption(f"以下为{view.region.place_name}各季度的值。")
panels.trend(quarters[quarters.indicator_code == code], card, view=view)

st.subheader("全部指标", anchor=False)
panels.table_twin(cards, name="指标口径", view=view)
