"""The parts of the page 业务指导: supervising units, kinds and ways of help, places reached, published figures."""

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.charts import maps
from yunnan.front.kit.panels import people_table, show, table_twin
from yunnan.front.kit.sections import bars, figures_line, listing, matrix, pieces, section
from yunnan.words import geography, wording

# The units that the article names -> the line below their name on the card.
NAMED_UNITS = {
    "省科协": "科技扶贫",
    "省委统战部": "统战教育",
    "省工商联": "产业扶贫",
    "省商务厅": "品牌建设",
    "省林业厅（林草局）": "生态扶贫；2018年机构改革后为省林业和草原局",
}
NO_UNIT = "无或未列主管单位"  # the last row of sectors/units
VERDICT = {True: "✓ 与文献一致", False: "✗ 与文献不一致"}


def unit_cards(units: pd.DataFrame, *, view: View) -> None:
    """A card for each unit that the article names, else for the first; all units in a list. units: sectors/units."""
    by_unit = {row.supervising_unit_code: row for row in units.itertuples() if row.supervising_unit_code != NO_UNIT}
    cards = NAMED_UNITS if view.snapshot.stage.is_articles else dict.fromkeys(list(by_unit)[: len(NAMED_UNITS)], "")
    for slot, (unit, known_for) in zip(st.columns(len(cards) or 1), cards.items(), strict=bool(cards)):
        with slot.container(border=True, height="stretch"):
            st.markdown(f"**{unit}**")
            st.caption(known_for)
            st.markdown(_unit_text(by_unit.get(unit)))
    listing(units, name="各业务主管单位", view=view)


def partners(view: View) -> None:
    """Which organizations work together: a matrix of the homes of leads and partners, then a list of organizations.

    Reads sectors/partners_by_place, sectors/partners.
    """
    note = "行为牵头组织、列为合作组织登记所在地；合作组织分在两地的项目在两格各计1个，不可相加。"
    section("谁与哪里合作", "sectors/partners_by_place", view.params, note=note, base="截至期末已开工")
    homes = view.snapshot.table("sectors/partners_by_place", **view.params)
    matrix(homes, rows="lead_home", over="partner_home", value="projects", name="合作来往", view=view)
    section(
        "合作组织网络", "sectors/partners", view.params, note="同一项目的牵头与合作组织互为合作方。", base="截至期末"
    )
    table = view.snapshot.table("sectors/partners", **view.params)
    listing(table, name="合作组织", view=view, opens="org_id", hide=("org_id",))


def help_types(view: View) -> None:
    """Persons of the year and projects by kind of help, in the order of the data contract.

    Reads sectors/help_types.
    """
    section(
        "扶贫济困、扶老救孤、助学救医，扶智和扶志" if view.snapshot.stage.is_articles else "帮扶类型",
        "sectors/help_types", view.params,
        note=f"人数为当年全部受益对象（{view.say('不限建档立卡')}）的去重人数，同一人可受多类帮扶，各类不可相加，小于10的数已隐去；项目按标签计，可有多个标签。",
        base="年度人数 截至期末项目",
    )  # fmt: skip
    table = view.snapshot.table("sectors/help_types", **view.params)
    persons, projects = st.columns(2, gap="medium")
    with persons:
        people_table(table, column="help_type", name="各帮扶类型惠及人数", view=view)
    with projects:
        bars(
            table, key="help_type", label="help_type", value="projects", unit="个", name="各帮扶类型项目", view=view,
            height=420,
        )  # fmt: skip


def help_ways(view: View) -> None:
    """The share of projects and of money that helps people earn (造血), by year.

    Reads sectors/help_ways.
    """
    section(
        "跳出“给钱送物”：造血与其他帮扶", "sectors/help_ways", view.params,
        note="标有产业帮扶、技能培训、小额信贷之一的项目计为造血，其余为直接款物与服务。"
        "人数在帮扶类型间不可相加，故以年末在实施项目数与当年支出为基数。",
        base="年末项目 年度支出",
    )  # fmt: skip
    table = view.snapshot.table("sectors/help_ways", **view.params)
    kinds = (("projects", "个", "share_rate", "项目"), ("spent_yuan", "元", "spent_rate", "支出"))
    for slot, (value, unit, rate, subject) in zip(st.columns(2, gap="medium"), kinds, strict=True):
        with slot:
            used = table[table[value] > 0]
            pieces(
                used, key="period_label", label="period_label", part="help_way", value=value, unit=unit,
                name=f"造血与其他：{subject}", view=view, is_share=True,
            )  # fmt: skip
            matrix(
                used, rows="help_way", over="period_label", value=rate, unit="%", name=f"造血与其他：{subject}占比",
                view=view,
            )  # fmt: skip


def working_together(table: pd.DataFrame, *, view: View) -> None:
    """Shares of projects with several sources of money and with several organizations, by sector.

    table: sectors/working_together.
    """
    slots = zip(st.columns(2, gap="medium"), ("pooled", "joint"), ("多渠道整合项目占比", "合作项目占比"), strict=True)
    for slot, kind, name in slots:
        with slot:
            bars(table, key="sector", label="sector", value=f"{kind}_rate", unit="%", name=f"各领域{name}", view=view)


def arts(view: View) -> None:
    """Activities of 文艺扶贫: by place, the organizations that hold them, a list.

    Reads sectors/arts_by_place, sectors/arts_organizations, sectors/arts_activities.
    """
    section(
        "文艺扶贫足迹", "sectors/arts_by_place", view.params,
        note="活动类型为“文艺扶贫”的场次，自2018年起累计至期末，按举办地。", base="截至期末 场次",
    )  # fmt: skip
    published_figures(view, ["CAL-09"])
    left, right = st.columns(2, gap="medium")
    with left:
        table = view.snapshot.table("sectors/arts_by_place", **view.params)
        footprint(table, value="activities", unit="场", breaks=[1, 3, 6, 9], name="文艺扶贫足迹", view=view)
    with right:
        table = view.snapshot.table("sectors/arts_organizations", **view.params)
        listing(
            table, name="文艺扶贫组织", view=view, opens="org_id", hide=("org_id", "org_type", "supervising_unit_code")
        )
        table = view.snapshot.table("sectors/arts_activities", **view.params)
        listing(table, name="文艺扶贫活动", view=view, opens="org_id", hide=("org_id", "activity_id"))


def donations(view: View, code: str, *, name: str) -> None:
    """Donors of the programme with this code by year, and the places the money is for. name: of the programme.

    Reads programmes/donors, programmes/places.
    """
    params = view.params | {"programme_code": code}
    section(
        f"{name}：捐赠来源与受益地", "programmes/donors", params,
        note="款物为到账的资金与物资折价，按到账年度、资金来源与捐赠人类型；受益地按流水所列州市、县。",
        base="到账 含物资 截至期末",
    )  # fmt: skip
    published_figures(view, ["CAL-04", "CAL-04-places"])
    left, right = st.columns(2, gap="medium")
    with left:
        table = view.snapshot.table("programmes/donors", **params)
        table = table.assign(donor_type=table.source + "·" + table.donor_type)
        pieces(
            table, key="period_label", label="period_label", part="donor_type", value="received_yuan", unit="元",
            name=f"{name}：捐赠人", view=view,
        )  # fmt: skip
        matrix(
            table, rows="donor_type", over="period_label", value="received_yuan", unit="元",
            name=f"{name}：各年捐赠款物", view=view,
        )  # fmt: skip
    with right:
        table = view.snapshot.table("programmes/places", **params)
        bars(
            table, key="region_code", label="region_name", value="received_yuan", unit="元", name=f"{name}：受益地",
            view=view, height=110 + 22 * len(table),
        )  # fmt: skip


def covered(view: View, code: str, *, name: str) -> None:
    """Prefectures and counties that the programme with this code covers, and what it does there.

    Reads programmes/counties, programmes/places, programmes/contents.
    """
    params = view.params | {"programme_code": code}
    section(
        f"{name}：覆盖县（市）与项目内容", "programmes/counties", params,
        note="“生态环境保护”按行业领域、“社区能源替代”按帮扶类型“能源替代”计；一个项目可有多项内容，不可相加。",
        base="截至期末 已开工",
    )  # fmt: skip
    published_figures(view, ["CAL-05a", "CAL-05b", "CAL-05c"])
    left, right = st.columns([3, 2], gap="medium")
    with left:
        table = view.snapshot.table("programmes/places", **params)
        footprint(table, value="counties", unit="个", breaks=[1, 2, 3, 4], name=f"{name}覆盖的县（市）数", view=view)
    with right:
        table = view.snapshot.table("programmes/counties", **params)
        listing(table, name=f"{name}覆盖县", view=view, opens="region_code", hide=("region_code", "projects"))
        table = view.snapshot.table("programmes/contents", **params)
        listing(table, name=f"{name}：项目内容", view=view)


def footprint(table: pd.DataFrame, *, value: str, unit: str, breaks: list[float], name: str, view: View) -> None:
    """A map of the places reached; bars instead for a county, and where a part belongs to no area of the map.

    value: the column counted, in unit; breaks: of the map's classes.
    """
    drawn = table.assign(value=table[value].astype("float64"), status="观察")
    drawn = drawn[["region_code", "region_name", "value", "status"]]
    has_rest = (drawn[drawn.region_code == view.place].value > 0).any()
    if view.region.level == "county" or has_rest:
        bars(table, key="region_code", label="region_name", value=value, unit=unit, name=name, view=view)
        return
    is_province = view.region.level == "province"
    reached = drawn[drawn.value > 0]
    title = f"{name}（{view.span.label}）：{len(reached)}个{'州（市）' if is_province else '县（市、区）'}"
    figure = maps.choropleth(
        drawn, unit=unit, breaks=breaks, title=title, footnote=view.footnote, height=520,
        prefecture=None if is_province else view.place,
    )  # fmt: skip
    values_text = "、".join(f"{row.region_name}{wording.measure(row.value, unit)}" for row in reached.itertuples())
    show(figure, name=f"map_{name}", alt=f"{title}：{values_text}", on_click=True)
    st.caption(geography.SOURCE_LINE)
    if view.place == geography.DIQING_CODE:
        st.caption(geography.DEQIN_WEIXI_NOTE)
    table_twin(table, name=name, view=view)


def published_figures(view: View, codes: list[str]) -> None:
    """Figures of the article: computed value, the article's words, whether they agree.

    They are always about the whole province at the article's time. Reads definitions/published_figures.
    """
    figures = (
        view.snapshot.table("definitions/published_figures").set_index("figure_code").reindex(codes).dropna(how="all")
    )
    figures_line(dict(zip("全省：" + figures.figure_label, figures.computed, strict=True)))
    for row in figures.itertuples():
        verdict = VERDICT.get(row.holds, "截至日尚早，不能核对")
        st.caption(f"{row.figure_label}：文献写法“{row.published}”，{verdict}。{row.note}。")


def _unit_text(unit) -> str:
    """Projects, organizations and money of a row of sectors/units as markdown; '没有项目' for None."""
    if unit is None:
        return "没有项目"
    return (
        f"在实施项目 **{wording.measure(unit.running_projects, '个')}**  \n"
        f"参与组织 **{wording.measure(unit.organizations, '个')}**  \n"
        f"到账 **{wording.amount(unit.received_yuan)}**  \n"
        f"支出 **{wording.amount(unit.spent_yuan)}**"
    )
