"""Parts about one place that pages of several sections share: people reached, missing returns, link to evidence."""

import pandas as pd
import streamlit as st

from yunnan.data import queries
from yunnan.data.view import View
from yunnan.drawing.charts import maps
from yunnan.front.address import navigation
from yunnan.front.kit.panels import people_table
from yunnan.words import wording

WITHOUT_COUNTIES = {"SCORE", "PER_POOR"}  # measures, not indicators, that exist for prefectures only


def prefecture_of(view: View) -> View:
    """The view for the prefecture of the chosen place; the view itself for a prefecture."""
    return view.at(view.region.prefecture_code)


def doubt(view: View) -> str:
    """What is doubtful of the list of the hardest counties that ships: of the article's stage alone."""
    return "（名单只有部分有出处，待核）" if view.snapshot.stage.is_articles else ""


def evidence_link(code: str, place: str, label: str, period: str | None = None) -> None:
    """A link to the open evidence of one indicator at a place, in a period, or else in the chosen one."""
    choices = {"place": place, "indicator": code, "evidence": "true"} | ({"period": period} if period else {})
    st.page_link(
        navigation.EVIDENCE_PAGE,
        label=label,
        icon=":material/fact_check:",
        query_params=navigation.params() | choices,
    )


def quarters_missing(values: pd.DataFrame) -> int:
    """How many quarters of the period the place has not reported. values: values/of_place."""
    return int((values.quarters_due - values.quarters_reported).max())


def missing_returns(values: pd.DataFrame, view: View, name: str) -> None:
    """A warning if the place has not reported all quarters of the period: then nothing is judged or ranked.

    values: values/of_place; name: of the place.
    """
    if missing := quarters_missing(values):
        lack = f"应报{values.quarters_due.max():.0f}个季度，缺报{missing}个"
        due = lack if view.owes_returns else "不应报，报来的表不全"
        st.container(key="missing_returns").warning(
            f"{name}本报告期{due}。缺报表的各项，数字只含已报部分，不作评价，不参加排名。",
            icon=":material/warning:",
        )


def people_panel(view: View, params: dict) -> None:
    """Persons and person-times reached, then persons by kind of help and by category of need (not for counties).

    Reads people/totals, people/by_help_type, people/by_category.
    """
    totals = view.snapshot.row("people/totals", **params)
    st.markdown(
        f"惠及{view.say('建档立卡人口')} **{wording.measured(totals.persons, '人', '已隐去')}**（去重人数），"
        f"受益 **{wording.measured(totals.person_times, '人次', '已隐去')}**（不去重）。"
        f"以下分类人数是全部受益对象的，不限{view.say('建档立卡')}，按年度公布（{view.span.year}年），在帮扶类型之间、月份之间、项目之间不可相加；"
        "小于10的数及可由减法推得的数已隐去。"
    )
    year = params | {"period": str(view.span.year)}
    if view.region.level == "county":
        table = view.snapshot.table("people/by_help_type", **year)
        people_table(table, column="help_type", name="各帮扶类型惠及人数", view=view)
        st.caption("对象类别只公布到州市：分到县的人数过小，不能公布。")
        return
    left, right = st.columns(2, gap="medium")
    with left:
        table = view.snapshot.table("people/by_help_type", **year)
        people_table(table, column="help_type", name="各帮扶类型惠及人数", view=view)
    with right:
        table = view.snapshot.table("people/by_category", **year)
        people_table(table, column="poverty_category", name="各类对象惠及人数", view=view)


def measures_with_counties(measures: pd.DataFrame) -> pd.DataFrame:
    """The rows of measures/of_period that exist for counties, indexed by code, with class breaks for counties."""
    without = WITHOUT_COUNTIES | queries.without_counties()
    cards = measures[~measures.measure.isin(without)].set_index("measure")
    return cards.assign(breaks=list(map(maps.of_counties, cards.breaks, cards.unit)))
