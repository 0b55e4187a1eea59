"""What the page of one place is made of besides cards and maps."""

from html import escape

import pandas as pd
import streamlit as st

from yunnan import filters, words
from yunnan.blocks.figures import people_table
from yunnan.filters import View

# Indicators that cannot be told by county: no county formula, or one that makes no sense for a single county.
WITHOUT_COUNTIES = {"SCORE", "PER_POOR", "P2-01", "P2-02", "P2-07", "P2-08", "P4-05"}


def place_links(view: View) -> None:
    """All 16 to choose from, for a reader who has not chosen a place."""
    st.info("请选择一个州市：点击下面的名称，或在页面上方的“地区”中选择。", icon=":material/info:")
    sixteen = view.places[view.places.level == "prefecture"]
    with st.grid(columns="auto", min_column_width=180):
        for row in sixteen.itertuples():
            st.button(
                row.place_name, key=f"open_{row.place}", on_click=filters.goto, args=(row.place,), width="stretch"
            )


def place_profile(profile) -> None:
    """Who the prefecture is, in one line; the list of 27 carries its caveat."""
    traits = [
        "三区三州" if profile.is_sqsz else "",
        f"常住人口{words.people(profile.population)}（2020年普查，{profile.size_class}）",
        f"{profile.counties}个县（市、区）",
        f"贫困县{profile.poverty_counties}个",
        f"深度贫困县{profile.deep_poverty_counties}个（名单为演示口径，待核）" if profile.deep_poverty_counties else "",
        f"边境县{profile.border_counties}个" if profile.border_counties else "",
        f"民族自治县{profile.autonomous_counties}个" if profile.autonomous_counties else "",
        f"{profile.poor_year}年末未脱贫建档立卡人口{words.people(profile.poor_population)}",
        f"东西部协作结对：{profile.pairing}",
    ]
    st.html(f'<div class="facts">{"　｜　".join(escape(t) for t in traits if t)}</div>')


def quarters_missing(values: pd.DataFrame) -> int:
    """How many quarters of the period this place has not reported."""
    return int((values.quarters_due - values.quarters_reported).max())


def missing_returns(values: pd.DataFrame, name: str) -> None:
    """A warning rather than a verdict, where returns are missing."""
    if missing := quarters_missing(values):
        due = int(values.quarters_due.max())
        st.warning(
            f"{name}本报告期应报{due}个季度，缺报{missing}个。各项数字只含已报部分，不作评价，不参加排名。",
            icon=":material/warning:",
        )


def measures_with_counties(measures: pd.DataFrame) -> pd.DataFrame:
    """The measures that can be shown by county, by their code; class breaks scaled to counties."""
    cards = measures[~measures.measure.isin(WITHOUT_COUNTIES)].set_index("measure")
    is_rate = cards.unit == "%"
    scaled = cards.breaks.where(is_rate, cards.breaks.map(lambda breaks: [b / 5 for b in breaks]))
    return cards.assign(breaks=scaled)


def people_panel(view: View, where: dict) -> None:
    """Who was reached: persons beside person-times, by kind of help and by category of need."""
    totals = view.snapshot.row("people/totals", **where)
    st.markdown(
        f"惠及建档立卡人口 **{words.measured(totals.persons, '人', '已隐去')}**（去重人数），"
        f"受益 **{words.measured(totals.person_times, '人次', '已隐去')}**（不去重）。"
        f"以下分类人数按年度公布（{view.span.year}年），在帮扶类型之间、月份之间、项目之间不可相加；"
        "小于10的数及可由减法推得的数已隐去。"
    )
    year = where | {"period": str(view.span.year)}
    left, right = st.columns(2, gap="medium")
    with left:
        table = view.snapshot.table("people/by_help_type", **year)
        people_table(table, column="help_type", name="各帮扶类型惠及人数", view=view)
    with right:
        table = view.snapshot.table("people/by_category", **year)
        people_table(table, column="poverty_category", name="各类对象惠及人数", view=view)
