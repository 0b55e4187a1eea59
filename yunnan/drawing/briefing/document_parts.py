"""The tables, maps and charts of a briefing; each table names the figure code of its rows, each picture has a text."""

from collections.abc import Callable, Sequence

import pandas as pd

from yunnan.data import targets
from yunnan.drawing import pictures
from yunnan.drawing.briefing.request import Brief
from yunnan.drawing.charts import maps
from yunnan.drawing.exports.docx import Picture, Table
from yunnan.drawing.findings import attention
from yunnan.words import geography, wording

ROUNDED = "部分数据因四舍五入，存在总计与分项合计不等的情况。"
BELOW_NAME = "表中名称下的小字为该数的数字凭证，在看板中输入即可打开这个数的口径、计算和明细。"
WAN_YUAN = "万元"
INDICATOR_HEADER = ("指标", "本期", "同比", "本期目标", "完成率", "状态")
MATTER_HEADER, MATTER_WIDTHS, MOST_MATTERS = ("类别", "地区", "事项"), (28, 26, 102), 12
PLACE_HEADER = ("地区", "本期", "上年同期", "同比", "本期目标", "完成率")
INDICATOR_WIDTHS, PLACE_WIDTHS = (43, 22, 33, 22, 15, 21), (43, 21, 21, 34, 21, 16)


def indicators(brief: Brief, values: pd.DataFrame, title: str, names: dict[str, str] | None = None) -> Table:
    """A table of indicators, one row each: name and figure code, value, change, target, attainment, light.

    values: rows of values/of_place; names: indicator code -> name to use instead of its own.
    """
    rows = []
    for r in values.itertuples():
        name = (names or {}).get(r.indicator_code, r.indicator_name)
        value = wording.headline(r.value, r.unit, r.published, r.status)
        rows.append((
            f"{name}\n{brief.code(r.indicator_code)}", value, wording.compared(r),
            targets.of_period(r), wording.attained(r.attainment), wording.light(r.status),
        ))  # fmt: skip
    return Table(title, INDICATOR_HEADER, rows, INDICATOR_WIDTHS, "lrrrrl", note=brief.footnote)


def places(brief: Brief, table: pd.DataFrame, card, total) -> Table:
    """A table of one measure, one row per place, the briefing's own place first; money in 万元.

    table: a row per place; card: the measure's row of measures/of_period; total: the own place's row of its values.
    """
    unit, format_value = _table_unit(card.unit)
    rows = [_place(brief, brief.region.short_name, brief.place, total, card, format_value)]
    for r in table.itertuples():
        code = r.region_code if r.region_name != "省本级" and r.region_code != brief.place else ""
        rows.append(_place(brief, r.region_name, code, r, card, format_value))
    title = f"{brief.span.label}{card.measure_name}（分地区）"
    note = f"{brief.footnote}。{ROUNDED}"
    return Table(title, PLACE_HEADER, rows, PLACE_WIDTHS, "lrrrrr", unit=unit, note=note)


def matters(brief: Brief) -> tuple[Table | None, str]:
    """(the first MOST_MATTERS of 需要关注 as a table or None, the text below it: its rule, how many are left)."""
    every = attention.of_view(brief, brief.pillar)
    if not every:
        return None, "本期没有需要关注的事项。"
    rows = [(f"{m.symbol} {m.kind}", m.place_name, f"{m.text}\n{m.code}") for m in every[:MOST_MATTERS]]
    more = len(every) - len(rows)
    rest = f"另有{more:,}条，见看板。" if more else ""
    title = f"需要关注的事项（共{len(every):,}条）"
    return Table(title, MATTER_HEADER, rows, MATTER_WIDTHS, "lll", note=brief.footnote), f"{rest}{attention.rule()}"


def _place(brief: Brief, name: str, code: str, row, card, format_value: Callable) -> tuple[str, ...]:
    small = f"\n{brief.code(card.Index, code)}" if code else ""
    value = f"（{row.status}）" if wording.is_none(row.value) else format_value(row.value)
    change = wording.compared(row, card.unit)
    target, attainment = getattr(row, "target_to_date", None), getattr(row, "attainment", None)
    return (
        f"{name}{small}",
        value,
        format_value(row.base_value),
        change,
        format_value(target),
        wording.attained(attainment),
    )


def _table_unit(unit: str) -> tuple[str, Callable[[object], str]]:
    """(the unit of a whole table, a function that writes a value in that unit without the unit itself)."""
    if unit == "元":
        return WAN_YUAN, lambda v: wording.NONE if wording.is_none(v) else wording.fixed(v / 10_000, 1)
    if unit == "%":
        return unit, lambda v: wording.percent(v).removesuffix("%")
    return unit, lambda v: wording.measure(v, unit).removesuffix(unit)


def map_of(brief: Brief, table: pd.DataFrame, card) -> Picture:
    """The map of a measure by prefecture; of a prefecture's briefing, by county."""
    prefecture = brief.place if brief.region.level == "prefecture" else None
    breaks = maps.of_counties(card.breaks, card.unit) if prefecture else card.breaks
    title = f"{brief.span.label}{card.measure_name}分布图"
    note = geography.SOURCE_LINE + (f"。{geography.DEQIN_WEIXI_NOTE}" if prefecture == geography.DIQING_CODE else "")
    return _picture(
        title,
        lambda: pictures.choropleth(
            table, unit=card.unit, breaks=breaks, footnote=brief.footnote, prefecture=prefecture
        ),
        values_text(table, card.unit),
        note,
    )


def ranking_of(brief: Brief, table: pd.DataFrame, card) -> Picture:
    """Bars of a measure by place, from high to low."""
    high_first = table.sort_values("value", ascending=False, na_position="last", kind="stable")
    title = f"{brief.span.label}{card.measure_name}由高到低"
    draw = lambda: pictures.ranking(high_first, unit=card.unit, footnote=brief.footnote)  # noqa: E731
    return _picture(title, draw, values_text(table, card.unit))


def trend_of(brief: Brief, quarters: pd.DataFrame, card) -> Picture:
    """The line of an indicator by quarter. quarters: its rows of values/by_quarter."""
    title = f"{brief.region.short_name}{card.measure_name}各季度走势"
    draw = lambda: pictures.trend(quarters, unit=card.unit, footnote=brief.footnote)  # noqa: E731
    return _picture(title, draw, quarters_text(quarters, card))


def _picture(title: str, draw: Callable[[], bytes], alt: str, note: str = "") -> Picture:
    try:
        return Picture(title, draw(), alt, note=note)
    except pictures.NoFont as error:
        return Picture(title, None, alt, str(error))


def values_text(table: pd.DataFrame, unit: str) -> str:
    """The values of a map or of bars as text, for readers who do not see the picture."""
    return "；".join(wording.named_value(r.region_name, r.value, unit, r.status) for r in table.itertuples())


def quarters_text(quarters: pd.DataFrame, card) -> str:
    """The values of a line as text, for readers who do not see the picture."""
    points = zip(quarters.period_label, quarters.value, strict=True)
    return "；".join(f"{label}{wording.measure(value, card.unit)}" for label, value in points)


def definitions(cards: pd.DataFrame, codes: Sequence[str]) -> Table:
    """A table with definition, unit and target of these indicators. cards: rows of definitions/cards."""
    chosen = cards[cards.indicator_code.isin(codes)]
    rows = [
        (f"{r.indicator_name}\n{r.indicator_code}", r.definition, r.unit, r.target_logic) for r in chosen.itertuples()
    ]
    return Table("", ("指标", "口径", "单位", "目标"), rows, (34, 76, 14, 32), "llcl")
