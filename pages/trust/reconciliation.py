"""文献对照：公布的数与本快照计算的数，一一核对。

Answers:  does a published figure, the article's or the office's own, come out of the rows, and which rows are they?
Filters:  as-of (frame); figure
Reads:    definitions/published_figures, definitions/card, funds/totals, funds/rows
"""

import streamlit as st

from yunnan.front.address import frame
from yunnan.front.kit import page_frame
from yunnan.front.trust import reconciliation

view = frame.view()
table = view.snapshot.table("definitions/published_figures")

page_frame.head("文献对照", view, has_period=False)
if table.empty:
    st.info("没有登记可以对照的公布数；单位公布过的数，用登记表“公布数”报来后在此核对。", icon=":material/info:")
else:
    reconciliation.figures(table, view=view)
