"""Exchange: events, model cases, partners outside the province, agreements. The page runs the queries."""

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.charts import compositions
from yunnan.front.address import navigation
from yunnan.front.kit.panels import show
from yunnan.front.kit.sections import curves, listing, matrix, section
from yunnan.words import columns, wording


def exchange_events(by_quarter: pd.DataFrame, by_place: pd.DataFrame, events: pd.DataFrame, *, view: View) -> None:
    """Events that bring supply and demand together: by quarter, by place, and in a list.

    by_quarter: exchange/by_quarter; by_place: exchange/by_place; events: exchange/of_period.
    """
    note = "推进会、典型案例交流、供需对接会、跨省交流、协议签署，按举办地；合计即指标P4-07。走势为各季度，其余为本期。"
    section("推进会与各类交流对接", "exchange/of_period", view.params, note=note, base="场次 人次")
    curves(
        by_quarter, at="period_label", series="activity_type", value="activities", unit="场",
        name="各季度交流对接", view=view,
    )  # fmt: skip
    left, right = st.columns(2, gap="medium")
    with left:
        matrix(
            by_place, rows="region_name", over="activity_type", value="activities", unit="场", name="各地交流对接",
            view=view, opens="region_code",
        )  # fmt: skip
    with right:
        dated(events, what="place_name", lane="activity_type", name="交流对接日程", view=view)
    hidden = ("region_code", "source_file", "source_row")
    listing(events, name="交流对接清单", view=view, opens="region_code", hide=hidden)


def model_cases(cases: pd.DataFrame, leaders: pd.DataFrame, reached: pd.DataFrame, *, view: View) -> None:
    """Model cases, the organizations that lead them, and the persons reached by the programme of kitchens.

    cases: exchange/model_cases; leaders: exchange/case_organizations; reached: people/reached_by_programme.
    """
    note = "截至期末已发布的项目；到账为整个项目的累计数，项目状态为快照日的状态。"
    section("典型案例示范", "exchange/model_cases", view.params, note=note, base="截至期末")
    hidden = ("project_id", "sector", "need_amount_yuan")
    listing(cases, name="典型案例库", view=view, opens="project_id", hide=hidden)
    st.caption("案例的起因、做法与成效：文献未载，报表也没有这一栏；到账为零的，是报表里没有该项目的到账记录。")
    left, right = st.columns([2, 1], gap="medium")
    with left:
        st.markdown("**牵头典型案例、“爱心厨房”的组织**")
        hidden = ("org_id", "org_type", "reg_level")
        listing(leaders, name="案例牵头组织", view=view, opens="org_id", hide=hidden)
    with right:
        st.markdown("**“爱心厨房”“厨房革命”惠及的人**")
        listing(reached, name="“爱心厨房”惠及人数", view=view)
        st.caption("全省，截至快照日，按10取整；各帮扶类型不可相加，“—”为已隐去。户数没有单独上报，不列。")


def dated(events: pd.DataFrame, *, what: str, lane: str, name: str, view: View, when: str = "") -> None:
    """Events on a time line, one lane for each value of column lane; without table, the caller draws a list.

    what: the column of their text; when: stands in the title instead of the period.
    """
    if events.empty:
        return
    title = f"{name}（{when or view.span.label}）"
    height = 180 + 60 * events[lane].nunique()
    figure = compositions.timeline(
        events, title=title, footnote=view.footnote, when="activity_date", what=what, lane=lane, height=height
    )
    events_text = "；".join(
        f"{wording.day(d)}{t}" for d, t in zip(events.activity_date.head(8), events[what].head(8), strict=True)
    )
    show(figure, name=f"timeline_{name}", alt=f"{title}：{events_text}")


def partners_outside(by_place: pd.DataFrame, places: pd.DataFrame, resources: pd.DataFrame, *, view: View) -> None:
    """Projects with Shanghai, Guangdong and others by place, pairing and its money, the four kinds of resource.

    by_place: pairing/by_place; places: pairing/places; resources: pairing/resources.
    """
    pairs = (
        "2017—2020年东西部协作，部分未逐一核实"
        if view.snapshot.stage.is_articles
        else "本报告期末有效的东西部协作，按登记表“结对”"
    )
    note = f"结对为{pairs}；款物只计来源为东西部协作的到账，先本期、后累计。"
    section("上海、广东对口支援", "pairing/places", view.params, note=note, base="期末在实施 到账含物资")
    left, right = st.columns(2, gap="medium")
    with left:
        matrix(
            by_place, rows="region_name", over="cross_province", value="projects", name="跨省协作项目", view=view,
            opens="region_code",
        )  # fmt: skip
    with right:
        listing(places, name="东西部协作结对与到账", view=view, opens="region_code", hide=("region_code", "projects"))
    note = "期末在实施的项目；一个项目可争取多类资源，各类不可相加。“无”为没有省外合作方的项目。"
    section("争取项目、资金、技术、人才四类资源", "pairing/resources", view.params, note=note, base="期末在实施")
    matrix(resources, rows="resource_type", over="cross_province", value="projects", name="四类资源", view=view)


def agreements(table: pd.DataFrame, *, view: View) -> None:
    """One card for each agreement: organization, county, date, project and its status, with links.

    table: pairing/agreements.
    """
    note = "签约的县取自活动的举办县，状态为快照日的项目状态。文献：中国建筑金属结构协会与宁蒗县人民政府。"
    section("合作协议", "pairing/agreements", view.params, note=note, base="截至期末")
    for row in table.itertuples():
        with st.container(border=True):
            county = wording.literal(columns.written("county_name", row.county_name))
            name, programme, project = (
                wording.literal(columns.written(column, getattr(row, column)))
                for column in ("org_name", "programme_name", "project_name")
            )
            st.markdown(f"**{name}　与　{county}**（{row.place_name}）")
            st.caption(
                f"{wording.day(row.activity_date)}签署　｜　{programme}　｜　"
                f"项目：{project}　｜　"
                f"状态：{columns.written('project_status', row.project_status)}"
            )
            with st.container(horizontal=True):
                for page, label, choice in (
                    (navigation.ORG_PAGE, row.org_name, {"org": row.org_id}),
                    (navigation.COUNTY_PAGE, row.place_name, {"place": row.region_code}),
                    (navigation.PROJECT_PAGE, row.project_name, {"project": row.project_id}),
                ):
                    if not wording.is_none(label):
                        st.page_link(
                            page,
                            label=wording.literal(label),
                            query_params=navigation.params() | choice,
                            width="content",
                        )
    listing(table, name="合作协议", view=view, opens="project_id", hide=("project_id", "org_id", "region_code"))
