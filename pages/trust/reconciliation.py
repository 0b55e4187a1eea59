"""文献对照：文献公布的数与本快照计算的数，一一核对。

Answers:  does the article's figure come out of the rows, and which rows are they?
Filters:  as-of (frame); figure
Reads:    definitions/published_figures, funds/totals, funds/rows
"""

import streamlit as st

from yunnan.front.address import frame
from yunnan.front.kit import page_frame
from yunnan.front.trust import reconciliation

view = frame.view()
table = view.snapshot.table("definitions/published_figures")

page_frame.head("文献对照", view, has_period=False)
if table.empty:
    st.info("这份快照的截至日不在文献所说的阶段（脱贫攻坚，到2020年），没有可以对照的公布数。", icon=":material/info:")
else:
    reconciliation.figures(table, view=view)
