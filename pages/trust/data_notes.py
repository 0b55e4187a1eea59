"""数据说明：数据从哪里来、经过哪里成为屏幕上的数、每个字段是什么。

Answers:  what is this snapshot, which rows did a return bring and what are they counted in, what does a column mean?
Filters:  as-of, period (frame); file, indicator
Reads:    lineage/files, lineage/indicators; rows/*; the manifest; queries/schema.sql
"""

import streamlit as st

from yunnan.data import contract
from yunnan.front.address import frame, navigation
from yunnan.front.kit import page_frame, sections
from yunnan.front.trust import data_notes, lineage
from yunnan.words import geography

view = frame.view()
files = view.snapshot.table("lineage/files")
indicators = view.snapshot.table("lineage/indicators")

page_frame.head("数据说明", view, has_period=False)
st.markdown(
    f"**数据性质**　{view.snapshot.nature}。\n\n"
    "**文献依据**　《中国民政》2020年文章（网络发布2020年7月30日）；公布数见“文献对照”。\n\n"
    "**人口、贫困县名单与退出批次**　2020年人口普查公报、国务院扶贫办与云南省公告（公开资料）；"
    "27个深度贫困县名单只有部分有出处，待核。\n\n"
    f"**地图**　{geography.SOURCE_LINE}。\n\n"
    "**人数**　按对象去重；小于10的数及可由减法推得的数不显示。人数在月份、项目、领域之间不可相加。"
)
st.page_link(navigation.QUALITY_PAGE, label="谁报了谁没报、报得对不对，见“数据质量”", query_params=navigation.params())
sections.section("从报表到数：文件 → 行 → 表 → 指标", "lineage/files", {})
lineage.file_lineage(files, indicators, view=view)
sections.section("从数到报表：指标 → 行 → 文件", "lineage/indicators", {})
lineage.figure_lineage(files, indicators, view=view)
st.subheader("快照清单", anchor=False)
data_notes.manifest(view.snapshot.manifest)
st.subheader("数据字典", anchor=False)
data_notes.dictionary(contract.dictionary())
