"""A list of records: search, facets with counts, chips, sums, table, files, all for one selection in the URL."""

import math
from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from yunnan.access import viewer
from yunnan.data import record_selection
from yunnan.data.record_selection import Selection
from yunnan.data.view import View
from yunnan.front.address import appearance, choices, entry, navigation
from yunnan.front.address.widget_values import put, when_changed
from yunnan.front.kit.clicks import Doors
from yunnan.front.kit.grids import grid
from yunnan.front.kit.page_frame import head
from yunnan.front.kit.panels import rows_high, styled
from yunnan.front.records import record_facets
from yunnan.front.records.facet_chart import spread
from yunnan.words import columns, wording

PAGE_SIZE = 50
ROWS_SHOWN = 16  # rows of a page that are visible without scrolling
PLACE_COLUMNS = ("county_code", "prefecture_code", "region_code")  # the smallest place first
SETS = {record_selection.REPORT: "汇报版", record_selection.ALL: "全字段", "own": "自选"}


def record_list(view: View, table: str) -> None:
    """The whole page of one table; its parts and its files agree, because all run one query with one WHERE clause."""
    selection = choices.selection(table, view.place)
    snapshot, params = view.snapshot, selection.params
    names = dict(snapshot.table("frame/names").itertuples(index=False, name=None))
    total = snapshot.total(selection.query, selection.sums, **params)

    head(record_selection.title_of(table), view, has_period=False)
    if table == "beneficiaries":
        st.caption(
            "受益只到分组，从不列到人：每行是一个已作小数保护的分组。小于10的数及可由减法推得的数已隐去；"
            "人数在月份、项目、帮扶类型之间不可相加，因此没有合计。"
        )
    look = appearance.look()
    if look.is_narrow or look.is_screen:  # below each other, or in large letters, the controls would fill the screen
        with st.expander("搜索、排序、列、第几页", icon=":material/tune:", key=f"controls_{table}"):
            page = _controls(selection, total.rows)
    else:
        page = _controls(selection, total.rows)
    record_facets.facets(view, selection, names)
    record_facets.chips(selection, names)
    _summary(selection, total, view)
    _table(view, selection, total.rows, page)
    _files(view, selection, total.rows)
    if table != "beneficiaries":  # its rows are groups, whose number means nothing
        spread(view, selection, names)


def _controls(selection: Selection, rows: int) -> int:
    """One row: search, order, columns, page; below it the reader's own columns. Returns the page."""
    sortable = [name for name in record_selection.showable(selection.table) if name in _in_use(selection)]
    pages = max(1, math.ceil(rows / PAGE_SIZE))
    search, order, columns_shown, last = st.columns([4, 2, 2.4, 1.2], gap="small", vertical_alignment="bottom")
    with search:
        _search(selection)
    with order:
        _sorting(selection, sortable)
    with columns_shown:
        _column_set(selection)
    with last:
        page = choices.page_number(f"page_{selection.table}", pages)
    if selection.column_set not in (record_selection.REPORT, record_selection.ALL):
        _own_columns(selection)
    return page


def _search(selection: Selection) -> None:
    key = f"search_{selection.table}"
    put(key, selection.search)
    st.text_input(
        "搜索",
        key=key,
        max_chars=record_selection.LONGEST_SEARCH,
        placeholder=record_selection.searched(selection.table),
        on_change=when_changed(key, lambda text: choices.save(selection, search=text)),
    )


def _summary(selection: Selection, total, view: View) -> None:
    parts = {
        stage: view.snapshot.total(part.query, part.sums, **part.params)
        for stage, part in record_selection.summable(selection)
    }
    sums = [
        f"{stage or columns.label(name).partition('（')[0]} <b>{escape(_sum(name, getattr(part, name)))}</b>"
        for stage, part in parts.items()
        for name in selection.sums
        if part.rows or not stage
    ]
    texts = [f"共 <b>{total.rows:,}</b> 行", *sums, f"数据截至 {wording.day(view.snapshot.asof)}"]
    st.html(f'<div class="finding"><span class="sums">{"　".join(texts)}</span></div>')


def _sum(name: str, value) -> str:
    value = 0 if wording.is_none(value) else value  # nothing to add up
    if name == "participants":
        return wording.people(value, "人次")
    return f"{wording.amount(value)}（{wording.fixed(value, 2)}元）"


def _table(view: View, selection: Selection, rows: int, page: int) -> None:
    if not rows:
        st.info("没有符合筛选条件的记录。请去掉一些筛选。", icon=":material/info:")
        return
    table = view.snapshot.page(
        selection.query, size=PAGE_SIZE, start=(page - 1) * PAGE_SIZE, order=selection.order, **selection.params
    )
    key = f"records_{selection.table}"
    doors = _doors(table)
    display = _with_dashes(table[list(selection.columns)])
    grid(
        styled(doors.beside(display) if doors else display),
        hide_index=True,
        key=key,
        placeholder="已隐去" if selection.table == "beneficiaries" else wording.NONE,
        height=rows_high(min(len(table), ROWS_SHOWN)),
        doors=doors,
        alt=f"{record_selection.title_of(selection.table)}记录，第{page}页",
    )
    if doors:
        st.caption("点“打开”看该行的项目、组织或地区；单元格可以选中、复制。")


def _with_dashes(table: pd.DataFrame) -> pd.DataFrame:
    """The table with '—' for missing texts; missing numbers and dates stay empty."""
    texts = table.select_dtypes(["object", "string"]).columns
    return table.assign(**{name: table[name].fillna(wording.NONE) for name in texts})


def _in_use(selection: Selection) -> set[str]:
    return {*selection.columns, selection.order.removeprefix("-")}


def _sorting(selection: Selection, sortable: Sequence[str]) -> None:
    key = f"sort_{selection.table}"
    options = ["", *(f"{sign}{name}" for name in sortable for sign in ("-", ""))]
    put(key, selection.order if selection.order in options else "")

    def label_of(order: str) -> str:
        arrow = "↓" if order.startswith("-") else "↑"
        return f"{columns.label(order.removeprefix('-'))} {arrow}" if order else "默认次序"

    chosen = when_changed(key, lambda order: choices.save(selection, sort=order))
    st.selectbox("排序", options, key=key, format_func=label_of, on_change=chosen)


def _column_set(selection: Selection) -> None:
    key = f"columns_{selection.table}"
    put(key, selection.column_set if selection.column_set in SETS else "own")

    def choose(chosen: str | None) -> None:
        named = chosen or record_selection.REPORT
        choices.save(selection, columns=",".join(selection.columns) if named == "own" else named)

    st.segmented_control("列", list(SETS), key=key, format_func=SETS.__getitem__, on_change=when_changed(key, choose))


def _own_columns(selection: Selection) -> None:
    key = f"own_{selection.table}"
    put(key, list(selection.columns))
    st.multiselect(
        "自选列",
        record_selection.showable(selection.table),
        key=key,
        format_func=columns.label,
        on_change=when_changed(
            key, lambda chosen: choices.save(selection, columns=",".join(chosen) or record_selection.REPORT)
        ),
    )


def _files(view: View, selection: Selection, rows: int) -> None:
    if not view.may_take("rows"):
        if not viewer.is_bare():  # then the masthead says that there are no files
            st.caption("您的权限不含导出明细。需要的，请向管理员申请。")
        return
    params = {
        "asof": view.snapshot.id,
        "place": selection.place,
        **selection.address(),
        "from": navigation.base_address(),
    }
    links = {
        f"下载 CSV（将导出 {rows:,} 行）": ("csv", {}),
        "下载 Excel（含说明与字段）": ("xlsx", {}),
        "CSV＋说明＋字段（zip）": ("zip", {}),
        "CSV（GB18030 编码）": ("csv", {"encoding": "gb18030"}),
    }

    def signed(kind: str, more: dict[str, str]) -> dict[str, str]:
        return entry.signed(f"export/{selection.table}.{kind}", params | more)

    links_html = "".join(
        f'<a class="file" href="./export/{selection.table}.{kind}?{escape(urlencode(signed(kind, more)))}">'
        f"{escape(label)}</a>"
        for label, (kind, more) in links.items()
    )
    st.html(f'<div class="files">{links_html}</div>')
    st.caption("导出的正是以上筛选的全部行与所选的列；每次导出记入日志。同一网址、同一快照，再次导出的文件逐字节相同。")


def _doors(table: pd.DataFrame) -> Doors | None:
    """What each row opens: its project, its organization, its place; None for a table without any of them."""
    kinds = {"项目": ("project_id",), "组织": ("org_id", "lead_org_id"), "地区": PLACE_COLUMNS}

    def ways(row) -> dict[str, str]:
        first = {kind: next((row[n] for n in names if _is_code(row.get(n))), None) for kind, names in kinds.items()}
        return {kind: code for kind, code in first.items() if code and code != navigation.PROVINCE}

    every = [ways(row) for row in table.to_dict("records")]
    return Doors(every) if any(every) else None


def _is_code(value: object) -> bool:
    return isinstance(value, str) and value != ""
