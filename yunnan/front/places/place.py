"""The parts of the page of one place, besides cards and maps."""

from collections.abc import Iterable
from html import escape

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.charts import compositions
from yunnan.front.address import appearance, navigation
from yunnan.front.kit.grids import grid
from yunnan.front.kit.panels import rows_high, show, table_twin
from yunnan.front.kit.place_parts import doubt, evidence_link
from yunnan.front.kit.written_tables import shaded
from yunnan.words import palette, wording

STAGES = {"approved_yuan": "获批", "received_yuan": "到账", "spent_yuan": "支出"}
FEW = "（不足10行的受益报表，行数已隐去，不计入）"
REPORTED = {
    "按时": ("● 按时", palette.MET),
    "迟报": ("▲ 迟{}天", palette.NEAR),
    "补录": ("◇ 补录", palette.NOT_DUE),
    "补报": ("◇ 补报", palette.NOT_DUE),
    "另报": ("◇ 另报", palette.NOT_DUE),
    "不应报": ("— 不应报", palette.NOT_DUE),
    "未收到": ("○ 未收到", palette.NOT_DUE),
}


def place_links(view: View, *, page: str = navigation.PLACE_PAGE) -> None:
    """Buttons for the prefectures, for a reader who has not chosen a place; each opens page for it."""
    st.info("请选择一个州市：点击下面的名称，或在页面上方的“地区”中选择。", icon=":material/info:")
    buttons(view.places[view.places.level == "prefecture"], page)


def buttons(places: pd.DataFrame, page: str) -> None:
    """A button for each place, which opens page for it."""
    with st.grid(columns="auto", min_column_width=round(180 * appearance.look().rem / 16)):
        for row in places.itertuples():
            st.button(
                row.place_name.partition("（")[0],
                key=f"open_{row.place}",
                on_click=navigation.open_page,
                args=(page,),
                kwargs={"place": row.place},
                width="stretch",
            )


def place_steps(view: View) -> list[tuple[str, str, dict[str, str]]]:
    """The steps of entity.trail() to the view's place: 全省, the prefecture, the county."""
    names = dict(zip(view.places.place, view.places.short_name, strict=True))
    steps = [("全省", navigation.FRONT_PAGE, navigation.PROVINCE)]
    steps.append((names[view.region.prefecture_code], navigation.PLACE_PAGE, view.region.prefecture_code))
    if view.region.level == "county":
        steps.append((names[view.place], navigation.COUNTY_PAGE, view.place))
    return [(label, page, {"place": code}) for label, page, code in steps]


def county_is_chosen(view: View) -> None:
    """On a prefecture's page, if a county is chosen: a line that says so, with a link to the county."""
    if view.region.level == "county":
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"所选地区为{view.region.short_name}；本页为它所在的州市。", width="content")
            st.page_link(
                navigation.COUNTY_PAGE,
                label=f"打开{view.region.short_name}",
                query_params=navigation.params(),
                width="content",
            )


def own_lists(view: View) -> list[str]:
    """The office's lists that the place, or a county of it, is on and that no figure speaks of; whom it is paired with.

    Reads places/traits, places/pairings.
    """
    lists = view.snapshot.table("places/traits", **view.params)
    pairs = view.snapshot.table("places/pairings", **view.params)
    is_county = view.region.level == "county"
    others = lists[lists.counts_as.isna()]
    return [
        *(row.trait if is_county else f"{row.trait}{row.places}个" for row in others.itertuples()),
        *(f"{row.pairing_kind}：{row.partners_named}" for row in pairs.itertuples()),
    ]


def place_profile(profile, view: View) -> None:
    """The prefecture's traits in one line, with caveats. profile: places/profile."""
    traits = [
        view.say("三区三州") if profile.is_sqsz else "",
        f"常住人口{wording.people(profile.population)}（2020年普查）",
        f"人口规模：{profile.size_class}",
        f"{profile.counties}个县（市、区）",
        view.say(f"贫困县{profile.poverty_counties}个")
        if profile.poverty_counties or view.snapshot.stage.is_articles
        else "",
        view.say(f"深度贫困县{profile.deep_poverty_counties}个{doubt(view)}") if profile.deep_poverty_counties else "",
        f"边境县{profile.border_counties}个" if profile.border_counties else "",
        f"民族自治县{profile.autonomous_counties}个" if profile.autonomous_counties else "",
        f"{profile.poor_year}年末{view.say('未脱贫建档立卡人口')}{wording.people(profile.poor_population)}"
        if not wording.is_none(profile.poor_year)
        else "",
    ]
    traits += own_lists(view)
    facts_line(traits)


def facts_line(traits: Iterable[str]) -> None:
    """What a place is, in one line; a fact is not broken where it fits."""
    facts = " ".join(f'<span class="fact">{escape(trait)}</span>' for trait in traits if trait)
    st.html(f'<div class="facts">{facts}</div>')


def place_money(by_source: pd.DataFrame, *, view: View) -> None:
    """Money by stage and source: one stacked bar for each stage, table, link to the single rows.

    by_source: funds/by_source.
    """
    name = "资金来源与环节"
    if by_source.empty:
        st.caption(f"{name}：本报告期、本地区没有记录。")
        return
    long = by_source.melt("source", list(STAGES), "stage", "amount_yuan").replace({"stage": STAGES})
    title = f"{name}（{view.span.label}）"
    figure = compositions.stacked(
        long, unit="元", title=title, footnote=view.footnote, keys="stage", label="stage", part="source",
        value="amount_yuan", height=300,
    )  # fmt: skip
    totals_text = "、".join(f"{label}{wording.amount(by_source[column].sum())}" for column, label in STAGES.items())
    show(figure, name="place_money", alt=f"{title}：{totals_text}")
    st.caption(f"合计：{totals_text}；到账中物资折价{wording.amount(by_source.received_goods_yuan.sum())}。")
    table_twin(by_source, name="资金来源", view=view, is_of_place=True)
    evidence_link("P1-08", view.place, f"到账{wording.amount(by_source.received_yuan.sum())}的逐笔明细")


def place_returns(table: pd.DataFrame, *, view: View, name: str) -> None:
    """The returns of the place's prefecture: totals in words, a table of kind by quarter. table: places/returns."""
    if table.empty:
        st.caption(f"{name}：截至期末没有应报的季度。")
        return
    missing = sum((table.report_status == "未收到").groupby(table.period).all())
    late = int((table.report_status == "迟报").sum())
    hides = (table.rows_in.isna() & ~table.report_status.isin(["未收到", "不应报"])).any()
    due = table[~table.report_status.isin(["补报", "另报", "不应报"])]
    backfilled = int((table.report_status == "补报").sum())
    more = f"，起报期以前补报 **{backfilled}** 份（迟报不适用）" if backfilled else ""
    unowed = int((table.report_status == "另报").sum())
    more += f"，不应报的单位另报 **{unowed}** 份（不算迟）" if unowed else ""
    st.markdown(
        f"应报 **{due.period.nunique()}** 个季度，整季未报 **{missing}** 个，迟报 **{late}** 份{more}；"
        f"收到 {wording.fixed(table.rows_in.sum())} 行，其中警告 {wording.fixed(table.rows_warn.sum())} 行，"
        f"拒收 {wording.fixed(table.rows_reject.sum())} 行{FEW if hides else ''}。"
    )
    texts = [
        REPORTED[status][0].format(days) for status, days in zip(table.report_status, table.days_late, strict=True)
    ]
    cells = table.assign(text=texts)
    kinds = list(dict.fromkeys(table.return_name))
    wide = cells.pivot(index="return_name", columns="period", values="text").loc[kinds]
    shades = table.pivot(index="return_name", columns="period", values="report_status").loc[kinds]
    colours = shades.map(lambda status: palette.cell(REPORTED[status][1]))
    grid(
        shaded(wide, colours),
        height=rows_high(len(wide)),
        key="place_returns",
        column_config={"_index": st.column_config.Column("报表", pinned=True)},
        alt=name,
    )
    table_twin(table, name=name, view=view, is_of_place=True)
