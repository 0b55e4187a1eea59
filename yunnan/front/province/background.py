"""Background of the province: the method, kinds of county, the way out of poverty, the flow of money, needs."""

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.charts import compositions, province_charts
from yunnan.front.address import choices
from yunnan.front.kit.indicator_cards import pillar_cards
from yunnan.front.kit.panels import people_table, show, table_twin
from yunnan.front.kit.place_parts import doubt
from yunnan.front.kit.sections import bars, figures_line, listing, matrix
from yunnan.words import geography, wording

# code of a layer -> its name, and the column of background/counties that is true for its counties
LAYERS = {
    "poverty": ("贫困县", "is_poverty_county"),
    "deep": ("深度贫困县", "is_deep_poverty"),
    "border": ("边境县", "is_border"),
    "autonomous": ("民族自治县", "is_autonomous_county"),
}
POOR = "未脱贫建档立卡人口"
# The method in our own words, not quoted from the article.
METHOD = """
“云南模式”在本看板里指一种组织办法：政府把社会组织的**资源**、受援地区的**需求**和受助的**人**接到一起，再用四根支柱管住这条线。

| 支柱 | 管什么 | 看什么 |
|---|---|---|
| P1 党建引领 | 谁来带 | 组织与工作的覆盖，教育与行动，带来的款物与人 |
| P2 机制建设 | 靠什么管 | 文件与配套，年检与资格，人才与宣传 |
| P3 业务指导 | 做什么 | 各行业领域的项目、资金执行与覆盖 |
| P4 平台搭建 | 怎么接 | 供需对接，省内外合作，小额信贷与典型 |

{counted}；有年度目标的计分，其余只观察。完成率＝数值÷本期目标（期末存量为年末目标）。得分＝支柱内各项完成率（封顶100%）的平均×100，综合＝四支柱的平均，不插补。

钱按到账、支出分开计，人按去重人数与人次分开计；钱与人是两种口径，从不相加。
"""


def scored_place(view: View) -> str:
    """Code of the place whose scores are shown: the view's place; for a county, which has none, its prefecture."""
    return view.region.prefecture_code if view.region.level == "county" else view.place


def method(scores: pd.DataFrame, lights: pd.DataFrame, view: View) -> None:
    """What the model is and how it is measured, then the four pillars of the view's place with links to their pages.

    scores: scores/of_place; lights: background/lights_by_pillar, where the indicators add up to their number.
    """
    counted = _counted(lights.groupby("pillar_name", sort=False).indicators.sum())
    st.markdown(view.say(METHOD.format(counted=counted)))
    if view.region.level == "county":
        st.caption(f"县不计得分；以下为{view.region.short_name}所属州市的得分。")
    pillar_cards(scores, view=view, place=scored_place(view))


def _counted(indicators: pd.Series) -> str:
    """'每根支柱九项指标，共36项', or the number for each pillar if they differ. indicators: numbers by pillar."""
    numbers = [wording.numeral(number) for number in indicators]
    if indicators.nunique() == 1:
        return f"每根支柱{numbers[0]}项指标，共{indicators.sum()}项"
    each = "、".join(f"{name}{number}项" for name, number in zip(indicators.index, numbers, strict=True))
    return f"四根支柱的指标为{each}，共{indicators.sum()}项"


def data_period(facts, spans: pd.DataFrame, view: View) -> None:
    """The period of the data, in words and on a time line.

    facts: background/data_period; spans: background/time_line.
    """
    nature = "演示数据" if view.snapshot.is_synthetic else "数据"
    if wording.is_none(facts.first_period):
        st.caption(f"{nature}期：本快照没有收到任何报表。")
    else:
        first, last = _quarter(facts.first_period), _quarter(facts.last_period)
        st.markdown(
            f"{nature}期 **{facts.first_period}—{facts.last_period}**"
            f"（{first}至{last}，{facts.quarters_reported}个季度），"
            f"报表{facts.files:,}份，最后一份收到于{wording.day(facts.received_date)}；数据截至{wording.day(view.snapshot.asof)}。"
        )
        st.caption(
            f"叙述从党的十八大以来（2012年11月）说起，{nature}从{first}起。其间没有数据，不是零；累计数都从{first}算起。"
        )
    name = "时间轴：叙述、摘帽、数据与本期"
    spans = spans.assign(span_name=spans.span_name.replace("数据期", f"{nature}期"))
    drawn = spans.assign(told=[_span(row) for row in spans.itertuples()])
    figure = province_charts.spans(drawn, title=name, footnote=view.footnote)
    show(figure, name="time_line", alt=f"{name}：" + "；".join(f"{r.span_name}{r.told}" for r in drawn.itertuples()))
    table_twin(spans, name=name, view=view)


def _quarter(period: str) -> str:
    """'2018年一季度' of '2018Q1'."""
    return f"{period[:4]}年{'一二三四'[int(period[-1]) - 1]}季度"


def _span(row) -> str:
    start, end = (f"{d.year}年{d.month}月" for d in (row.begin_date, row.end_date))
    return f"{start}起" if row.span_name.startswith("党") else f"{start}—{end}"


def flow_figures(totals, people, values: pd.DataFrame, *, view: View) -> None:
    """Figures of money, projects and organizations, and in a row of their own of people: never added up.

    totals: background/flow_totals; people: people/totals; values: values/of_place.
    """
    headlines = {
        r.indicator_code: wording.headline(r.value, r.unit, r.published, r.status) for r in values.itertuples()
    }
    figures_line(
        {
            "资源：到账款物": headlines["P1-08"],
            "资源：其中物资折价": wording.amount(totals.received_goods_yuan),
            "项目：得到款物的项目": f"{totals.projects:,}个",
            "项目：接收款物的组织": f"{totals.organizations:,}个",
        }
    )
    figures_line(
        {
            view.say("人：惠及贫困人口（去重人数）"): headlines["P1-09"],
            "人：受益人次（不去重）": wording.measured(people.person_times, "人次", "已隐去"),
        }
    )
    st.caption(
        "资金与受益人是两种口径：资金按到账日与受益地计，受益人按服务日与常住地计，同一笔钱可惠及多人，同一人可得多次帮扶，"
        "因此图中只画钱，人单列，二者不相加、不相除。"
    )


def money_flow(table: pd.DataFrame, *, view: View, name: str) -> None:
    """Received money as ribbons from source to sector to kind of place. table: background/flow."""
    table = table.assign(place_kind=table.place_kind.map(view.say))
    drawn = table[table.received_yuan > 0]
    if drawn.empty:
        st.caption(f"{name}：本报告期、本地区没有到账款物。")
        return
    title = f"{name}（{view.span.label}，{view.region.short_name}，到账 含物资）"
    figure = province_charts.flow(drawn, title=title, footnote=view.footnote, height=680)
    totals = [
        "、".join(
            f"{item}{wording.amount(yuan)}"
            for item, yuan in drawn.groupby(c).received_yuan.sum().sort_values(ascending=False).items()
        )
        for c in ("source", "sector", "place_kind")
    ]
    show(figure, name="money_flow", alt=f"{title}。资源：{totals[0]}。领域：{totals[1]}。地区：{totals[2]}")
    if len(drawn) < len(table):
        st.caption("红冲多于到账的组合为负数，带状图画不出，见数据表。")
    table_twin(table, name=name, view=view, is_of_place=True)


def county_layers(counties: pd.DataFrame, by_prefecture: pd.DataFrame, *, view: View) -> None:
    """Counties of a kind (poor, deeply poor, border, autonomous): numbers, map, table by prefecture, list.

    counties: background/counties; by_prefecture: background/layers_by_prefecture.
    """
    own = counties[counties.is_chosen]
    is_articles = view.snapshot.stage.is_articles
    # Outside the article's stage a kind without a county has no list that is registered: that is no zero.
    layers = {code: (view.say(name), c) for code, (name, c) in LAYERS.items() if is_articles or counties[c].any()}
    by_prefecture = by_prefecture.assign(layer=by_prefecture.layer.map(view.say))
    by_prefecture = by_prefecture[by_prefecture.layer.isin([name for name, _ in layers.values()])]
    whole = view.region.level == "province"
    figures_line(
        {
            name: f"{counties[c].sum()}个" + ("" if whole else f"（{view.region.short_name}{own[c].sum()}个）")
            for name, c in layers.values()
        }
    )
    doubts = {"deep": doubt(view)}
    counted = "、".join(f"{name}{counties[c].sum()}个{doubts.get(code, '')}" for code, (name, c) in layers.items())
    st.caption(f"全省{len(counties)}个县（市、区）：{counted}；一个县可兼有几类，各类不可相加。")
    names = {code: name for code, (name, _) in layers.items()}
    code = choices.choose(
        "layer",
        "图层",
        list(layers),
        next(iter(layers)),
        label_of=names.__getitem__,
        widget=st.segmented_control,
        required=True,
    )
    layer, column = layers[code]
    drawn = pd.DataFrame(
        {
            "county_code": counties.county_code,
            "prefecture_code": counties.prefecture_code,
            "is_in": counties[column],
            "told": [view.say(_county_text(row)) for row in counties.itertuples()],
        }
    )
    title = f"{layer}：129个县（市、区）中的{counties[column].sum()}个"
    left, right = st.columns([3, 2], gap="medium")
    with left:
        figure = province_charts.county_layer(
            drawn, layer=layer, chosen=view.place, title=title, footnote=view.footnote
        )
        show(figure, name="county_layer", alt=f"{title}，{_by_prefecture(by_prefecture, layer)}", on_click=True)
        st.caption(geography.SOURCE_LINE)
        st.caption(f"点击一个县打开它。{geography.DEQIN_WEIXI_NOTE}")
    with right:
        matrix(
            by_prefecture, rows="region_name", over="layer", value="counties", name="各州市的四类县", view=view,
            opens="region_code",
        )  # fmt: skip
    unregistered = [c for code, (_, c) in LAYERS.items() if code not in layers]
    listed = counties[counties[column] & counties.is_chosen].drop(columns=unregistered)
    hidden = ("county_code", "prefecture_code", "is_chosen")
    listing(listed, name=f"{layer}名单", view=view, opens="county_code", hide=hidden)


def _county_text(row) -> str:
    year = "" if wording.is_none(row.poverty_batch_year) else f"（{int(row.poverty_batch_year)}年批次）"
    batch = f"贫困县{year}" if row.is_poverty_county else "非贫困县"
    more = [name for name, column in LAYERS.values() if name != "贫困县" and getattr(row, column)]
    return f"{row.place_name}：{'、'.join([batch, *more])}"


def _by_prefecture(table: pd.DataFrame, layer: str) -> str:
    rows = table[(table.layer == layer) & (table.counties > 0)]
    return "、".join(f"{row.region_name}{row.counties}个" for row in rows.itertuples())


def poverty_exit(years: pd.DataFrame, exits: pd.DataFrame, *, view: View) -> None:
    """Poor people at the ends of the years, and poverty counties that left the list in four batches.

    years: background/poverty_years, empty for a county; exits: background/exits_by_batch.
    """
    left, right = st.columns(2, gap="medium")
    with left:
        if years.empty:
            st.caption(view.say("未脱贫建档立卡人口：没有县级数，见所属州市与全省。"))
        else:
            way = "→".join(
                f"{wording.people(r.poor_population)}（{r.year_end}，{r.certainty}）" for r in years.itertuples()
            )
            st.markdown(f"{view.say(POOR)}：{way}{_end(years, view)}")
            _poor_curve(years, view)
    with right:
        batches = "、".join(f"{r.batch_name}{r.poverty_counties}个" for r in exits.itertuples())
        if exits.empty:
            st.caption(view.say("贫困县退出：现在的名单没有登记退出。"))
        else:
            st.markdown(f"贫困县退出：共{exits.poverty_counties.sum()}个，{batches}")
            bars(
                exits, key="batch_name", label="batch_name", value="poverty_counties", unit="个", name="贫困县分批退出",
                view=view, height=340,
            )  # fmt: skip
    st.caption(
        "人口为各年末数，退出以批准公告日计；“推算”由公开的减贫数相减而得"
        + ("，“演示”不代表真实情况" if "演示" in set(years.certainty) else "")
        + "。晚于截至日的年末数不画在图中。"
    )


def _end(years: pd.DataFrame, view: View) -> str:
    """'→0（2020年末…）' for the province while the snapshot is older than the end of 2020; else ''."""
    has_last_step = view.region.level == "province" and "2020年末" not in set(years.year_end)
    return "→0（2020年末，公开数，晚于截至日）" if has_last_step else ""


def _poor_curve(years: pd.DataFrame, view: View) -> None:
    name = view.say(POOR)
    figure = compositions.curves(
        years.assign(series=name), unit="人", title=f"{name}（各年末）", footnote=view.footnote, at="year_end",
        series="series", value="poor_population",
    )  # fmt: skip
    show(figure, name="poor_curve", alt=f"{name}：{years.year_end.iloc[0]}至{years.year_end.iloc[-1]}")
    table_twin(years, name=name, view=view, is_of_place=True)


def needs(category: pd.DataFrame, help_type: pd.DataFrame, posted: pd.DataFrame, *, view: View) -> None:
    """Persons reached in the year by category and by kind of help, then needs posted in the period by sector.

    category: people/by_category; help_type: people/by_help_type; posted: background/needs_by_sector.
    """
    left, right = st.columns(2, gap="medium")
    with left:
        _people(category, "poverty_category", "各类对象惠及人数", view)
    with right:
        _people(help_type, "help_type", "各帮扶类型惠及人数", view)
    if not posted.needs.sum():
        st.caption("各领域发布的需求：本报告期、本地区没有发布需求。")
        return
    st.markdown(
        f"本期发布需求 **{posted.needs.sum():,}** 项、**{wording.amount(posted.need_amount_yuan.sum())}**，"
        f"其中期末已对接 **{posted.needs_matched.sum():,}** 项。"
    )
    name = "各领域发布的需求资金"
    bars(posted, key="sector", label="sector", value="need_amount_yuan", unit="元", name=name, view=view)


def _people(table: pd.DataFrame, column: str, name: str, view: View) -> None:
    if table.empty:
        st.caption(f"{name}：{view.span.year}年本地区没有记录，或只公布到州市。")
    else:
        people_table(table, column=column, name=name, view=view)
