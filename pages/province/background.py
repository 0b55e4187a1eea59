"""省情与资源流向：这是一个怎样的省，资源经过什么项目到了哪里、到了多少人。

Answers:  what is the model, since when are there data, where do the poor counties lie, how does money flow, who needs?
Filters:  as-of, period, place (frame); layer
Reads:    background/data_period, background/time_line, background/lights_by_pillar, scores/of_place, background/flow,
          background/flow_totals, people/totals, values/of_place, background/counties, background/layers_by_prefecture,
          background/poverty_years, background/exits_by_batch, people/by_category, people/by_help_type,
          background/needs_by_sector
"""

from yunnan.front.address import frame
from yunnan.front.kit import page_frame, sections
from yunnan.front.province import background

view = frame.view()
params = view.params
at_place = {"place": view.place}
of_year = {"period": str(view.span.year), "place": view.place}
scored = {"period": view.period, "place": background.scored_place(view)}

page_frame.head(f"省情与资源流向·{view.region.short_name}", view)
sections.section("“云南模式”与“四个突出”", "scores/of_place", scored, note="得分截至本报告期；点击“打开”看该支柱。")
lights = view.snapshot.table("background/lights_by_pillar", **params)
background.method(view.snapshot.table("scores/of_place", **scored), lights, view)
unjudged = "“未评价”含无目标、本期不评、未报送、数据不全、已隐去、不适用。"
sections.section(f"{lights.indicators.sum()}项指标达标情况", "background/lights_by_pillar", params, note=unjudged)
sections.matrix(
    lights, rows="pillar_name", over="light", value="indicators", unit="项", name="四支柱指标状态", view=view
)

sections.section("数据期与时间轴", "background/time_line", {"period": view.period}, base="截至" + view.snapshot.asof)
facts = view.snapshot.row("background/data_period")
background.data_period(facts, view.snapshot.table("background/time_line", period=view.period), view)

sections.section(
    "资源→项目→人", "background/flow", params, base="到账 含物资 红冲已冲减",
    note="左为资金来源，中为项目的行业领域，右为受益地区；带宽为报告期内到账的元。未挂项目的款物记“未关联项目”。",
)  # fmt: skip
totals = view.snapshot.row("background/flow_totals", **params)
people = view.snapshot.row("people/totals", **params)
background.flow_figures(totals, people, view.snapshot.table("values/of_place", **params))
background.money_flow(view.snapshot.table("background/flow", **params), view=view, name="资源流向")

sections.section(
    "县域图层", "background/counties", params, base="129个县（市、区）", note="代码与归属为2020年6月30日口径。"
)
layers = view.snapshot.table("background/layers_by_prefecture", **at_place)
background.county_layers(view.snapshot.table("background/counties", **params), layers, view=view)

sections.section("脱贫背景", "background/poverty_years", at_place, base="年末 批准退出日")
years = view.snapshot.table("background/poverty_years", **at_place)
background.poverty_exit(years, view.snapshot.table("background/exits_by_batch", **params), view=view)

sections.section(
    "需求侧：谁需要、需要什么", "background/needs_by_sector", params, base="去重人数 已作小数保护",
    note="受益人按年度公布，类别之间、帮扶类型之间不可相加；需求为报告期内发布的，主实施县计一次，县级按分摊比例。",
)  # fmt: skip
category = view.snapshot.table("people/by_category", **of_year)
help_type = view.snapshot.table("people/by_help_type", **of_year)
background.needs(category, help_type, view.snapshot.table("background/needs_by_sector", **params), view=view)
