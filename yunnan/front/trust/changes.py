"""The restatement ledger: what changed between two snapshots, real changes and revisions apart."""

import dataclasses

import pandas as pd
import streamlit as st

from yunnan.data import contract
from yunnan.data.two_snapshots import Between, between
from yunnan.data.view import View
from yunnan.drawing.charts import bridge_charts
from yunnan.front.address import choices, navigation
from yunnan.front.kit.clicks import of_rows
from yunnan.front.kit.conclusion import finding
from yunnan.front.kit.grids import grid
from yunnan.front.kit.panels import rows_high, show, styled, table_file, table_twin
from yunnan.front.kit.snapshot_choice import edition, other_snapshot
from yunnan.front.kit.written_tables import shaded
from yunnan.words import columns, palette, wording

PROTECTED = "—（小数保护）"
ITEMS = {
    "funds": "资金",
    "activities": "活动",
    "reported_stats": "统计",
    "projects": "项目",
    "organizations": "组织",
    "policies": "政策文件",
    "targets": "年度目标",
    "programmes": "品牌计划",
    "county_poverty_annual": "贫困人口",
    "code_lists": "代码表",
    "stages": "阶段",
    "office_figures": "公布数",
    "place_traits": "地区名单",
    "pairings": "结对",
    "county_names": "县名",
    "indicator_spans": "指标起止",
}
CAUSES = {
    "": "全部",
    "revised": "修订（补报、更正、撤回）",
    "real": "实际（新发生、新报季度）",
    "updated": "现状更新",
}
OF_CAUSE = {
    "": [],
    "revised": ["补报", "更正", "撤回"],
    "real": ["新发生", "新报季度"],
    "updated": ["更新"],
}
EVENTS = "逐条"
TALLEST = 12  # rows of a list that are visible without scrolling
MOST = 10_000  # changed rows in one file at most
ON_SCREEN = 500  # of these, rows on screen; ten thousand there took 200 MB and a second


def ledger(view: View) -> Between | None:
    """The view's snapshot and a second one that the reader chooses, the older first; None if there is no second one."""
    if (other := other_snapshot(view)) is None:
        return None
    pair = between(view.snapshot, other)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"较早：{edition(pair.then)}　较新：{edition(pair.now)}", width="content")
        params = navigation.params() | {"mode2": "snapshots", "asof2": other.id}
        st.page_link(navigation.COMPARE_PAGE, label="两份快照逐项并列", query_params=params, width="content")
    return pair


def newer(pair: Between, view: View) -> View:
    """The view for the newer snapshot of the two, whose periods and values the page shows."""
    return dataclasses.replace(view, snapshot=pair.now)


def changed_headlines(table: pd.DataFrame, *, view: View) -> None:
    """A sentence, then a card for each headline indicator: value, change, real and revised part.

    table: changes/by_indicator.
    """
    rows = table.set_index("indicator_code", drop=False)
    finding([[_finding(rows, view)]])
    headlines = view.headlines
    for slot, (code, name) in zip(st.columns(len(headlines), gap="small"), headlines.items(), strict=True):
        row = rows.loc[code]
        with slot.container(border=True, height="stretch"):
            change = change_text(row, "change")
            st.metric(
                name, wording.measure(row.new_value, row.unit), delta=None if wording.is_none(row.change) else change,
                delta_color="off" if change == "不变" else "blue" if (row.change or 0) > 0 else "orange",
                delta_arrow=wording.arrow(row.change, 0) if not wording.is_none(row.change) else "off",
            )  # fmt: skip
            st.html(
                f'<div class="facts">实际 {change_text(row, "real_change")}<br>'
                f"修订 {change_text(row, 'revised_change')}<br>"
                f"{row.split_rule}拆分</div>"
            )


def changed_indicators(table: pd.DataFrame, *, view: View, part_of_one: str) -> None:
    """All indicators, one row each: older and newer value, change, real and revised part; a button chooses one.

    table: changes/by_indicator. part_of_one: the part of the page that shows one indicator.
    """
    rows = list(table.itertuples())
    display = pd.DataFrame(
        {
            columns.label("indicator_code"): table.indicator_code,
            columns.label("indicator_name"): table.indicator_name,
            "较早快照": [_old(row) for row in rows],
            "较新快照": [wording.measure(row.new_value, row.unit) for row in rows],
            columns.label("change"): [change_text(row, "change") for row in rows],
            columns.label("real_change"): [change_text(row, "real_change") for row in rows],
            columns.label("revised_change"): [change_text(row, "revised_change") for row in rows],
            columns.label("split_rule"): table.split_rule,
            columns.label("split_note"): table.split_note,
        }
    )
    marked = [palette.cell(palette.NEAR) if _is_revised(row) else "" for row in rows]
    colours = pd.DataFrame("", index=display.index, columns=display.columns)
    colours[columns.label("revised_change")] = marked
    key = "changed_indicators"

    def open_one(code: str) -> None:
        navigation.keep_all({"indicator": code, "part": part_of_one})  # one step of the browser's Back

    doors = of_rows(list(table.indicator_code), open_one)
    grid(
        shaded(doors.beside(display), doors.beside(colours, fill="")),
        hide_index=True, height=rows_high(len(display)), key=key, doors=doors,
        column_config={columns.label("indicator_name"): st.column_config.Column(width=235)},
        alt="各项指标的变化：实际与修订",
    )  # fmt: skip
    st.caption("黄底为有修订。点“打开”看该项的构成。实际与修订相加恒等于变化；比率之差以百分点计。")
    table_twin(table, name="变动账", view=view, is_of_place=True)


def chosen_change(table: pd.DataFrame) -> pd.Series:
    """The row of changes/by_indicator of the chosen indicator. Draws the choice."""
    rows = table.set_index("indicator_code", drop=False)
    label_of = (rows.indicator_code + " " + rows.indicator_name).__getitem__
    return rows.loc[choices.choose("indicator", "看哪一项", list(rows.index), "P1-08", label_of=label_of, width=460)]


def bridge(row: pd.Series, causes: pd.DataFrame, *, view: View) -> None:
    """A chart from the older to the newer value: by cause if the indicator adds up events, else real and revised.

    row: of changes/by_indicator; causes: changes/by_cause.
    """
    if wording.is_none(row.change) or wording.is_none(row.real_change):
        st.info(f"{row.indicator_name}：{_why(row)}，不画变化的构成。", icon=":material/info:")
        return
    if row.split_rule == EVENTS:
        steps = [(f"{c.cause}（{wording.fixed(c.items)}条）", c.change, "relative") for c in causes.itertuples()]
    else:
        steps = [("实际变化", row.real_change, "relative"), ("修订", row.revised_change, "relative")]
    ends = [("较早快照", row.old_value, "absolute")], [("较新快照", row.new_value, "absolute")]
    drawn = pd.DataFrame([*ends[0], *steps, *ends[1]], columns=["label", "value", "kind"])
    title = f"{row.indicator_name}：从较早到较新（{view.region.short_name}，{view.span.label}）"
    figure = bridge_charts.bridge(
        drawn, unit=row.unit, title=title, footnote=view.footnote, label="label", value="value", kind="kind"
    )
    spoken = "、".join(f"{label}{wording.moved(value, row.unit)}" for label, value, _ in steps)
    show(figure, name="bridge", alt=f"{title}：{spoken or '没有变化'}")


def contributors(row: pd.Series, places: pd.DataFrame, files: pd.DataFrame, *, view: View) -> None:
    """The change by prefecture, and by return file if the indicator adds up events.

    row: of changes/by_indicator; places: changes/by_place; files: changes/by_file.
    """
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**州市**（含省本级，变化大的在前）")
        _contributors(row, places, "region_name", "变化的州市构成", view)
    with right:
        st.markdown("**报表**（变化大的在前）")
        if row.split_rule == EVENTS:
            _contributors(row, files, "source_file", "变化的报表构成", view)
            st.caption("更正、撤回的计在原来所在的报表，补报、新发生的计在带来它的报表。")
        else:
            st.caption(f"{row.indicator_name}由重算拆分，不能分到单份报表；涉及的报表见下方各表的行。")


def changed_tables(table: pd.DataFrame, *, view: View) -> None:
    """Numbers of rows new, withdrawn, corrected and updated in each table; for people only numbers of returns.

    table: changes/by_table.
    """
    grid(
        styled(table), hide_index=True, height=rows_high(len(table)), key="changed_tables", placeholder=wording.NONE,
        alt="各表变动的行数",
    )  # fmt: skip
    st.caption(
        "受益记录从不逐行打开，只列报表份数。来源文件与行号的变化不算内容变化。组织、项目是现状表：截至日不同时，"
        "内容不同为更新（新的现状），截至日相同才是更正。"
    )
    table_twin(table, name="各表变动", view=view)


def changed_rows(pair: Between, *, view: View) -> None:
    """The changed rows of a chosen table and cause: old and new value, file and line of both. Reads changes/rows."""
    left, right = st.columns([2, 3], gap="small", vertical_alignment="bottom")
    with left:
        table = choices.choose("items", "哪张表", list(ITEMS), "funds", label_of=ITEMS.__getitem__)
    with right:
        cause = choices.choose("cause", "哪些变动", list(CAUSES), "", label_of=CAUSES.__getitem__)
    params = {"table": table, "place": view.place, "causes": tuple(OF_CAUSE[cause]), "most": MOST}
    rows = pair.table("changes/rows", **params)
    if rows.empty:
        st.caption(f"{ITEMS[table]}：{view.region.short_name}没有这样的变动。")
        return
    rows = rows.assign(column_name=rows.column_name.map(_field_names(), na_action="ignore"))
    grid(
        styled(rows.head(ON_SCREEN)), hide_index=True, height=rows_high(min(len(rows), TALLEST)), key="changed_rows",
        placeholder=wording.NONE, alt="变动的行",
    )  # fmt: skip
    more = f"超过{MOST:,}行，只取编号在前的{MOST:,}行，请选地区或变动类别缩小。" if len(rows) == MOST else ""
    more += f"屏幕上列前{ON_SCREEN:,}行，文件里是全部{len(rows):,}行。" if len(rows) > ON_SCREEN else ""
    st.caption(
        f"{ITEMS[table]}：{len(rows):,}行。更正与更新一个字段一行；新增与撤回一条记录一行。捐赠人名称不列。{more}"
    )
    table_file(rows, name=f"{ITEMS[table]}变动明细", view=view, is_of_place=True)


def _field_names() -> dict[str, str]:
    """{column of the data contract: its name in Chinese}."""
    fields = contract.dictionary().drop_duplicates("column_name")
    meanings = dict(zip(fields.column_name, fields.comment.str.split("[；;]").str[0], strict=True))
    return {
        name: columns.COLUMNS[name].label if name in columns.COLUMNS else meaning for name, meaning in meanings.items()
    }


def change_text(row, part: str) -> str:
    """'+900万元', '不变'; '—' without a value, '—（小数保护）' if it would reveal a few people.

    part: the column, change, real_change or revised_change.
    """
    value = getattr(row, part)
    if not wording.is_none(value):
        return wording.moved(value, row.unit)
    return PROTECTED if row.split_note == "小数保护" else wording.NONE


def _old(row) -> str:
    if wording.is_none(row.old_value):
        return PROTECTED if row.split_note == "小数保护" else wording.NONE
    return wording.measure(row.old_value, row.unit)


def _why(row) -> str:
    return "人数已作小数保护" if row.split_note == "小数保护" else row.split_note or "没有可比的值"


def _is_revised(row) -> bool:
    return not wording.is_none(row.revised_change) and abs(row.revised_change) > 1e-8


def _finding(rows: pd.DataFrame, view: View) -> str:
    revised = sum(_is_revised(row) for row in rows.itertuples())
    headlines = view.headlines
    parts = [
        f"{name}{change_text(row, 'change')}"
        f"（实际{change_text(row, 'real_change')}、修订{change_text(row, 'revised_change')}）"
        for code, name in headlines.items()
        for row in [rows.loc[code]]
        if not wording.is_none(row.change) and abs(row.change) > 1e-8
    ]
    return (
        f"{view.region.place_name}{view.span.label}：{len(rows)}项指标中{revised}项有修订；"
        f"{'；'.join(parts) if parts else f'{wording.numeral(len(headlines))}项主要数字都没有可说的变化'}。"
    )


def _contributors(row: pd.Series, table: pd.DataFrame, name: str, title: str, view: View) -> None:
    moved = table[table.change.fillna(0).abs() > 1e-8]
    if moved.empty:
        st.caption("人数之差不分州市给出。" if row.split_note == "小数保护" or row.unit in "人户" else "没有变化。")
        return
    parts = ("change", "real_change", "revised_change")
    display = pd.DataFrame(
        {
            columns.label(name): moved[name],
            **{columns.label(p): [wording.moved(v, row.unit) for v in moved[p]] for p in parts},
        }
    )
    grid(display, hide_index=True, height=rows_high(min(len(display), 8)), key=f"contributors_{name}", alt=title)
    table_twin(table, name=title, view=view)
