"""The page 文献对照: all figures of the article beside the snapshot's, then one of them with the rows it comes from."""

import pandas as pd
import streamlit as st

from yunnan.data import queries
from yunnan.data.view import View
from yunnan.front.address import choices
from yunnan.front.kit import code_panel, panels
from yunnan.front.trust import data_notes


def figures(table: pd.DataFrame, *, view: View) -> None:
    """Every published figure, and one with its rule and rows. table: definitions/published_figures."""
    st.markdown(
        "文献：《中国民政》2020年刊发的云南社会组织参与脱贫攻坚文章（网络发布2020年7月30日）。"
        "下列公布数由本快照逐条记录重新计算；核对与所选报告期无关，每个数按其自身的时期计算。"
    )
    data_notes.figures_table(table)
    panels.table_twin(table, name="文献公布数核对", view=view)
    st.subheader("逐项查看", anchor=False)
    named = table.set_index("figure_code")
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
