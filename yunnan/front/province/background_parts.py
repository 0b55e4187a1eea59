"""The parts of the page 省情与资源流向."""

from yunnan.data.view import View
from yunnan.front.kit import sections
from yunnan.front.province import background


def _method(view: View) -> None:
    table, params = view.snapshot.table, view.params
    scored = {"period": view.period, "place": background.scored_place(view)}
    sections.section("“云南模式”与“四个突出”", "scores/of_place", scored, note="得分截至本报告期；点击“打开”看该支柱。")
    lights = table("background/lights_by_pillar", **params)
    background.method(table("scores/of_place", **scored), lights, view)
    unjudged = "“未评价”含无目标、本期不评、未报送、数据不全、已隐去、不适用。"
    sections.section(f"{lights.indicators.sum()}项指标达标情况", "background/lights_by_pillar", params, note=unjudged)
    sections.matrix(
        lights.assign(pillar_name=lights.pillar_name.map(view.say)),
        rows="pillar_name",
        over="light",
        value="indicators",
        unit="项",
        name="四支柱指标状态",
        view=view,
    )


def _time(view: View) -> None:
    period = {"period": view.period}
    sections.section("数据期与时间轴", "background/time_line", period, base="截至" + view.snapshot.asof)
    facts = view.snapshot.row("background/data_period")
    background.data_period(facts, view.snapshot.table("background/time_line", **period), view)


def _flow(view: View) -> None:
    table, row, params = view.snapshot.table, view.snapshot.row, view.params
    sections.section(
        "资源→项目→人", "background/flow", params, base="到账 含物资 红冲已冲减",
        note="左为资金来源，中为项目的行业领域，右为受益地区；带宽为报告期内到账的元。未挂项目的款物记“未关联项目”。",
    )  # fmt: skip
    totals, people = row("background/flow_totals", **params), row("people/totals", **params)
    background.flow_figures(totals, people, table("values/of_place", **params), view=view)
    background.money_flow(table("background/flow", **params), view=view, name="资源流向")


def _counties(view: View) -> None:
    table, params = view.snapshot.table, view.params
    note = "代码与归属为2020年6月30日口径。"
    sections.section("县域图层", "background/counties", params, base="129个县（市、区）", note=note)
    layers = table("background/layers_by_prefecture", place=view.place)
    background.county_layers(table("background/counties", **params), layers, view=view)


def _poverty(view: View) -> None:
    table, at_place = view.snapshot.table, {"place": view.place}
    sections.section("脱贫背景", "background/poverty_years", at_place, base="年末 批准退出日")
    years = table("background/poverty_years", **at_place)
    background.poverty_exit(years, table("background/exits_by_batch", **view.params), view=view)


def _needs(view: View) -> None:
    table, params = view.snapshot.table, view.params
    of_year = {"period": str(view.span.year), "place": view.place}
    sections.section(
        "需求侧：谁需要、需要什么", "background/needs_by_sector", params, base="去重人数 已作小数保护",
        note="受益人按年度公布，类别之间、帮扶类型之间不可相加；需求为报告期内发布的，主实施县计一次，县级按分摊比例。",
    )  # fmt: skip
    category, help_type = table("people/by_category", **of_year), table("people/by_help_type", **of_year)
    background.needs(category, help_type, table("background/needs_by_sector", **params), view=view)


# ?part= -> (its title, what draws it)
PARTS = {
    "method": ("云南模式", _method),
    "flow": ("资源流向", _flow),
    "counties": ("县域图层", _counties),
    "poverty": ("脱贫背景", _poverty),
    "needs": ("需求侧", _needs),
    "time": ("数据期与时间轴", _time),
}
