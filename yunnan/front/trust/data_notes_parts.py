"""The parts of the page 数据说明."""

import streamlit as st

from yunnan.data import contract
from yunnan.data.view import View
from yunnan.front.address import navigation
from yunnan.front.kit import sections
from yunnan.front.trust import data_notes, lineage
from yunnan.words import geography

FILES, FIGURES = "files", "figures"  # the parts that an address with ?file= or ?indicator= opens


COUNTIES = (
    "**人口、贫困县名单与退出批次**　2020年人口普查公报、国务院扶贫办与云南省公告（公开资料）；"
    "27个深度贫困县名单只有部分有出处，待核。"
)
OWN_COUNTIES = (
    "**人口、各类县的名单**　2020年人口普查公报（公开资料）；名单由单位用登记表“地区名单”报来，没有报的没有登记。"
)


def _sources(view: View) -> None:
    st.subheader("数据来源", anchor=False)
    is_articles = view.snapshot.stage.is_articles
    article = "**文献依据**　《中国民政》2020年文章（网络发布2020年7月30日）；公布数见“文献对照”。\n\n"
    st.markdown(
        f"**数据性质**　{view.snapshot.nature}。\n\n"
        f"{article if is_articles else ''}"
        f"{COUNTIES if is_articles else OWN_COUNTIES}\n\n"
        f"**地图**　{geography.SOURCE_LINE}。\n\n"
        "**人数**　按对象去重；小于10的数及可由减法推得的数不显示。人数在月份、项目、领域之间不可相加。"
    )
    st.page_link(
        navigation.QUALITY_PAGE,
        label="谁报了谁没报、报得对不对，见“数据质量”",
        query_params=navigation.params(),
    )


def _files(view: View) -> None:
    sections.section("从报表到数：文件 → 行 → 表 → 指标", "lineage/files", {})
    table = view.snapshot.table
    lineage.file_lineage(table("lineage/files"), table("lineage/indicators"), view=view)


def _figures(view: View) -> None:
    sections.section("从数到报表：指标 → 行 → 文件", "lineage/indicators", {})
    table = view.snapshot.table
    lineage.figure_lineage(table("lineage/files"), table("lineage/indicators"), view=view, part_of_files=FILES)


def _manifest(view: View) -> None:
    st.subheader("快照清单", anchor=False)
    data_notes.manifest(view.snapshot.manifest)


def _dictionary(view: View) -> None:
    st.subheader("数据字典", anchor=False)
    data_notes.dictionary(contract.dictionary())


# ?part= -> (its title, what draws it)
PARTS = {
    "sources": ("数据来源", _sources),
    FILES: ("从报表到数", _files),
    FIGURES: ("从数到报表", _figures),
    "manifest": ("快照清单", _manifest),
    "dictionary": ("数据字典", _dictionary),
}
