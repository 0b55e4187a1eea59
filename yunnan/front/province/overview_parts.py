"""The parts of 总览 below its first screen, one at a time: ?part= says which."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.findings import conclusions, sentences
from yunnan.front.address import navigation
from yunnan.front.address.appearance import ALL_PARTS
from yunnan.front.kit import attention_list, conclusion, handouts, indicator_cards, panels
from yunnan.words import geography, wording

# ?part= -> its title; part=all shows all of them, for paper
PARTS = {"matters": "需要关注", "figures": "数字与结论", "pillars": "四个突出", "places": "州市数据表"}
MATTERS = 30  # that are listed above their table


def part(view: View, measure: str) -> None:
    """The part in the URL for the province; nothing where none is chosen."""
    here, chosen = view.at(navigation.PROVINCE), navigation.item("part", among=(*PARTS, ALL_PARTS))
    draws: dict[str, Callable[[], None]] = {
        "matters": partial(attention_list.attention_list, here, most=MATTERS, has_table=True),
        "figures": partial(figures, here),
        "pillars": partial(pillars, here),
        "places": partial(places, view, measure),
    }
    if chosen:
        st.session_state[navigation.HAS_PARTS] = True
        with st.container(key="part"):
            for draw in draws.values() if chosen == ALL_PARTS else (draws[chosen],):
                draw()


def figures(here: View) -> None:
    """The whole conclusion, and the headline figures as cards with their curves."""
    values = here.snapshot.table("values/of_place", **here.params)
    st.subheader(f"数字与结论（{here.span.label}）", anchor=False)
    conclusion.finding(conclusions.of_place(here))
    handouts.handouts("province", here)
    quarters = here.snapshot.table("values/by_quarter", place=here.place)
    indicator_cards.kpi_cards(values, view=here, quarters=quarters)


def pillars(here: View) -> None:
    """A card for each pillar."""
    st.subheader(f"四个突出（{here.span.label}）", anchor=False)
    indicator_cards.pillar_cards(here.snapshot.table("scores/of_place", **here.params), view=here, place=here.place)


def places(view: View, measure: str) -> None:
    """The measure by prefecture: map, order, table and file."""
    measures = view.snapshot.table("measures/of_period", period=view.period).set_index("measure")
    card = measures.loc[measure if measure in measures.index else "P1-08"]
    st.subheader(f"{wording.numeral(len(geography.prefectures()))}个州市", anchor=False)
    table = view.snapshot.table("measures/by_prefecture", measure=card.name, period=view.period)
    finding = sentences.plain(conclusions.of_place(view.at(navigation.PROVINCE)))
    panels.map_and_ranking(table, card, view=view, finding=finding)
    st.caption(f"口径：{card.definition}。点击州市可查看该州市。")
