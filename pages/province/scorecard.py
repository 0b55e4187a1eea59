"""四个突出：十六个州市乘全部指标。

Answers:  who is on course on which pillar and indicator, and how firm is the score?
Filters:  as-of, period (frame); part, pillar
Reads:    scores/by_prefecture, values/heat
"""

import streamlit as st

from yunnan.front.address import frame
from yunnan.front.kit import page_frame, parts
from yunnan.front.province import scorecard_parts

view = frame.view()
page_frame.head("四个突出评分", view)
if view.snapshot.table("scores/by_prefecture", period=view.period).score.isna().all():
    st.info("本报告期没有足够的指标，不出得分。请改选年度或半年。", icon=":material/info:")
parts.draw(scorecard_parts.PARTS, view, first=scorecard_parts.HEAT if "pillar" in st.query_params else "")
