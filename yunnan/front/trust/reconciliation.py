"""The page 文献对照: all published figures beside the snapshot's, then one of them with the rows it comes from."""

import pandas as pd
import streamlit as st

from yunnan.data import queries
from yunnan.data.view import View
from yunnan.front.address import choices
from yunnan.front.kit import code_panel, indicator_cards, panels
from yunnan.front.kit.place_parts import evidence_link
from yunnan.front.trust import data_notes
from yunnan.words import wording

ARTICLES = (
    "文献：《中国民政》2020年刊发的云南社会组织参与脱贫攻坚文章（网络发布2020年7月30日）。"
    "下列公布数由本快照逐条记录重新计算；核对与所选报告期无关，每个数按其自身的时期计算。"
)
OWN = "单位登记的公布数与本快照的指标值核对，按各自的时期与地区；照公布的写法写出来相同的，即为一致。"


def figures(table: pd.DataFrame, *, view: View) -> None:
    """Every published figure, and one with its rule and rows. table: definitions/published_figures."""
    is_articles = table.seed_fact.notna()
    st.markdown("\n\n".join([ARTICLES] * bool(is_articles.any()) + [OWN] * bool((~is_articles).any())))
    data_notes.figures_table(table)
    panels.table_twin(table, name="公布数核对", view=view)
    st.subheader("逐项查看", anchor=False)
    named = table.set_index("figure_code")
    code = choices.choose(
        "figure",
        "公布数",
        list(named.index),
        named.index[0],
        label_of=(named.figure_label + "：" + named.published).__getitem__,
        width=520,
    )
    figure = named.loc[code]
    if wording.is_none(figure.seed_fact):
        _own(figure, view)
    else:
        _articles(code, view)


def _articles(code: str, view: View) -> None:
    """One figure of the article: its rule, its SQL, the fund rows it is made of."""
    figure = queries.figure(code)
    st.markdown(f"**口径**　{figure['note']}　**筛选**　{figure['filter']}")
    code_panel.code_line(view, code)
    panels.sql(figure.sql)
    if "rows" in figure.header:
        panels.fund_rows(view, choices.fund_filter(figure["rows"]))
    else:
        st.caption("本数不由资金流水构成；涉及人员的记录不逐条显示。")


def _own(figure: pd.Series, view: View) -> None:
    """One figure of the office: where it was published, and a link to the indicator's rows."""
    place = view.at(figure.region_code).region.place_name
    st.markdown(f"**依据**　{wording.literal(figure.note)}　**取自**　{place} {figure.period} {figure.indicator_code}")
    indicator_cards.definition_card(
        view.snapshot.row("definitions/card", indicator_code=figure.indicator_code),
        queries.indicator(figure.indicator_code).name,
    )
    if wording.is_none(figure.actual):
        st.caption(
            f"本快照没有可以核对的数：{figure.computed if figure.computed != wording.NONE else '没有这个时期'}。"
        )
    else:
        evidence_link(figure.indicator_code, figure.region_code, "构成这个数的明细行", figure.period)
