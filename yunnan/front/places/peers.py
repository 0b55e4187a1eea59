"""A prefecture and its peers: the groups with their rules, its position among the 16, all indicators."""

from html import escape

import pandas as pd
import streamlit as st

from yunnan.data import queries
from yunnan.data.view import View
from yunnan.drawing.charts import strip_charts
from yunnan.front.address import choices
from yunnan.front.kit.indicator_cards import indicator_table
from yunnan.front.kit.panels import show, table_twin
from yunnan.front.kit.place_parts import doubt
from yunnan.words import geography, wording

SCORES = ("SCORE", "P1", "P2", "P3", "P4")


def chosen_group(groups: pd.DataFrame, *, view: View, draw: bool) -> str:
    """Code of the chosen group of peers, by default those of similar size. groups: places/peer_groups by code.

    draw: the widget, too; a reader without the whole province cannot choose.
    """
    return choices.choose(
        "peers",
        "同类",
        list(groups.index),
        "size",
        label_of=groups.group_name.map(view.say).get,
        draw=draw,
        widget=st.segmented_control,
    )


def peer_rules(groups: pd.DataFrame, group: str, name: str, *, view: View) -> None:
    """A line for each group: its rule and members, the chosen group in bold. groups: places/peer_groups."""
    if not groups.prefectures.sum():
        st.caption("您的可见范围不含其他州市，不作同类比较；下表与目标、全省并列。")
        return
    lines = []
    for row in groups.itertuples():
        belongs = "" if row.is_member else f"（{name}不在此类，仅作对照）"
        rule = view.say(f"{row.group_name}：{row.rule}") + (doubt(view) if row.peer_group == "deep" else "")
        line = f"{rule}{belongs}——{row.peers}（{row.prefectures}个）"
        lines.append(f"<b>● {escape(line)}</b>" if row.peer_group == group else f"○ {escape(line)}")
    st.html(f'<div class="facts">{"<br>".join(lines)}</div>')


def standing(table: pd.DataFrame, *, view: View, name: str) -> None:
    """A chart of the prefecture's position among the 16 in scores and headline indicators. table: places/standing."""
    if not view.sees_all:
        return
    drawn = table[table.indicator_code.isin([*SCORES, *queries.headlines()])]
    own = drawn[drawn.peer_role == "本州市"]
    title = f"{name}在{len(geography.prefectures())}个州市中的位置（{view.span.label}）"
    if drawn.value.isna().all():
        st.caption(f"{title}：本报告期没有数值。")
        return
    figure = strip_charts.strips(drawn, own=name, title=title, footnote=view.footnote, height=150 + 62 * len(own))
    values_text = "、".join(
        f"{row.indicator_name}{wording.measured(row.value, row.unit, row.status)}"
        + ("" if wording.is_none(row.place_rank) else f"第{int(row.place_rank)}名")
        for row in own.itertuples()
    )
    show(figure, name="standing", alt=f"{title}：{values_text}", on_click=True)
    st.caption(
        f"每条左端为{len(geography.prefectures())}个州市的最低值，右端为最高值；竖线为同类中位数，不含本州市和数据不全者。"
        "点击圆点打开该州市。"
    )
    table_twin(drawn, name="各州市的位置", view=view, is_of_place=True)


def peers_table(values: pd.DataFrame, table: pd.DataFrame, *, view: View, name: str) -> None:
    """All indicators beside target, province and the median of the peers. values: values/of_place; table:
    places/standing.
    """
    medians = table.drop_duplicates("indicator_code").set_index("indicator_code").peers_median
    indicator_table(values.assign(peers_median=values.indicator_code.map(medians)), view=view, name=name)
