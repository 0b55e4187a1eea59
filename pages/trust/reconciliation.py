"""文献对照：文献公布的数与本快照计算的数，一一核对。

Answers:  does the article's figure come out of the rows, and which rows are they?
Filters:  as-of (frame); figure
Reads:    definitions/published_figures, funds/totals, funds/rows
"""

import streamlit as st

from yunnan.data import queries
from yunnan.front.address import choices, frame
from yunnan.front.kit import code_panel, page_frame, panels
from yunnan.front.trust import data_notes

view = frame.view()
figures = view.snapshot.table("definitions/published_figures")

page_frame.head("文献对照", view, has_period=False)
st.markdown(
    "文献：《中国民政》2020年刊发的云南社会组织参与脱贫攻坚文章（网络发布2020年7月30日）。"
    "下列公布数由本快照逐条记录重新计算；核对与所选报告期无关，每个数按其自身的时期计算。"
)
data_notes.figures_table(figures)
panels.table_twin(figures, name="文献公布数核对", view=view)

st.subheader("逐项查看", anchor=False)
named = figures.set_index("figure_code")
code = choices.choose(
    "figure",
    "公布数",
    list(named.index),
    "CAL-01",
    label_of=(named.figure_label + "：" + named.published).__getitem__,
    width=520,
)
figure = queries.figure(code)
st.markdown(f"**口径**　{figure['note']}　**筛选**　{figure['filter']}")
code_panel.code_line(view, code)
panels.sql(figure.sql)
if "rows" in figure.header:
    panels.fund_rows(view, choices.fund_filter(figure["rows"]))
else:
    st.caption("本数不由资金流水构成；涉及人员的记录不逐条显示。")
