"""The parts of the pages of one project and of one organization."""

import functools
import math
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.charts import bar_charts, compositions
from yunnan.front.address import entry, navigation
from yunnan.front.kit.clicks import of_rows
from yunnan.front.kit.grids import grid
from yunnan.front.kit.page_frame import head
from yunnan.front.kit.panels import rows_high, show, styled, table_twin
from yunnan.front.kit.sections import figures_line, listing, matrix, pieces
from yunnan.front.places.place import place_steps
from yunnan.words import columns, wording

PAGE_SIZE = 50
MOST = 200  # rows of the list from which a project or organization is chosen
NOT_IN_ARTICLE = "文献未载"
SYNC_TEXTS = {True: "✓ 已同步", False: "▲ 未同步"}


def trail(view: View, steps: list[tuple[str, str, dict[str, str]]]) -> None:
    """A row of links that leads to this page, each step (label, page, parameters); page '' is the current page."""
    carried = navigation.params() | {"asof": view.snapshot.id, "period": view.period}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="trail"):
        for nr, (label, page, url) in enumerate(steps):
            if nr:
                st.text("›", width="content")
            if page:
                st.page_link(page, label=wording.literal(label), query_params=carried | url, width="content")
            else:
                st.text(label, width="content")


def item_head(view: View, name: str, place: str, *, kind: str, choice: str) -> None:
    """The top of the page of a project or organization: title, row of links, button back to the list, note on time.

    place: its code; kind: '项目' or '组织'; choice: the parameter of the URL that names it.
    """
    head(name, view, has_period=False)
    top = [("全省", navigation.FRONT_PAGE, {"place": navigation.PROVINCE})]
    is_place = place != navigation.PROVINCE and place in set(view.places.place)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        trail(view, [*(place_steps(view.at(place)) if is_place else top), (name, "", {})])
        st.button(
            f"返回{kind}清单",
            icon=":material/list:",
            type="tertiary",
            key="back_to_list",
            on_click=navigation.drop,
            args=(choice, "part"),
        )
    st.caption(
        f"本页按全周期展示：截至{wording.day(view.snapshot.asof)}的全部记录，不受报告期“{view.span.label}”限制；"
        "金额为资金与物资折价的净额，红冲已冲减。"
    )


def unknown_code(view: View, code: str, kind: str) -> None:
    """A warning that the snapshot has no project or organization (kind) with the code in the URL."""
    quoted = " ".join(code.replace("`", "").split())  # as code: no link, no picture from afar
    st.warning(
        f"截至{wording.day(view.snapshot.asof)}的快照里没有编号为“`{quoted}`”的{kind}，请从下面的清单中选择。",
        icon=":material/warning:",
    )


@dataclass(frozen=True)
class LifeView(View):
    """A view over all the time of one item: for titles of charts and, with its code, names of files."""

    @functools.cached_property
    def span(self):
        """A row like that of frame/periods, called 全周期."""
        newest = next(self.periods.itertuples(index=False))
        return newest._replace(period=self.period, label="全周期")


def over_life(view: View, code: str) -> LifeView:
    """The view's place over all the time of the item with this code."""
    return LifeView(view.snapshot, f"{code}_全周期", view.place)


def facts(groups: dict[str, dict[str, str]]) -> None:
    """Cards side by side. groups: {title of a card: {label: value}}."""
    for slot, (title, values) in zip(st.columns(len(groups), gap="small"), groups.items(), strict=True):
        lines = "<br>".join(f"{escape(k)}　<b>{escape(v)}</b>" for k, v in values.items())
        with slot.container(border=True, height="stretch", gap="xsmall"):
            st.markdown(f"**{title}**")
            st.html(f'<div class="facts">{lines}</div>')


def project_facts(card) -> None:
    """The facts of one project on cards, as last reported. card: project/card."""
    facts(
        {
            "项目": {
                "编号": card.project_id,
                **_written(card, "project_status", "sector", "programme_name", "supervising_unit_code"),
                "典型案例": "★ 是" if card.is_model_case else "否",
            },
            "组织与资源": {
                "牵头组织": columns.written("org_name", card.org_name),
                **_written(card, "cross_province", "resource_types", "aid_types", "place_name"),
            },
            "时间与出处": _written(
                card, "posted_date", "start_date", "planned_end_date", "actual_end_date", "source_file", "source_row"
            ),
        }
    )


def organization_facts(card, view: View) -> None:
    """The facts of one organization on cards: registration, Party coverage, inspection, rating, qualifications.

    Of an organization named in the article only the name is known; other required values are shown as 文献未载.
    card: organization/card.
    """
    if card.is_seed_named:
        code = "；统一社会信用代码为演示代码" if view.snapshot.is_synthetic else ""
        st.caption(f"文献点名的组织：文献只有名称，其余登记事项文献未载{code}。")
    sync = ("sync_registration", "sync_inspection", "sync_rating")
    groups = {
        "登记": {
            "编号": card.org_id,
            **({} if wording.is_none(card.former_names) else _written(card, "former_names")),
            **_written(card, "uscc", "org_type", "reg_level", "authority_name", "place_name"),
            **_written(card, "supervising_unit_code", "activity_field", "registered_date", "org_status"),
            **({} if wording.is_none(card.deregistered_date) else _written(card, "deregistered_date")),
            **_written(card, "staff_count", "is_social_work_org"),
        },
        "党建": {
            **_written(card, "party_cover_mode", "party_cover_date", "party_work_date"),
            **_written(card, "branch_standardized_date", "party_member_count"),
            **{f"三同步·{columns.label(name)}": _sync(getattr(card, name)) for name in sync},
            **_written(card, "publicity_occasion", "publicity_date"),
        },
        "年检、评估与资格": {
            **_written(card, "inspection_year", "inspection_result", "rating", "rating_date", "charity_date"),
            **_written(card, "public_fundraising_date", "tax_deduction_years", "tax_deduction_level"),
            **_written(card, "source_file", "source_row"),
        },
    }
    if card.is_seed_named:
        groups["登记"][columns.label("registered_date")] = NOT_IN_ARTICLE
        groups["党建"] = dict.fromkeys(groups["党建"], NOT_IN_ARTICLE)
        groups["年检、评估与资格"][columns.label("rating")] = NOT_IN_ARTICLE
    facts(groups)


def project_money(card, steps: pd.DataFrame, *, view: View) -> None:
    """Need, approved, received and spent side by side, and warnings where a later amount exceeds an earlier one.

    card: project/card; steps: project/conservation.
    """
    figures_line(
        {
            "需求": wording.amount(card.need_amount_yuan),
            "获批（登记）": wording.amount(card.approved_yuan),
            "到账": wording.amount(card.received_yuan),
            "支出": wording.amount(card.spent_yuan),
        }
    )
    held, broken = steps[steps.is_kept], steps[~steps.is_kept]
    for row in broken.itertuples():
        st.warning(
            f"▲ “{row.step}”不成立：前者{wording.fixed(row.upper_yuan, 2)}元，"
            f"后者{wording.fixed(row.lower_yuan, 2)}元，"
            f"超出{wording.fixed(row.over_yuan, 2)}元，请核对流水。"
        )
    kept = [
        f"{row.step}（{wording.amount(row.upper_yuan)}，{wording.amount(row.lower_yuan)}）" for row in held.itertuples()
    ]
    if kept:
        st.caption("✓ 守恒　" + "；".join(kept) + "。")
    if len(steps):
        table_twin(steps, name="守恒核对", view=view)


def money_pieces(table: pd.DataFrame, *, part: str, name: str, view: View) -> None:
    """One stacked bar for each stage, its parts the values of column part; table and file below."""
    if not _is_empty(table, name):
        pieces(table, key="stage", label="stage", part=part, value="amount_yuan", unit="元", name=name, view=view)


def dates(table: pd.DataFrame, *, name: str, view: View) -> None:
    """The dates of a project on a time line, each in a lane of its own; table and file below. table: project/dates."""
    if _is_empty(table, name):
        return
    events = table.assign(lane=table.project_event, text=table.event_date.map(wording.day))
    figure = compositions.timeline(
        events,
        title=name,
        footnote=view.footnote,
        when="event_date",
        what="text",
        lane="lane",
        height=120 + 38 * len(table),
    )
    values_text = "；".join(f"{day}{event}" for day, event in zip(events.text, events.lane, strict=True))
    show(figure, name=f"timeline_{name}", alt=f"{name}：{values_text}")
    table_twin(table, name=name, view=view)


def reached(table: pd.DataFrame, *, name: str, view: View) -> None:
    """Persons by kind of help, rounded to 10: bars, table and file. A hidden count is a text, not a bar."""
    if _is_empty(table, name):
        return
    drawn = pd.DataFrame(
        {
            "region_code": "",
            "region_name": table.help_type,
            "value": table.persons.astype("float64"),
            "status": table.is_hidden.map({True: "已隐去", False: "观察"}),
        }
    )
    title = f"{name}（按10取整）"
    bars = bar_charts.ranking(drawn, unit="人", title=title, footnote=view.footnote, height=110 + 30 * len(drawn))
    values_text = "、".join(
        wording.named_value(row.region_name, row.value, "人", row.status) for row in drawn.itertuples()
    )
    show(bars, name=f"bars_{name}", alt=f"{title}：{values_text}")
    table_twin(table, name=name, view=view)


def kept_list(table: pd.DataFrame, *, name: str, view: View, opens: str = "") -> None:
    """A list as in sections.listing(), or a line that there are no records."""
    if not _is_empty(table, name):
        listing(table, name=name, view=view, opens=opens)


def first_rows(view: View, query: str, params: dict, *, name: str, opens: str) -> None:
    """The first MOST rows of a query as a list, and a line with the number of all rows. params: of the query."""
    total = view.snapshot.total(query, (), **params).rows
    listing(view.snapshot.page(query, size=MOST, **params), name=name, view=view, opens=opens)
    if total > MOST:
        st.caption(f"共{total:,}个，只列前{MOST}个；其余见“明细”栏目，或先选一个州市、县。")


def activity_matrix(table: pd.DataFrame, *, name: str, view: View) -> None:
    """Two matrices by type and year: activities, and person-times at them; tables and files below."""
    if _is_empty(table, name):
        return
    left, right = st.columns(2, gap="medium")
    with left:
        matrix(table, rows="activity_type", over="year", value="activities", unit="场", name=f"{name}场次", view=view)
    with right:
        matrix(
            table, rows="activity_type", over="year", value="participants", unit="人次", name=f"{name}人次", view=view
        )


@entry.fragment
def entries(view: View, query: str, params: dict, *, name: str, opens: str) -> None:
    """Every fund row of one project or organization, a page at a time, with its source. params: of the query."""
    total = view.snapshot.total(query, (), **params).rows
    if not total:
        st.caption(f"{name}：没有记录。")
        return
    pages = math.ceil(total / PAGE_SIZE)
    page = (
        int(st.number_input(f"第几页（共{pages}页）", 1, pages, 1, key=f"page_{name}", width=180)) if pages > 1 else 1
    )
    rows = view.snapshot.page(query, size=PAGE_SIZE, start=(page - 1) * PAGE_SIZE, **params)
    key = f"rows_{name}"
    doors = of_rows(list(rows[opens]))
    grid(
        styled(doors.beside(rows.drop(columns=opens))),
        hide_index=True,
        height=rows_high(min(len(rows), 12)),
        key=key,
        doors=doors,
        placeholder=wording.NONE,
        alt=name,
    )
    st.caption(f"{name}：共{total:,}笔。“来源文件”“来源行”即报送该笔的报表与行号；点“打开”看该项。")


def _written(card, *names: str) -> dict[str, str]:
    """{label: value in words} of these columns of a row."""
    return {columns.label(name): columns.written(name, getattr(card, name)) for name in names}


def _sync(value) -> str:
    return "未填报或不涉及" if wording.is_none(value) else SYNC_TEXTS[bool(value)]


def _is_empty(table: pd.DataFrame, name: str) -> bool:
    if table.empty:
        st.caption(f"{name}：没有记录。")
    return table.empty
