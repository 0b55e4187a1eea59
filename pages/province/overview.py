"""总览：全省一页看全。

Answers:  how much, for how many, how far from the targets, and where?
Filters:  as-of, period (frame); measure
Reads:    values/of_place, values/by_quarter, scores/of_place, measures/of_period, measures/by_prefecture
"""

import streamlit as st

from yunnan.drawing.findings import page_findings, sentences
from yunnan.front.address import choices, frame, navigation
from yunnan.front.kit import conclusion, handouts, indicator_cards, page_frame, panels
from yunnan.words import geography, wording

view = frame.view()
province = view.at(navigation.PROVINCE).params
values = view.snapshot.table("values/of_place", **province)
quarters = view.snapshot.table("values/by_quarter", place=navigation.PROVINCE)
scores = view.snapshot.table("scores/of_place", **province)
money = view.snapshot.table("measures/by_prefecture", measure="P1-08", period=view.period)
measures = view.snapshot.table("measures/of_period", period=view.period).set_index("measure")

page_frame.head("总览", view)
finding = page_findings.of_province(values, scores, money, view.span)
conclusion.finding(finding)
handouts.handouts("province", view.at(navigation.PROVINCE))
indicator_cards.kpi_cards(values, view=view.at(navigation.PROVINCE), quarters=quarters)

st.subheader("四个突出", anchor=False)
indicator_cards.pillar_cards(scores, place=navigation.PROVINCE)

st.subheader(f"{wording.numeral(len(geography.prefectures()))}个州市", anchor=False)
measure = choices.choose(
    "measure",
    "地图指标",
    list(measures.index),
    "P1-08",
    label_of=measures.measure_name.__getitem__,
    width=420,
)
table = view.snapshot.table("measures/by_prefecture", measure=measure, period=view.period)
panels.map_and_ranking(table, measures.loc[measure], view=view, finding=sentences.plain(finding))
st.caption(f"口径：{measures.loc[measure].definition}。点击州市可查看该州市。")
