"""四个突出：十六个州市乘全部指标。

Answers:  who is on course on which pillar and indicator, and how firm is the score?
Filters:  as-of, period (frame); pillar
Reads:    scores/by_prefecture, values/heat
"""

import streamlit as st

from yunnan.front.address import choices, frame
from yunnan.front.kit import page_frame
from yunnan.front.province import scorecard
from yunnan.words import wording

view = frame.view()
scores = view.snapshot.table("scores/by_prefecture", period=view.period)
heat = view.snapshot.table("values/heat", period=view.period)

page_frame.head("四个突出评分", view)
if scores.score.isna().all():
    st.info("本报告期没有足够的指标，不出得分。请改选年度或半年。", icon=":material/info:")

st.subheader("得分与档次", anchor=False)
scorecard.score_table(scores, view=view)
st.caption(
    "得分＝各计分指标完成率（封顶100%）的等权平均×100；综合＝四支柱等权平均；不插补。"
    "档次：≥95优，85—95良，75—85中，<75需关注。名次区间为算术平均、几何平均与逐项剔除各算法下的最好至最差名次；数据不全者不排名。"
)

st.subheader("指标完成情况", anchor=False)
pillar = choices.choose(
    "pillar", "支柱", list(wording.PILLARS), "P1", label_of=wording.PILLARS.__getitem__, widget=st.segmented_control
)
scorecard.heat_table(heat[heat.pillar_code == pillar], view=view, name=wording.PILLARS[pillar])

st.subheader("得分的稳健性", anchor=False)
scorecard.sensitivity(scores[scores.pillar_code == "ALL"], view=view)
