"""需要关注 on a page: what needs somebody, each with its place and a link to what proves it."""

from html import escape

import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.findings import attention
from yunnan.front.address import navigation
from yunnan.front.kit.panels import table_twin
from yunnan.words.geography import PROVINCE

MOST = 6  # matters that stand on a page before the others are only counted


def attention_list(view: View, *, pillar: str = "", most: int = MOST, has_table: bool = False) -> None:
    """The matters of the view's period at its place (the province: of all), of one pillar alone if given.

    most: how many are listed. has_table: with the table of all of them and its file. Nothing for a county.
    """
    if view.region.level == "county":
        return
    own = attention.of_view(view, pillar)
    st.subheader(f"需要关注（{len(own)}）", anchor=False, help=attention.rule())
    if not own:
        st.caption("本期没有需要关注的事项。")
        return
    lines = "".join(_line(matter, names_place=view.place == PROVINCE) for matter in own[:most])
    st.html(f'<ol class="attention">{lines}</ol>')
    if len(own) > most:
        st.caption(
            f"只列前{most}条，另有{len(own) - most:,}条{'，见下表' if has_table else '，总览的“需要关注”列全部'}。"
        )
    if has_table:
        table = attention.table(view.snapshot, view.period)
        table_twin(table, name="需要关注", view=view, is_open=True, codes=[matter.code for matter in own])


def _line(matter: attention.Matter, *, names_place: bool) -> str:
    name = f"<b>{escape(matter.place_name)}</b>　" if names_place else ""
    address = escape(navigation.link(matter.page, **matter.params))
    return (
        f'<li class="k-{escape(matter.kind)}"><span class="sign" aria-hidden="true">{matter.symbol}</span> '
        f'{name}<a href="{address}" target="_self">{escape(matter.text)}</a></li>'
    )
