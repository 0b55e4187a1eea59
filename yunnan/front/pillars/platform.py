"""The parts of the page 平台搭建: topics, needs and their money, grants, maps, bars. The page runs the queries."""

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.charts import bar_charts, maps
from yunnan.front.kit.panels import show, table_twin
from yunnan.front.kit.place_parts import prefecture_of
from yunnan.front.kit.sections import figures_line, listing, matrix, pieces, section, steps
from yunnan.front.pillars import pillar_head
from yunnan.words import geography, wording

# Code of a topic, ?topic=code, -> its name; the page shows one. In the article's order.
TOPICS = {
    "indicator": "指标",
    "needs": "供需对接",
    "grants": "资金支持",
    "exchange": "行业交流",
    "partners": "区域交流",
    "plans": "三区与牵手",
    "credit": "小额信贷",
}
THIN_PLACES = 3  # how many places with the lowest rate of met needs are named
# Class breaks of the maps in yuan: of prefectures, of the counties of a prefecture.
GAP_BREAKS = {"province": (10e6, 25e6, 50e6, 90e6), "prefecture": (1e6, 3e6, 6e6, 12e6)}
MONEY = {"need_amount_yuan": "需求", "approved_yuan": "获批", "received_yuan": "到账", "spent_yuan": "支出"}
GRANTS = {
    "中央财政": "中央财政支持社会组织参与社会服务项目：获批清单",
    "福彩公益金": "省级福彩公益金支持社会组织参与脱贫攻坚项目：获批清单",
}
SHARES = {"money_rate": "资金份额", "poor_share_rate": "贫困人口份额"}


def topic(first: Mapping[str, str]) -> str:
    """The chosen code of TOPICS, in the URL as ?topic=code. first: {code: its first part}, which a choice opens."""
    return pillar_head.aspect("topic", TOPICS, first)


def around(view: View) -> View:
    """The view for a map: of a county its prefecture's, else the view itself."""
    return prefecture_of(view) if view.region.level == "county" else view


def need_funnel(table: pd.DataFrame, unmet: pd.DataFrame, *, view: View) -> None:
    """Needs in five steps, in number and in money, then the unmet needs.

    table: matching/funnel; unmet: matching/open_needs.
    """
    note = "每一步都走过前面各步：有牵头组织并已对接；已开工或已获批资金；已有到账；已完成。对接率即指标P4-01。"
    section("供需对接：从需求发布到完成", "matching/funnel", view.params, note=note, base="累计至期末")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        steps(table, label="step", value="projects", unit="个", name="需求对接五步", view=view)
    with right:
        long = table.melt("step", list(MONEY), "stage", "amount_yuan").replace({"stage": MONEY})
        matrix(long, rows="step", over="stage", value="amount_yuan", unit="元", name="五步的资金", view=view)
        st.caption("每一行是走到这一步的需求，各列是这些需求截至期末的金额；获批、到账、支出是同一笔钱的三个环节。")
    listing(unmet, name="尚未对接的需求", view=view, opens="project_id", hide=("project_id",))


def need_gap(totals, by_place: pd.DataFrame, *, view: View) -> None:
    """The shortfall of money: in a sentence that names the places with the lowest rates, on the map, by place.

    totals: matching/totals; by_place: matching/gap_by_place for around(view).
    """
    note = "缺口为各需求尚未到账部分之和，超出需求的到账不抵别的需求；满足率即指标P4-02。州市按主实施地，县按分摊比例。"
    section("资金缺口与薄弱地区", "matching/gap_by_place", around(view).params, note=note, base="累计至期末 到账含物资")
    near = around(view)
    st.html(f'<div class="finding">{escape(thin_places(totals, by_place, view))}</div>')
    st.caption(f"点名规则：有需求的地区按资金满足率由低到高，取前{THIN_PLACES}个，满足率相同者缺口大的在前。")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        name = "需求资金缺口"
        place_map(by_place, value="gap_yuan", unit="元", breaks=GAP_BREAKS[near.region.level], name=name, view=view)
    with right:
        low_first = by_place.sort_values("met_rate", na_position="last", kind="stable")
        ranking(low_first, value="met_rate", unit="%", name="资金满足率：由低到高", view=view, empty="没有需求")
    table_twin(by_place, name="各地需求与缺口", view=view)


def thin_places(totals, by_place: pd.DataFrame, view: View) -> str:
    """A sentence: need, rate met and shortfall of the view's place, and the places with the lowest rate."""
    near = around(view)
    here = view.region.short_name
    if not totals.projects:
        return f"截至{wording.day(view.span.last_date)}，{here}没有发布帮扶需求。"
    thin = by_place[by_place.need_amount_yuan > 0]
    thin = thin.sort_values(["met_rate", "gap_yuan"], ascending=[True, False], kind="stable").head(THIN_PLACES)
    prefix = "" if near.region.level == "province" else near.region.short_name
    named = "、".join(
        f"{prefix}{row.region_name}{wording.percent(row.met_rate)}（缺{wording.amount(row.gap_yuan)}）"
        for row in thin.itertuples()
    )
    return (
        f"截至{wording.day(view.span.last_date)}，{here}累计发布帮扶需求{wording.measure(totals.projects, '个')}、"
        f"{wording.amount(totals.need_amount_yuan)}，已对接{wording.percent(totals.match_rate)}；"
        f"到账满足{wording.percent(totals.met_rate)}，缺口{wording.amount(totals.gap_yuan)}。"
        f"{near.region.short_name}范围内满足率最低：{named}。"
    )


def money_channels(by_source: pd.DataFrame, by_place: pd.DataFrame, *, view: View) -> None:
    """Money of the two civil-affairs channels and of all others, by source and by place.

    by_source: grants/channels, civil affairs first; by_place: grants/channels_by_place.
    """
    note = "民政项目资源指中央财政支持项目与省级福彩公益金支持项目；红冲已冲减。"
    section("民政系统项目资源与其他渠道", "grants/channels", view.params, note=note, base="本期 到账含物资")
    own = by_source[by_source.channel == "民政项目资源"]
    yuan = by_place.groupby("channel").received_yuan.sum()
    figures_line(
        {
            "中央财政到账": wording.amount(yuan["中央财政"]),
            "福彩公益金到账": wording.amount(yuan["福彩公益金"]),
            "民政项目资源占到账": wording.percent(own.share_rate.sum(min_count=1)),
            "其他渠道到账": wording.amount(by_source.received_yuan.sum() - own.received_yuan.sum()),
        }
    )
    left, right = st.columns(2, gap="medium")
    with left:
        ranking(by_source, value="received_yuan", label="source", unit="元", name="各来源到账", view=view)
        listing(by_source, name="资金渠道", view=view, hide=("channel", "projects"))
    with right:
        pieces(
            by_place, key="region_code", label="region_name", part="channel", value="received_yuan", unit="元",
            name="各地资金渠道", view=view, is_share=True,
        )  # fmt: skip


def grants_approved(areas: pd.DataFrame, approved: pd.DataFrame, *, view: View) -> None:
    """Approved grants: totals in 三区三州 and elsewhere, then a list of projects for each source.

    areas: grants/areas; approved: grants/approved.
    """
    note = (
        "三区三州在云南指怒江州、迪庆州。文献“省级福彩公益金支持项目资金415万元”一句的主语是三区三州，"
        "此处按两州获批额核对；如指全省，则应看全省合计，口径有歧义。"
    )
    note = note if view.snapshot.stage.is_articles else ""
    section("获批项目", "grants/approved", view.params, note=note, base="本期 获批")
    areas = areas.assign(area=areas.area.map(view.say))
    figures_line({f"{row.source}·{row.area}": granted(row) for row in areas.itertuples()})
    table_twin(areas, name=view.say("获批：三区三州与其他地区"), view=view)
    for source, title in GRANTS.items():
        name = view.say(title)
        own = approved[approved.source == source]
        listing(own, name=name, view=view, opens="project_id", hide=("source", "project_id", "programme_name"))


def granted(row) -> str:
    """'9个，615万元' of a row of grants/areas, in the article's words if it is its figure."""
    projects = wording.headline(row.projects, "个", row.published_projects, "")
    return f"{projects}，{wording.headline(row.approved_yuan, '元', row.published, '')}"


def sqsz_tilt(by_year: pd.DataFrame, by_place: pd.DataFrame, *, view: View) -> None:
    """How strongly money favours 三区三州: coefficient by year; shares of money and of poor people by place.

    In another stage the list that counts as such, by its name; where there is none, that none is registered.
    by_year: grants/tilt; by_place: grants/tilt_by_place.
    """
    note = "倾斜系数＝资金份额÷上年末未脱贫建档立卡人口份额，大于1为倾斜；在全省计算，2017年末没有分州市人口。"
    favoured = view.say("三区三州")
    section(f"重点向“{favoured}”倾斜", "grants/tilt_by_place", view.params, note=view.say(note), base="获批")
    if not view.sees_all:
        st.caption("倾斜系数在全省计算，不在您的可见范围内。")
        by_year = by_year.iloc[:0]
    if len(by_year) and wording.is_none(by_year.iloc[-1].sqsz_yuan):
        st.caption(f"没有登记截至日有效的{favoured}名单，倾斜度与倾斜系数不适用。")
    elif len(by_year):
        last = by_year.iloc[-1]
        figures_line(
            {
                f"{favoured}获批（{last.period_label}）": wording.amount(last.sqsz_yuan),
                "倾斜度：资金份额": wording.percent(last.money_rate),
                view.say("贫困人口份额（上年末）"): wording.percent(last.poor_share_rate),
                "倾斜系数": wording.fixed(last.tilt, 2),
            }
        )
        listing(by_year, name=f"{favoured}倾斜系数：各年", view=view)
    for slot, (column, title) in zip(st.columns(2, gap="medium"), SHARES.items(), strict=True):
        name = view.say(title)
        with slot:
            empty = "没有县级数" if column == "poor_share_rate" and view.region.level != "province" else "不适用"
            ranking(by_place, value=column, unit="%", name=f"各地{name}", view=view, empty=empty)
    table_twin(by_place, name=view.say("各地资金份额与贫困人口份额"), view=view)


def place_map(
    table: pd.DataFrame, *, value: str, unit: str, breaks: Sequence[float], name: str, view: View
) -> None:  # fmt: skip
    """A map of the places of around(view), coloured by a column of the table; a click opens the place."""
    near = around(view)
    prefecture = None if near.region.level == "province" else near.place
    drawn = table.assign(value=table[value].astype("float64"), status="观察")
    title = f"{name}（{view.span.label}）"
    figure = maps.choropleth(
        drawn[["region_code", "region_name", "value", "status"]],
        unit=unit,
        breaks=tuple(breaks),
        title=title,
        footnote=view.footnote,
        prefecture=prefecture,
        chosen=view.place,
        height=520,
    )
    values_text = "、".join(
        f"{row.region_name}{wording.measure(row.value, unit)}" for row in drawn.head(5).itertuples()
    )
    show(figure, name=f"map_{name}", alt=f"{title}：{values_text}", on_click=True)
    st.caption(geography.SOURCE_LINE)
    if prefecture == geography.DIQING_CODE:
        st.caption(geography.DEQIN_WEIXI_NOTE)


def ranking(
    table: pd.DataFrame, *, value: str, unit: str, name: str, view: View, label: str = "region_name", empty: str = ""
) -> None:
    """One bar for each row, without a table below; empty: the text for a missing value. Bars of places open them."""
    is_of_places = label == "region_name"
    drawn = pd.DataFrame(
        {
            "region_code": table.region_code if is_of_places else "",
            "region_name": table[label],
            "value": table[value].astype("float64"),
            "status": empty or "没有数据",
        }
    )
    title = f"{name}（{view.span.label}）"
    figure = bar_charts.ranking(
        drawn, unit=unit, title=title, footnote=view.footnote, chosen=view.place, height=110 + 24 * len(drawn)
    )
    values_text = "、".join(
        f"{row.region_name}{wording.measure(row.value, unit)}" for row in drawn.head(5).itertuples()
    )
    show(figure, name=f"rank_{name}", alt=f"{title}：{values_text}", on_click=is_of_places)
