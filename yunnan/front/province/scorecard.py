"""The scorecard: scores with their rank bands, a heat table of attainments, how sensitive the scores are."""

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.charts import line_charts
from yunnan.front.address import navigation
from yunnan.front.kit.clicks import Doors, of_rows
from yunnan.front.kit.grids import column_width, grid
from yunnan.front.kit.panels import rows_high, show, table_twin
from yunnan.front.kit.written_tables import once, shaded
from yunnan.words import palette, wording

DEFINITIONS = "pages/trust/definitions.py"
SHADE = {"达标": palette.MET, "接近": palette.NEAR, "滞后": palette.LATE}


def score_table(scores: pd.DataFrame, *, view: View) -> None:
    """One row for each prefecture: total, tier, rank band, four pillars; a button opens the place.

    scores: scores/by_prefecture.
    """
    total = scores[scores.pillar_code == "ALL"].set_index("region_code")
    pillars = scores.pivot(index="region_code", columns="pillar_code", values="score")
    display = pd.DataFrame(
        {
            "州市": total.region_name,
            "综合得分": total.score,
            "档次": total.tier,
            "名次区间": [wording.band(*row) for row in zip(total.rank_high, total.rank_low, strict=True)],
            **{name: pillars[code].reindex(total.index) for code, name in view.pillars.items()},
            "几何平均": total.score_geometric,
        }
    )
    numbers = ["综合得分", *view.pillars.values(), "几何平均"]
    texts = dict.fromkeys(numbers, lambda v: wording.fixed(v, 1))
    doors = of_rows(list(total.index), navigation.goto)
    with_doors = doors.beside(display)
    styler = once(("scores", with_doors), lambda: with_doors.style.format(texts))
    key = "score_table"
    grid(
        styler,
        hide_index=True,
        height=rows_high(len(display)),
        key=key,
        column_config={"州市": st.column_config.Column(width=column_width(display["州市"]))},
        doors=doors,
        alt="各州市综合得分、档次、名次区间与四支柱得分",
    )
    st.caption("点“打开”看该州市；点击列名可排序，默认按省内惯用顺序。")
    table_twin(scores, name="得分与档次", view=view)


def heat_table(heat: pd.DataFrame, *, view: View, name: str) -> None:
    """One row for each place, one column for each indicator: attainment if there is a target, else the value.

    heat: values/heat. A button in each row opens the definition of an indicator.
    """
    order = list(dict.fromkeys(heat.region_name))
    names = dict(zip(heat.indicator_code, heat.short_indicator, strict=True))
    labelled = heat.assign(text=[_cell(row) for row in heat.itertuples()])
    cells = labelled.pivot(index="region_name", columns="indicator_code", values="text").loc[order]
    shades = labelled.pivot(index="region_name", columns="indicator_code", values="status").loc[order]
    colours = shades.map(lambda status: palette.cell(SHADE.get(status, palette.NOT_JUDGED)))
    codes = list(dict.fromkeys(heat.region_code))
    indicators = list(cells.columns)
    table = cells.rename(columns=names)
    colours.columns = table.columns
    key, by_name = "heat_table", dict(zip(table.columns, indicators, strict=True))

    def open_indicator(figure: tuple[str, str]) -> None:
        place, indicator = figure
        navigation.open_page(DEFINITIONS, place=place, indicator=indicator)

    doors = Doors([{head: (code, by_name[head]) for head in table.columns} for code in codes], open_indicator)
    grid(
        shaded(doors.beside(table), doors.beside(colours, fill="")),
        height=rows_high(len(table)),
        key=key,
        doors=doors,
        column_config={"_index": st.column_config.Column("地区", pinned=True, width=column_width(order))},
        alt=f"{name}：各地区{wording.numeral(len(indicators))}项指标的完成率或数值",
    )
    st.caption(
        "有目标的显示完成率，其余显示数值；● 达标（≥100%） ▲ 接近（90%—100%） ■ 滞后（<90%） ◇ 观察 "
        "○ 未报送、数据不全、已隐去、不适用、无目标或本期不评。点“打开”选一项，看该地区的这项指标。"
    )
    table_twin(heat, name=f"{name}指标", view=view)


def sensitivity(totals: pd.DataFrame, *, view: View) -> None:
    """A chart of how far each total score moves with another mean or one indicator left out.

    totals: the rows ALL of scores/by_prefecture.
    """
    scored = totals.dropna(subset="score").sort_values("score", ascending=False, kind="stable")
    if scored.empty:
        return
    height = 560 if view.sees_all else 180 + 24 * len(scored)
    title = f"综合得分的稳健性（{view.span.label}）"
    figure = line_charts.sensitivity(scored, title=title, footnote=view.footnote, height=height)
    show(figure, name="sensitivity", alt=f"{title}：横条为逐一剔除一项指标后得分的范围")
    st.caption(
        "横条为逐一剔除一项指标后的得分范围；圆点为采用的算术平均，菱形为几何平均。两者相距越远，越依赖个别指标。"
    )


def _cell(row) -> str:
    value = wording.measured(row.value, row.unit, row.status)
    if row.status in SHADE:
        return f"{wording.LIGHTS[row.status]} {wording.attained(row.attainment)}"
    return value if wording.is_none(row.value) else f"{wording.LIGHTS[row.status]} {value}"
