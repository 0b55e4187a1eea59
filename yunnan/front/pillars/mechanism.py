"""The parts of the page 机制建设: documents, publicity, meetings, qualifications, talent. The page runs the queries."""

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.front.address import appearance
from yunnan.front.kit.clicks import of_rows
from yunnan.front.kit.grids import grid
from yunnan.front.kit.panels import rows_high, styled, table_twin
from yunnan.front.kit.sections import bars, curves, figures_line, listing, matrix, pieces
from yunnan.front.kit.written_tables import once
from yunnan.words import columns, palette, wording

LINE = 22  # height in pixels of one line in a cell with wrapped text, for a font of 16 pixels
HIGH = 8  # rows of such cells that are visible without scrolling
# Widths of columns in pixels; a grid would size those with many empty cells too narrow.
WIDTHS = {
    "central_document": 265, "ministry_document": 265, "provincial_document": 265, "level": 80, "title": 270,
    "doc_no": 145, "issuer": 160, "co_issuers": 160, "parent_title": 230, "issue_date": 95, "provenance": 200,
}  # fmt: skip
FOLLOWED, NOT_YET = "✓", "未配套"
SHADE = {FOLLOWED: palette.cell(palette.MET), NOT_YET: palette.cell(palette.NOT_JUDGED, palette.SOFT)}
UNKNOWN = "数据不全"  # the status of a count whose column in the returns is empty
NUMBERS = "①②③④⑤⑥⑦⑧⑨"


def documents(totals, by_class: pd.DataFrame, *, view: View) -> None:
    """Numbers of documents, and a matrix by class and level. totals: policies/totals; by_class: policies/by_class."""
    figures_line(
        {
            columns.COLUMNS[name].label: wording.measured(getattr(totals, name), "件", UNKNOWN)
            for name in ("documents_above", "documents_local", "documents_drafted", "documents_on_tax")
        }
    )
    matrix(by_class, rows="policy_class", over="level", value="documents", unit="件", name="现行文件数", view=view)


def policy_chain(table: pd.DataFrame, *, name: str, view: View) -> None:
    """One row for each chain of documents: centre, ministry, province, how many prefectures follow up.

    table: policies/chains.
    """
    if table.empty:
        st.caption(f"{name}：截至本报告期末没有文件。")
        return
    display = table.drop(columns=["policy_id", "places_followed", "places_due"]).rename(columns=columns.label)
    display["州市配套"] = [wording.place(*row) for row in zip(table.places_followed, table.places_due, strict=True)]
    _wrapped_table(display, list(table.columns), name=name, lines=4, rows=len(display))
    table_twin(table, name=f"{name}（全部列）", view=view)


def policy_library(table: pd.DataFrame, *, name: str, view: View) -> None:
    """One row for each document. table: policies/library."""
    if table.empty:
        st.caption(f"{name}：截至本报告期末没有文件。")
        return
    display = table.drop(columns=["policy_id", "source_file", "source_row"])
    _wrapped_table(styled(display), list(display.columns), name=name, lines=3, rows=min(len(display), HIGH))
    st.caption(f"{name}：共{len(table):,}件。")
    table_twin(table, name=f"{name}（全部列）", view=view)


def policy_follow_up(table: pd.DataFrame, *, name: str, view: View) -> None:
    """One row for each prefecture, one column for each document: date of the follow-up or '未配套'.

    table: policies/follow_up_by_place. A button opens the prefecture.
    """
    if table.is_followed.isna().all():
        st.caption(f"{name}：{UNKNOWN}，文件库里没有任何文件，不以未配套代替。")
        return
    order = list(dict.fromkeys(table.region_name))
    cells = table.assign(head=_heads(table), text=[_follow_up_text(row) for row in table.itertuples()])
    heads = dict(zip(cells["head"], table.title, strict=True))
    display = cells.pivot(index="region_name", columns="head", values="text").loc[order, list(heads)]
    done = cells.groupby("region_name").is_followed.sum()
    display["已配套"] = [f"{done[place]}/{len(heads)}" for place in order]
    st.caption(wording.literal("　".join(f"{head.partition(' ')[0]}《{title}》" for head, title in heads.items())))
    key = f"follow_{name}"
    doors = of_rows(list(dict.fromkeys(table.region_code)), is_index=True)
    grid(
        once(
            ("follow-up", display),
            lambda: display.style.map(lambda cell: SHADE[cell.partition(" ")[0]], subset=list(heads)),
        ),
        height=rows_high(len(display)),
        key=key,
        doors=doors,
        column_config={
            "_index": st.column_config.Column("州市", pinned=True, width=90),
            **{head: st.column_config.Column(help=title) for head, title in heads.items()},
        },
        alt=name,
    )
    st.caption("✓ 后为最早配套文件的发文日期。点州市的名称看该州市。")
    table_twin(table, name=f"{name}（全部列）", view=view)


def publicity(by_occasion: pd.DataFrame, by_place: pd.DataFrame, *, view: View) -> None:
    """Organizations informed of the policies at each of four occasions, in total and by place.

    by_occasion: publicity/by_occasion; by_place: publicity/by_place; both also have rows of the occasion 数据不全.
    """
    reached, reached_by_place = (table[table.publicity_occasion != UNKNOWN] for table in (by_occasion, by_place))
    bars(
        by_occasion, key="publicity_occasion", label="publicity_occasion", value="organizations", unit="个",
        name="四个时机的政策宣传", view=view,
    )  # fmt: skip
    if unknown := by_occasion.organizations.sum() - reached.organizations.sum():
        st.caption(f"{unknown:,}个社会组织数据不全：所在州市没有填报宣传日期，不计入触达率，也不画入各地占比。")
    pieces(
        reached_by_place, key="region_code", label="region_name", part="publicity_occasion", value="organizations",
        unit="个", name="各地政策宣传", view=view, is_share=True,
    )  # fmt: skip


def meetings(by_quarter: pd.DataFrame, held: pd.DataFrame, *, view: View) -> None:
    """Coordination meetings by quarter, and a list of those in the period (held)."""
    if not by_quarter.activities.any():
        st.caption("协调会议：截至本报告期末，本地区没有记录。")
        return
    curves(
        by_quarter, at="period_label", series="activity_type", value="activities", unit="场",
        name="各季度协调会议", view=view,
    )  # fmt: skip
    listing(held, name="本期协调会议", view=view, opens="region_code", hide=("region_code",))


def qualifications(totals, by_year: pd.DataFrame, *, view: View) -> None:
    """Numbers of holders of three qualifications, now and at the end of each year.

    totals: qualifications/totals; by_year: qualifications/by_year, null where nobody reported.
    """
    figures_line(
        {
            "慈善组织": wording.measured(totals.charities, "个", UNKNOWN),
            "公开募捐资格": wording.measured(totals.fundraisers, "个", UNKNOWN),
            f"省级税前扣除资格（{view.span.year}年度名单）": wording.headline(
                totals.tax_deductible, "个", totals.published, UNKNOWN
            ),
        }
    )
    unknown = list(dict.fromkeys(by_year[by_year.organizations.isna()].qualification))
    if unknown:
        st.caption(f"{'、'.join(unknown)}{UNKNOWN}：全省没有一个组织填报，不以零代替。")
    filled = by_year.dropna(subset="organizations")
    if not filled.organizations.any():
        if not unknown:
            st.caption("三项资格：截至本报告期末，本地区没有具备资格的社会组织。")
        return
    curves(
        filled, at="period_label", series="qualification", value="organizations", unit="个",
        name="三项资格：各年末", view=view,
    )  # fmt: skip


def holders(table: pd.DataFrame, held, *, name: str, view: View) -> None:
    """A list of the holders of a qualification. held: their number, null if nobody reported."""
    if wording.is_none(held):
        st.caption(f"{name}：{UNKNOWN}，全省没有一个组织填报。")
        return
    listing(table, name=name, view=view, opens="org_id")


def social_workers(by_half: pd.DataFrame, by_place: pd.DataFrame, *, view: View) -> None:
    """Social workers and their posts as reported by the prefectures: by half-year, and the last one by place.

    by_half: talent/by_half; by_place: talent/by_place.
    """
    for unit, name in (("人", "社会工作专业人才"), ("个", "社工岗位")):
        curves(
            by_half[by_half.unit == unit], at="period_label", series="stat_item", value="stat_value", unit=unit,
            name=f"{name}：各半年末", view=view,
        )  # fmt: skip
    listing(by_place, name="各州市社会工作人才", view=view, opens="region_code", hide=("region_code",))


def training(totals, groups: pd.DataFrame, by_place: pd.DataFrame, *, view: View) -> None:
    """Trainings of the period: totals, participants by group, by place.

    totals: talent/training_totals; groups: talent/training_groups; by_place: talent/trainings_by_place.
    """
    figures_line(
        {
            "培训场次": wording.measure(totals.trainings, "场"),
            "主办组织": wording.measure(totals.organizations, "个"),
            "参训人次": wording.measure(totals.participants, "人次"),
            "本土占比": wording.percent(totals.local_rate),
        }
    )
    bars(
        groups, key="training_group", label="training_group", value="participants", unit="人次",
        name="“领头雁”培训对象", view=view,
    )  # fmt: skip
    listing(by_place, name="各地“领头雁”培训", view=view, opens="region_code", hide=("region_code",))


def _wrapped_table(table, names: list[str], *, name: str, lines: int, rows: int) -> None:
    """A table whose cells have room for so many lines, so many rows high.

    names: its columns by their names in the query, for their widths.
    """
    high = round(lines * LINE * appearance.look().rem / 16)
    grid(
        table,
        hide_index=True,
        row_height=high,
        height=high * rows + rows_high(0),
        column_config={columns.label(c): st.column_config.Column(width=WIDTHS[c]) for c in names if c in WIDTHS},
        placeholder=wording.NONE,
        key=f"wrapped_{name}",
        alt=name,
    )


def _heads(table: pd.DataFrame) -> list[str]:
    """'① 工作思路·印发' for each row: a short column heading for its document, whose title is above the table."""
    number = {policy: NUMBERS[n] for n, policy in enumerate(dict.fromkeys(table.policy_id))}
    return [
        f"{number[row.policy_id]} "
        + (row.policy_id if wording.is_none(row.policy_class) else f"{row.policy_class}·{row.relation}")
        for row in table.itertuples()
    ]


def _follow_up_text(row) -> str:
    if not row.is_followed:
        return NOT_YET
    return f"{FOLLOWED} {'日期不详' if wording.is_none(row.first_date) else str(row.first_date)[:10]}"
