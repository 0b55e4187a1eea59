"""The returns and their quality: due and received, four lights, issues, control totals."""

from functools import partial

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.charts import bridge_charts, compositions
from yunnan.front.address import navigation
from yunnan.front.kit.clicks import of_rows
from yunnan.front.kit.conclusion import finding
from yunnan.front.kit.grids import grid
from yunnan.front.kit.panels import rows_high, show, styled, table_twin
from yunnan.front.kit.sections import figures_line, rules
from yunnan.front.kit.written_tables import shaded
from yunnan.words import columns, palette, wording

LIGHTS = {
    "timely_light": "及时",
    "complete_light": "完整",
    "consistent_light": "一致",
    "traceable_light": "可核",
}
SIGNS = {"达到": "●", "未达": "■", "未到期": "○", "无从判断": "○", "不适用": "—"}
SHADES = dict.fromkeys(("未到期", "不适用"), palette.NOT_DUE)
SHADES |= {"达到": palette.MET, "部分": palette.NEAR, "未达": palette.LATE}
SEVERITIES = {"错误": "■ 错误", "警告": "▲ 警告", "提示": "◇ 提示"}
RATES = {"report_rate": "报送率", "timely_rate": "及时率", "accepted_rate": "通过率（行）"}
TALLEST = 12  # rows of a list that are visible without scrolling


def reports_with_prefecture(view: View) -> None:
    """For a county: a line that it reports with its prefecture, whose returns are shown."""
    if view.region.level == "county":
        st.caption(f"{view.region.short_name}随所属州市报送，以下为该州市的报表。")


def return_lights(table: pd.DataFrame, *, view: View) -> None:
    """Returns due and received, days late, four lights: prefectures by quarter, or the quarters of one prefecture."""
    if table.empty:
        st.info("截至期末还没有已结束的季度，没有应报的报表。", icon=":material/info:")
        return
    finding([[_finding(table, view)]])
    if view.region.level == "province":
        _heat(table.assign(text=[_returns_text(row) for row in table.itertuples()], shade=_shades(table)), "应报与已报")
        st.caption(
            "已报/应报（张表）；未收到或迟报的写明逾期天数；起报期以前的不应报，收到的是补报；不在报送单位里的不应报，收到的是另报。点州市的名称，只看该州市各季度的情况；点一格，看该州市到该季度。"
        )
        st.markdown("**四灯**（依次为及时、完整、一致、可核）")
        lights = ["".join(SIGNS[row[name]] for name in LIGHTS) for row in table.to_dict("records")]
        _heat(table.assign(text=lights, shade=_shades(table)), "四灯")
    else:
        _quarters(table)
    rules("returns/lights")
    st.caption(
        "● 达到　■ 未达　○ 未到期或无从判断　— 不适用（起报期以前，不应报的单位）；"
        "底色：绿为四灯全亮，黄为有未达，红为有报表未收到，灰为未到期或不适用。"
    )
    table_twin(table, name="报送四灯", view=view)


def return_rates(table: pd.DataFrame, *, view: View) -> None:
    """Curves by quarter of the rates of returns received, returns on time, rows accepted."""
    if table.empty:
        return
    long = table.melt("period", list(RATES), "series", "rate").replace({"series": RATES})
    title = f"{view.region.place_name}报送率、及时率、通过率"
    figure = compositions.curves(
        long, unit="%", title=title, footnote=view.footnote, at="period", series="series", value="rate", height=300
    )  # fmt: skip
    last = table.iloc[-1]
    rates_text = "、".join(f"{name}{wording.percent(last[column])}" for column, name in RATES.items())
    show(figure, name="return_rates", alt=f"{title}：{last.period}{rates_text}")
    st.caption(
        "报送率＝已收到÷应报，及时率＝按时÷应报（按表计，一年后补录的无从判断，起报期以前补报的、不应报的单位另报的不适用，都不计）；通过率＝接收行÷收到行（不含不足10行的受益报表），在0.1%以下的差别见数据表。"
    )
    table_twin(table, name="报送率与及时率", view=view)


def quality_issues(by_rule: pd.DataFrame, quarters: pd.DataFrame, *, view: View) -> None:
    """Issues by rule, open ones first, and a chart by rule and quarter."""
    if by_rule.empty:
        st.caption("截至期末、本地区没有发现问题。")
        return
    display = by_rule.assign(severity=by_rule.severity.map(SEVERITIES))
    grid(
        styled(display), hide_index=True, height=rows_high(min(len(display), TALLEST)), key="issues_by_rule",
        column_config={columns.label("rule_zh"): st.column_config.Column(width=420)}, alt="各规则的问题",
    )  # fmt: skip
    st.caption("错误即该行（或整份）未入库；警告即已入库并标记；提示只作说明。")
    table_twin(by_rule, name="各规则的问题（全部列）", view=view)
    title = "各季度发现的问题"
    figure = bridge_charts.stacks(
        quarters, unit="个", title=title, footnote=view.footnote, at="period", part="rule_id", value="issues"
    )  # fmt: skip
    totals = quarters.groupby("period").issues.sum()
    show(figure, name="issues_by_quarter", alt=f"{title}：" + "、".join(f"{q}{n}个" for q, n in totals.items()))
    table_twin(quarters, name=title, view=view)


def control_totals(table: pd.DataFrame, *, view: View) -> None:
    """Declared totals of returns against received ones: numbers, a list of those that differ, all as a file."""
    differing = table[~table.is_agreed]
    figures_line(
        {
            "有控制总数的报表": f"{len(table):,}份",
            "相符": f"{len(table) - len(differing):,}份",
            "不符": f"{len(differing):,}份",
        }
    )
    if differing.empty:
        st.caption("截至期末、本地区收到的报表，申报数与实收数全部相符。")
    else:
        display = pd.DataFrame(
            {
                columns.label("place_name"): differing.place_name,
                columns.label("period"): differing.period,
                columns.label("return_name"): differing.return_name,
                "差别": [difference(row) for row in differing.itertuples()],
                columns.label("source_file"): differing.source_file,
            }
        )
        grid(
            display, hide_index=True, height=rows_high(min(len(display), TALLEST)), key="control_totals",
            column_config={"差别": st.column_config.Column(width=460)}, alt="控制总数不符的报表",
        )  # fmt: skip
    st.caption("申报与实收的行数须相等；没有拒收行的，申报与入库的金额也须相等（拒收行的金额无从得知）。")
    table_twin(table, name="控制总数", view=view)


def difference(row) -> str:
    """'申报3行，收到2行，少1行；申报15万元，入库13万元，少2万元' for a row of returns/control_totals."""
    parts = []
    if not wording.is_none(row.declared_rows) and row.declared_rows != row.rows_in:
        more = row.rows_in - row.declared_rows
        parts.append(
            f"申报{wording.fixed(row.declared_rows)}行，收到{wording.fixed(row.rows_in)}行，"
            f"{'多' if more > 0 else '少'}{wording.fixed(abs(more))}行"
        )
    if not wording.is_none(row.rows_in) and row.rows_in > row.rows_accepted:
        parts.append(f"另拒收{wording.fixed(row.rows_in - row.rows_accepted)}行")
    elif not wording.is_none(row.yuan_missing) and row.yuan_missing:
        parts.append(
            f"申报{wording.amount(row.declared_yuan)}，入库{wording.amount(row.accepted_yuan)}，"
            f"{'多' if row.yuan_missing > 0 else '少'}{wording.amount(abs(row.yuan_missing))}"
        )
    return "；".join(parts)


def _finding(table: pd.DataFrame, view: View) -> str:
    """'全省截至2020年二季度应报960张表，已报954张，其中迟报66张；最近一季：及时10个…'."""
    owed = table[table.returns_due > 0]
    due, came, late = (int(owed[c].sum()) for c in ("returns_due", "returns_received", "returns_late"))
    early = int(table.returns_backfilled[table.returns_due == 0].sum())
    others = int(table.returns_received.sum()) - came - early
    backfilled = f"，起报期以前补报{early:,}张（迟报不适用）" if early else ""
    backfilled += f"，不应报的单位另报{others:,}张（不算迟）" if others else ""
    last = table[table.period == table.period.max()]
    if view.region.level == "province":
        last = last if (last.returns_due == 0).all() else last[last.returns_due > 0]
        lit = "、".join(f"{name}{int((last[column] == '达到').sum())}个" for column, name in LIGHTS.items())
        lights_text = f"{len(last)}个州市中亮灯的，{lit}"
    else:
        lights_text = "、".join(f"{name}{last[column].iloc[0]}" for column, name in LIGHTS.items())
    return (
        f"{view.region.short_name}截至{view.span.label}应报{due:,}张表，已报{came:,}张，其中迟报{late:,}张{backfilled}；"
        f"{last.period_label.iloc[0]}，{lights_text}。"
    )


def _returns_text(row) -> str:
    """'6/6', '6/6 迟4天', '6/6 不一致', '6/6 补录2张', '0/6 逾期10天', '0/6 未到期'; none owed: '补报6张', '不应报'."""
    if not row.returns_due:
        what = "补报" if row.returns_backfilled else "另报"
        return f"{what}{row.returns_received}张" if row.returns_received else "不应报"
    if row.returns_received < row.returns_due:
        late = "未到期" if row.complete_light == "未到期" else f"逾期{wording.fixed(row.days_late)}天"
    else:
        late = f"迟{wording.fixed(row.days_late)}天" if row.returns_late else _fault(row)
    return f"{row.returns_received}/{row.returns_due} {late}".strip()


def _fault(row) -> str:
    """What is not lit of returns that came in time, or how many of them are history: '不一致', '补录2张'."""
    lights = {"不一致": row.consistent_light, "不可核": row.traceable_light}
    unlit = "、".join(word for word, light in lights.items() if light == "未达")
    return unlit or (f"补录{row.returns_backfilled}张" if row.returns_backfilled else "")


def _shades(table: pd.DataFrame) -> list[str]:
    """A key of SHADES for each row: 达到 all lights lit, 未达 a return missing, 未到期 not yet due, else 部分."""
    shades = []
    for row in table.itertuples():
        lit = [getattr(row, name) for name in LIGHTS]
        whole = "达到" if set(lit) == {"达到"} else "部分"
        shades.append(row.complete_light if row.complete_light != "达到" else whole)
    return shades


def _heat(table: pd.DataFrame, name: str) -> None:
    order = list(dict.fromkeys(table.prefecture_name))
    cells = table.pivot(index="prefecture_name", columns="period", values="text").loc[order]
    shades = table.pivot(index="prefecture_name", columns="period", values="shade").loc[order]
    colours = shades.map(lambda s: palette.cell(SHADES[s]))
    codes = list(dict.fromkeys(table.prefecture_code))
    key = f"heat_{name}"
    doors = of_rows(codes, lambda place: navigation.open_page(navigation.QUALITY_PAGE, place=place), is_index=True)
    grid(
        shaded(cells, colours), height=rows_high(len(cells)), key=key, doors=doors,
        selection_mode="single-cell", on_select=partial(_open_quarter, key, codes),
        column_config={"_index": st.column_config.Column("州市", pinned=True, width=100)}, alt=f"各州市各季度{name}",
    )  # fmt: skip


def _open_quarter(key: str, codes: list[str]) -> None:
    """Open the place and quarter of the clicked cell. codes: the places of the rows."""
    for row, period in st.session_state[key].selection.cells:
        navigation.open_page(navigation.QUALITY_PAGE, place=codes[row], period=period)


def _quarters(table: pd.DataFrame) -> None:
    """One row for each quarter of one prefecture, newest first."""
    table = table.iloc[::-1]
    display = pd.DataFrame(
        {
            columns.label("period"): table.period,
            "已报/应报": [_returns_text(row) for row in table.itertuples()],
            **{name: table[column].map(lambda light: f"{SIGNS[light]} {light}") for column, name in LIGHTS.items()},
            columns.label("open_errors"): table.open_errors,
        }
    )
    colours = pd.DataFrame("", index=display.index, columns=display.columns)
    for column, name in LIGHTS.items():
        colours[name] = [palette.cell(SHADES.get(light, palette.NOT_DUE)) for light in table[column]]
    grid(
        shaded(display, colours), hide_index=True, height=rows_high(len(display)),
        key="light_quarters", alt="各季度报送四灯",
    )  # fmt: skip
