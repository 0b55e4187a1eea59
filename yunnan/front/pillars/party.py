"""The parts of the page 党建引领: quality, 三同步, coverage, education, members, money raised."""

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.charts import maps
from yunnan.front.kit.panels import show, table_twin
from yunnan.front.kit.sections import bars, curves, listing, matrix, pieces
from yunnan.words import geography, wording

MAPS = {"组织覆盖率": "P1-01", "工作覆盖率": "P1-02"}  # coverage -> the indicator whose class breaks its map uses
UNREPORTED = "本报告期尚未报送，不以零代替。"
HIDDEN = ("region_code", "organizations_educated", "organizations_covered")  # in the list; the file has them
QUALITY_HIGH = 290  # height in pixels of the charts side by side


def party_quality(table: pd.DataFrame, *, view: View) -> None:
    """A chart for each aspect: how many organizations have which grade. table: party/quality."""
    aspects = table.groupby("aspect", sort=False)
    for slot, (aspect, rows) in zip(st.columns(len(aspects), gap="medium"), aspects, strict=True):
        with slot:
            bars(
                rows, key="grade", label="grade", value="organizations", unit="个", name=f"{aspect}分布", view=view,
                height=QUALITY_HIGH,
            )  # fmt: skip


def party_in_step(table: pd.DataFrame, *, view: View) -> None:
    """Shares of three matters with numerator and denominator, and their total, which is P1-04. table: party/in_step."""
    done, due = table.matters_in_step.sum(), table.matters_due.sum()
    facts = [_share(r.matter, r.in_step_rate, r.matters_in_step, r.matters_due, "项") for r in table.itertuples()]
    _facts([*facts, _share("三项合计（指标P1-04）", done / due if due else None, done, due, "项")])
    if unknown := int(table.matters_unknown.sum()):
        st.caption(f"另有{unknown:,}项没有填报是否同步，不计入分子与分母。")
    table_twin(table, name="三同步三项", view=view)


def party_coverage(table: pd.DataFrame, *, view: View) -> None:
    """Two maps side by side, then the three coverages of every place. table: party/coverage_by_place.

    Reads measures/of_period, for the class breaks of the maps.
    """
    breaks = view.snapshot.table("measures/of_period", period=view.period).set_index("measure").breaks
    if view.region.level != "county":
        for slot, (coverage, code) in zip(st.columns(2, gap="medium"), MAPS.items(), strict=True):
            with slot:
                _map(table[table.coverage == coverage], coverage, breaks[code], view)
        st.caption(geography.SOURCE_LINE)
    if view.place == geography.DIQING_CODE:
        st.caption(geography.DEQIN_WEIXI_NOTE)
    matrix(
        table, rows="region_name", over="coverage", value="coverage_rate", unit="%", name="各地三个覆盖率", view=view,
        opens="region_code",
    )  # fmt: skip


def party_quarters(table: pd.DataFrame, *, view: View) -> None:
    """Coverages at the end of each quarter, and organizations newly covered in it. table: party/rates."""
    left, right = st.columns(2, gap="medium")
    with left:
        curves(table, at="period", series="coverage", value="coverage_rate", unit="%", name="各季度末覆盖率", view=view)
    with right:
        added = table.assign(coverage=table.coverage.str.removesuffix("率"))
        curves(
            added, at="period", series="coverage", value="newly_covered", unit="个", name="各季度新增覆盖", view=view
        )


def party_ways(ways: pd.DataFrame, sums, by_place: pd.DataFrame, *, view: View) -> None:
    """Organizations by the five ways of coverage, in total and by place, and whether they add up to P1-01.

    ways: party/ways; sums: party/conservation; by_place: party/ways_by_place.
    """
    verdict = "无从核对" if wording.is_none(sums.covered) else "✓ 相等" if sums.is_conserved else "✗ 不等"
    _facts(
        [
            ("五种方式合计", wording.measure(sums.five_ways, "个"), ""),
            ("组织覆盖数（指标P1-01）", wording.measured(sums.covered, "个", "未报送"), ""),
            ("守恒校验：合计＝覆盖数", verdict, ""),
            _share("组织覆盖率", sums.party_rate, sums.five_ways, sums.organizations, "个"),
            _share("实体覆盖率", sums.strict_rate, sums.strictly_covered, sums.organizations, "个"),
        ]
    )
    bars(
        ways, key="party_cover_mode", label="party_cover_mode", value="organizations", unit="个", name="五种方式",
        view=view,
    )  # fmt: skip
    pieces(
        by_place, key="region_code", label="region_name", part="party_cover_mode", value="organizations", unit="个",
        name="各地五种方式", view=view, is_share=True,
    )  # fmt: skip


def party_branches(table: pd.DataFrame, *, view: View) -> None:
    """Shares of branches that meet the standard, by place. table: party/branches_by_place."""
    bars(
        table, key="region_code", label="region_name", value="standardized_rate", unit="%", name="支部规范化达标率",
        view=view,
    )  # fmt: skip
    if unknown := int(table.branches_unknown.sum()):
        st.caption(f"另有{unknown:,}个党组织达标情况不详：所在州市没有填报达标日期，不计入分子与分母。")


def party_education(total, by_place: pd.DataFrame, *, view: View) -> None:
    """主题教育: events, person-times, participation, then by place.

    total: party/education; by_place: party/education_by_place.
    """
    educated, covered = total.organizations_educated, total.organizations_covered
    _facts(
        [
            ("主题教育场次", wording.measure(total.activities, "场"), ""),
            ("参加人次", wording.measure(total.participants, "人次"), ""),
            ("其中党员人次", wording.measure(total.party_members, "人次"), ""),
            _share("参与率（指标P1-06）", total.participation_rate, educated, covered, "个"),
        ]
    )
    if wording.is_none(total.activities) or not total.activities:
        st.caption(UNREPORTED if wording.is_none(total.activities) else "主题教育：本报告期、本地区没有记录。")
        return
    left, right = st.columns(2, gap="medium")
    with left:
        bars(
            by_place, key="region_code", label="region_name", value="participation_rate", unit="%",
            name="各地主题教育参与率", view=view,
        )  # fmt: skip
    with right:
        listing(by_place, name="各地主题教育", view=view, opens="region_code", hide=HIDDEN)


def party_members(total, by_quarter: pd.DataFrame, workers: pd.DataFrame, *, view: View) -> None:
    """Party members in help activities by quarter, and among social workers by half-year.

    total: party/members; by_quarter: party/members_by_quarter; workers: party/workers.
    """
    share = "" if wording.is_none(total.member_rate) else f"占参加人次的{wording.percent(total.member_rate)}"
    facts = [
        ("党员参与帮扶人次", wording.measure(total.party_members, "人次"), share),
        ("帮扶活动场次", wording.measure(total.activities, "场"), ""),
    ]
    for last in workers.tail(1).itertuples():
        share = f"占社会工作专业人才的{wording.percent(last.party_worker_rate)}"
        facts.append((f"党员社工（{last.period_label}）", wording.measure(last.party_workers, "人"), share))
    _facts(facts)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        curves(
            by_quarter, at="period", series="category", value="party_members", unit="人次",
            name="各季度党员参与帮扶人次", view=view,
        )  # fmt: skip
    with right:
        bars(
            workers, key="report_period", label="period_label", value="party_workers", unit="人", name="党员社工",
            view=view,
        )  # fmt: skip


def party_activities(table: pd.DataFrame, *, view: View) -> None:
    """Activities of Party building: a curve of 党群活动, a matrix of all kinds by quarter.

    table: party/activities_by_quarter.
    """
    joined = table[table.activity_type == "党群活动"]
    curves(joined, at="period", series="activity_type", value="activities", unit="场", name="各季度党群活动", view=view)
    matrix(
        table, rows="activity_type", over="period", value="activities", unit="场", name="党建活动类型与季度", view=view
    )


def party_engaged(table: pd.DataFrame, *, view: View) -> None:
    """Organizations that took part, by place. table: party/engaged_by_place."""
    bars(
        table, key="region_code", label="region_name", value="organizations_engaged", unit="个",
        name=view.say("各地参与脱贫攻坚社会组织"), view=view,
    )  # fmt: skip


def party_raised(
    raised, returns, by_source: pd.DataFrame, by_month: pd.DataFrame, by_place: pd.DataFrame, *, view: View
) -> None:
    """Money and goods raised: total (in the article's words if it is its figure), by source, month and place.

    raised: party/raised; returns: party/returns; the tables: party/raised_by_source, _by_month, _by_place.
    """
    received = wording.headline(raised.received_yuan, "元", raised.published, raised.status)
    is_unknown = wording.is_none(raised.received_yuan)
    _facts(
        [
            ("筹集款物（到账）", received, "" if is_unknown else f"准确值：{wording.fixed(raised.received_yuan)}元"),
            ("其中资金", wording.measure(raised.cash_yuan, "元"), ""),
            ("其中物资折价", wording.measure(raised.goods_yuan, "元"), ""),
            ("到账流水", wording.measure(raised.fund_rows, "笔"), ""),
        ]
    )
    _incomplete(returns, view)
    if is_unknown:
        st.caption(UNREPORTED)
        return
    left, right = st.columns(2, gap="medium")
    with left:
        pieces(
            by_source, key="source", label="source", part="form", value="received_yuan", unit="元",
            name="到账款物：来源与形式", view=view,
        )  # fmt: skip
    with right:
        curves(
            by_month, at="month_label", series="form", value="received_yuan", unit="元", name="到账款物：各月",
            view=view,
        )  # fmt: skip
    pieces(
        by_place, key="region_code", label="region_name", part="form", value="received_yuan", unit="元",
        name="到账款物：各地", view=view,
    )  # fmt: skip


def _incomplete(returns, view: View) -> None:
    """A line on completeness: returns received of those due, rows accepted of those declared.

    returns: party/returns.
    """
    who = {"province": "各州市", "prefecture": "本州市", "county": "所属州市"}[view.region.level]
    st.caption(
        f"据不完全统计。{view.span.label}{who}应报{returns.quarters_due}个季度，收到{returns.quarters_reported}个，"
        f"上报率{wording.percent(returns.reported_rate)}；申报{returns.rows_declared:,}行，"
        f"通过{returns.rows_accepted:,}行（含警告，不含不足10行的受益报表），"
        f"通过率{wording.percent(returns.accepted_rate, 2)}。"
    )


def _map(table: pd.DataFrame, coverage: str, breaks: list[float], view: View) -> None:
    """A map of one coverage by prefecture, or by the counties of one, without the part that belongs to no county."""
    title = f"{coverage}（{view.span.label}）"
    drawn = table.assign(value=table.coverage_rate, status=table.report_status.replace("已报", "不适用"))
    is_within = view.region.level == "prefecture"
    figure = maps.choropleth(
        drawn[~drawn.is_rest] if is_within else drawn,
        unit="%",
        breaks=list(breaks),
        title=title,
        footnote=view.footnote,
        prefecture=view.place if is_within else None,
        height=480,
    )
    values_text = "、".join(f"{r.region_name}{wording.percent(r.coverage_rate)}" for r in drawn.head(5).itertuples())
    show(figure, name=f"map_{coverage}", alt=f"{title}：{values_text}", on_click=True)


def _share(label: str, rate, part, whole, unit: str) -> tuple[str, str, str]:
    """(label, rate, 'numerator / denominator') for _facts()."""
    return label, wording.percent(rate), f"{wording.fixed(part)} / {wording.fixed(whole)}{unit}"


def _facts(facts: list[tuple[str, str, str]]) -> None:
    """Figures side by side. facts: (label, value, small print or '')."""
    for slot, (label, value, made_of) in zip(st.columns(len(facts)), facts, strict=True):
        slot.metric(label, value, made_of or None, delta_color="off", delta_arrow="off", border=True, height="stretch")
