"""One county: its profile, the map of its prefecture's counties, its indicators."""

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.front.address import appearance, choices, navigation
from yunnan.front.kit.evidence import evidence
from yunnan.front.kit.grids import grid
from yunnan.front.kit.panels import area_table, map_and_ranking, rows_high, table_twin
from yunnan.front.kit.place_parts import doubt, measures_with_counties
from yunnan.front.places.place import buttons, facts_line, own_lists
from yunnan.words import columns, wording


def county_profile(profile, view: View) -> None:
    """The county's traits in one line, with caveats. profile: places/county."""
    traits = [
        profile.kind,
        _left_poverty(profile, view) if profile.is_poverty_county else view.say("非贫困县"),
        view.say(f"深度贫困县{doubt(view)}") if profile.is_deep_poverty else "",
        view.say("三区三州") if profile.is_sqsz else "",
        "" if wording.is_none(profile.contiguous_area) else f"集中连片特困区：{profile.contiguous_area}",
        "边境县" if profile.is_border else "",
        "民族自治县" if profile.is_autonomous_county else "",
        f"{profile.poor_year}年末{view.say('未脱贫建档立卡人口')}{wording.people(profile.poor_population)}"
        if not wording.is_none(profile.poor_population)
        else "未脱贫建档立卡人口：没有县级数"
        if view.snapshot.stage.is_articles
        else "",
    ]
    traits += own_lists(view)
    facts_line(traits)


def _left_poverty(profile, view: View) -> str:
    if wording.is_none(profile.exit_date):
        return view.say("贫困县")
    text = f"贫困县，{int(profile.poverty_batch_year)}年批次，{wording.day(profile.exit_date)}批准退出"
    return text if profile.has_left_poverty else f"{text}（截至{wording.day(view.span.last_date)}尚未退出）"


def measure_by_county(view: View, title: str, *, finding: str) -> None:
    """The chosen measure by county: its table and the evidence at the view's place; on paper with map and ranking.

    Nothing on a wall, which shows neither. finding: the page's conclusion, read out before the map's own text.

    Reads measures/of_period, values/by_county.
    """
    is_paper = appearance.is_paper()  # else map and ranking stand in the head
    if appearance.look().is_screen and not is_paper:
        return
    st.subheader(title, anchor=False)
    prefecture = view.region.prefecture_code
    measures = view.snapshot.table("measures/of_period", period=view.period)
    cards = measures_with_counties(measures)
    wanted = navigation.requested("measure")
    if not is_paper and wanted not in cards.index and wanted in set(measures.measure):
        st.caption("本指标只算到州市，没有县级数，也就没有县级的表与明细。")
        return
    measure = choices.choose(
        "measure",
        "地图指标",
        list(cards.index),
        "P1-08",
        label_of=cards.measure_name.__getitem__,
        also_valid=list(measures.measure),
        draw=is_paper,
        width=420,
    )
    by_county, card = view.by_county(measure), cards.loc[measure]
    if is_paper:
        map_and_ranking(by_county, card, view=view, prefecture=prefecture, finding=finding)
        county_links(view)
    else:
        area_table(by_county, card, view=view, prefecture=prefecture)
    evidence(view, measure)


def county_links(view: View) -> None:
    """A button for each county of the view's prefecture, which opens its page."""
    here = view.places.prefecture_code == view.region.prefecture_code
    buttons(view.places[here & (view.places.level == "county")], navigation.COUNTY_PAGE)


def county_table(table: pd.DataFrame, *, view: View, name: str) -> None:
    """All indicators of a county, one row each, beside prefecture and province. table: places/county_indicators."""
    rows = list(table.itertuples())
    display = pd.DataFrame(
        {
            columns.label("indicator_code"): table.indicator_code,
            columns.label("indicator_name"): table.indicator_name,
            "本期": [wording.headline(r.value, r.unit, None, r.status) for r in rows],
            "同比": [wording.compared(r) for r in rows],
            "州市内名次": [wording.place(r.county_rank, r.counties_ranked) for r in rows],
            "所属州市": [wording.measure(r.prefecture_value, r.unit) for r in rows],
            "占所属州市": table.of_prefecture_rate.map(wording.percent),
            "全省": [wording.measure(r.province_value, r.unit) for r in rows],
        }
    )
    grid(display, hide_index=True, height=rows_high(len(display)), key="county_indicators", alt=name)
    table_twin(table, name=name, view=view, is_of_place=True)
