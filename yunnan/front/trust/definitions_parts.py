"""The parts of the page 指标口径 below the definition and the evidence of the chosen indicator."""

from collections.abc import Callable

import streamlit as st

from yunnan.data.view import View
from yunnan.front.kit import panels
from yunnan.front.kit.grids import grid
from yunnan.front.trust import target_split_part

ROWS = 20  # rows of the table of all indicators that are visible without scrolling
LISTED = ["indicator_code", "indicator_name", "unit", "kind", "frequency", "is_scored", "definition"]


def parts(code: str) -> dict[str, tuple[str, Callable[[View], None]]]:
    """{?part=: (its title, what draws it)} for the indicator of this code."""

    def places(view: View) -> None:
        st.subheader("各州市", anchor=False)
        measures = view.snapshot.table("measures/of_period", period=view.period).set_index("measure")
        by_prefecture = view.snapshot.table("measures/by_prefecture", measure=code, period=view.period)
        if by_prefecture.empty:
            st.info("本指标只在省级计算，没有州市值。", icon=":material/info:")
        else:
            panels.map_and_ranking(by_prefecture, measures.loc[code], view=view)

    def quarters(view: View) -> None:
        st.subheader(f"{view.region.place_name}各季度的值", anchor=False)
        values = view.snapshot.table("values/by_quarter", place=view.place)
        card = view.snapshot.table("definitions/cards").set_index("indicator_code").loc[code]
        panels.trend(values[values.indicator_code == code], card, view=view)

    def every_card(view: View) -> None:
        st.subheader("全部指标", anchor=False)
        cards = view.snapshot.table("definitions/cards")
        height = panels.rows_high(min(len(cards), ROWS))
        grid(panels.styled(cards[LISTED]), hide_index=True, height=height, key="cards", alt="全部指标的口径")
        panels.table_twin(cards, name="指标口径", view=view)

    def split(view: View) -> None:
        target_split_part.draw(view, code)

    return {
        "places": ("各州市", places),
        "quarters": ("各季度", quarters),
        "split": (target_split_part.TITLE, split),
        "cards": ("全部指标", every_card),
    }
