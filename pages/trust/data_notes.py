"""数据说明：数据从哪里来、谁报了谁没报、每个字段是什么。

Answers:  what is this snapshot, which returns are missing, what does a column mean, what may be relied on?
Filters:  as-of (frame)
Reads:    returns/by_quarter; the manifest; queries/schema.sql
"""

import streamlit as st

from yunnan import blocks, filters, geo, snapshots, words

view = filters.view()
returns = view.snapshot.table("returns/by_quarter")

blocks.head("数据说明", view, has_period=False)
st.markdown(
    f"**数据性质**　{words.DEMO}。\n\n"
    "**文献依据**　《中国民政》2020年文章（网络发布2020年7月30日）；公布数见“文献对照”。\n\n"
    "**人口、贫困县名单与退出批次**　2020年人口普查公报、国务院扶贫办与云南省公告（公开资料）；"
    "27个深度贫困县名单为演示口径，待核。\n\n"
    f"**地图**　{geo.SOURCE_LINE}。\n\n"
    "**人数**　按对象去重；小于10的数及可由减法推得的数不显示。人数在月份、项目、领域之间不可相加。"
)
st.subheader("报送情况", anchor=False)
blocks.returns(returns, view=view)
st.subheader("快照清单", anchor=False)
blocks.manifest(view.snapshot.manifest)
st.subheader("数据字典", anchor=False)
blocks.dictionary(snapshots.dictionary())
