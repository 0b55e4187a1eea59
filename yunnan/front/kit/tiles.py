"""One piece of a page alone, for an iframe of a portal: ?tile=card:P1-08, map:P1-08, ranking:P1-08, table:P1-08."""

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.front.kit.indicator_cards import kpi_card
from yunnan.front.kit.panels import area_map, area_ranking, table_twin
from yunnan.front.kit.place_parts import measures_with_counties, prefecture_of
from yunnan.words import wording

KINDS = {"card": "卡片", "map": "地图", "ranking": "排序", "table": "数据表"}


def tile(view: View, spec: str) -> None:
    """The piece named by spec ('map:P1-08') for the view's place; a message if there is no such piece.

    Reads measures/of_period; values/of_place and values/by_quarter, or measures/by_prefecture, or values/by_county.
    """
    kind, _, code = spec.partition(":")
    measures = view.snapshot.table("measures/of_period", period=view.period)
    if kind not in KINDS or code not in set(measures.measure):
        kinds = "、".join(f"{name}（{label}）" for name, label in KINDS.items())
        _message(wording.literal(f"没有“{spec}”这一块。请写成“种类:指标”：种类有{kinds}，指标如P1-08。"))
    elif kind == "card":
        _card(view, code)
    elif view.region.level == "province":
        table = view.snapshot.table("measures/by_prefecture", measure=code, period=view.period)
        _places(kind, table, measures.set_index("measure").loc[code], view, None)
    else:
        _counties(kind, code, measures, prefecture_of(view))


def _card(view: View, code: str) -> None:
    values = view.snapshot.table("values/of_place", **view.params).set_index("indicator_code")
    if code not in values.index:
        _message("综合得分与人均数没有卡片；请用地图、排序或数据表。")
        return
    quarters = view.snapshot.table("values/by_quarter", place=view.place)
    st.caption(f"{view.region.place_name}　{view.span.label}")
    kpi_card(code, values.loc[code], view, quarters[quarters.indicator_code == code])


def _counties(kind: str, code: str, measures: pd.DataFrame, here: View) -> None:
    cards = measures_with_counties(measures)
    if code not in cards.index:
        _message("本指标只在全省与州市计算，没有县级数。")
        return
    _places(kind, here.by_county(code), cards.loc[code], here, here.place)


def _places(kind: str, table: pd.DataFrame, card, view: View, prefecture: str | None) -> None:
    if table.empty:
        _message("本指标只在省级计算，没有分地区的数。")
    elif kind == "map":
        area_map(table, card, view=view, prefecture=prefecture)
    elif kind == "ranking":
        area_ranking(table, card, view=view, prefecture=prefecture)
    else:
        of_place = prefecture is not None
        table_twin(table, name=card.measure_name, view=view, unit=card.unit, is_open=True, is_of_place=of_place)


def _message(sentence: str) -> None:
    st.info(sentence, icon=":material/info:")
