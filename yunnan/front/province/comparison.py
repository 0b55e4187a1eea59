"""Comparisons side by side: prefectures; also the tables for two periods or snapshots. Differences name their base."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
import streamlit as st

from yunnan.data.view import View
from yunnan.drawing.charts import province_charts
from yunnan.front.address import choices, navigation
from yunnan.front.kit.clicks import Doors
from yunnan.front.kit.conclusion import finding
from yunnan.front.kit.grids import grid
from yunnan.front.kit.panels import rows_high, show, table_twin
from yunnan.front.kit.written_tables import shaded
from yunnan.front.province.scorecard import SHADE
from yunnan.words import columns, palette, wording

MODES = {"places": "州市与州市", "periods": "两个时期", "snapshots": "两份快照"}
FEW = 10  # a difference of fewer people is shown as '不足10'


@dataclass(frozen=True)
class Side:
    """One column of a comparison: heading, values (one row for each indicator), URL parameters of their evidence."""

    name: str
    table: pd.DataFrame
    opens: dict[str, str]


@dataclass(frozen=True)
class Difference:
    """A column with the values of side minus those of base; the heading names the base."""

    heading: str
    side: Side
    base: Side


def modes(view: View) -> list[str]:
    """The codes of MODES that the reader may use: comparing prefectures needs access to all of them."""
    return [mode for mode in MODES if view.sees_all or mode != "places"]


def chosen_prefectures(scores: pd.DataFrame, view: View) -> list[str]:
    """Codes of two to four prefectures, the base first. scores: scores/by_prefecture."""
    places = view.places[view.places.level == "prefecture"]
    names = dict(zip(places.place, places.short_name, strict=True))
    chosen = choices.choose_several("with", "州市", list(names), neighbours(scores, view), label_of=names.__getitem__)
    st.caption(
        f"二至四个，第一个（{names[chosen[0]]}）为基准。未选时：地区为全省的比{_preset_words(view)}；"
        "地区为一个州市或县的，比该州市与综合得分名次相邻的两个州市。"
    )
    return chosen


def _preset_words(view: View) -> str:
    preset = view.snapshot.table("compare/preset")
    favoured = f"（{view.say('三区三州')}）" if preset.is_sqsz.all() else ""
    return f"{'、'.join(preset.region_name)}{favoured}"


def neighbours(scores: pd.DataFrame, view: View) -> list[str]:
    """Codes to compare by default: the view's prefecture, then two next to it in rank; for the province the preset.

    scores: scores/by_prefecture. Reads compare/preset.
    """
    preset = list(view.snapshot.table("compare/preset").region_code)
    if view.region.level == "province":
        return preset
    own = view.region.prefecture_code
    total = scores[(scores.pillar_code == "ALL") & scores.place_rank.notna()]
    ranked = list(total.sort_values("place_rank", kind="stable").region_code)
    if own not in ranked or len(ranked) < 3:
        return [own, *(code for code in preset if code != own)][:4]
    start = min(max(ranked.index(own) - 1, 0), len(ranked) - 3)
    return [own, *(code for code in ranked[start : start + 3] if code != own)]


def places_finding(scores: pd.DataFrame, chosen: list[str], *, view: View) -> None:
    """A sentence with the scores of the chosen prefectures; the base is first. scores: compare/scores."""
    total = _in_order(scores[scores.pillar_code == "ALL"], chosen)
    base = total.iloc[0]
    parts = [f"{base.region_name}{_scored(base, '基准')}"]
    parts += [f"{row.region_name}{_scored(row)}，{_difference_text(row, base)}" for row in total.iloc[1:].itertuples()]
    finding([[f"{view.span.label}综合得分：{'；'.join(parts)}。"]])


def scores_beside(scores: pd.DataFrame, chosen: list[str], *, view: View) -> None:
    """Bars and a table of the scores of the chosen prefectures and the province. scores: compare/scores."""
    in_order = _in_order(scores, [*chosen, navigation.PROVINCE])
    score_bars(in_order, "region_name", view, f"综合与四支柱得分（{view.span.label}）")
    table_twin(in_order, name="得分对比", view=view)


def places_beside(table: pd.DataFrame, chosen: list[str], pillar: str, *, view: View) -> None:
    """The indicators of one pillar, of the province and the chosen prefectures. table: compare/places."""
    in_order = _in_order(table, [navigation.PROVINCE, *chosen])
    sides = [
        Side(str(rows.region_name.iloc[0]), rows, {"place": str(code)})
        for code, rows in in_order.groupby("region_code", sort=False)
    ]
    base = sides[1]
    marked = Side(f"{base.name}（基准）", base.table, base.opens)
    differing = {side.name: Difference(f"{side.name}较{base.name}", side, base) for side in sides[2:]}
    pillar_table(pillar, [sides[0], marked, *sides[2:]], differing, view=view)


def places_twin(table: pd.DataFrame, chosen: list[str], *, view: View) -> None:
    """The table of all indicators with its file. table: compare/places."""
    table_twin(_in_order(table, [navigation.PROVINCE, *chosen]), name="指标对比", view=view)


def _in_order(table: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """The rows of these places, in this order."""
    return pd.concat([table[table.region_code == code] for code in codes], ignore_index=True)


def _scored(row, note: str = "") -> str:
    """'95.2分（优，基准）'; without a score '数据不足（基准）' or '无目标（基准）'."""
    beside = "，".join(part for part in ("" if wording.is_none(row.score) else row.tier, note) if part)
    return _score(row.score, row.tier) + (f"（{beside}）" if beside else "")


def _score(score, tier: str) -> str:
    return tier if wording.is_none(score) else wording.measure(score, "分")


def _difference_text(row, base) -> str:
    if wording.is_none(row.score_difference):
        return f"与{base.region_name}无法相比"
    return f"较{base.region_name}{wording.signed(wording.fixed(row.score_difference, 1))}分"


def score_bars(scores: pd.DataFrame, series: str, view: View, title: str) -> None:
    """Bars of total and pillar scores, one group of bars for each value of the column series."""
    names = view.pillars | {"ALL": "综合"}
    drawn = pd.DataFrame(
        {"at": scores.pillar_code.map(names), "series": scores[series], "value": scores.score, "tier": scores.tier}
    )
    figure = province_charts.beside(
        drawn, at="at", series="series", value="value", unit="分", title=title, footnote=view.footnote, height=360
    )  # fmt: skip
    total = drawn[drawn["at"] == "综合"]
    totals_text = "、".join(f"{row.series}{_score(row.value, row.tier)}" for row in total.itertuples())
    show(figure, name="scores_beside", alt=f"{title}：综合{totals_text}")


def pillar_table(
    pillar: str,
    sides: list[Side],
    differing: dict[str, Difference],
    *,
    view: View,
    marks_revision: bool = False,
) -> None:
    """The indicators of one pillar; a button in each row opens the evidence of a column.

    sides: the columns, in order. differing: {name of a side: the column of differences after it}. marks_revision: also
    a column that marks revised values.
    """
    name = view.pillars[pillar]
    first = _of_pillar(sides[0], pillar)
    cells: dict[str, list[str]] = {columns.label("indicator_name"): list(first.indicator_name)}
    shades: dict[str, list[str]] = {columns.label("indicator_name"): [""] * len(first)}
    opens: dict[str, dict[str, str]] = {}
    for side in sides:
        rows = _of_pillar(side, pillar)
        cells[side.name] = [_cell(row) for row in rows.itertuples()]
        shades[side.name] = [palette.cell(SHADE.get(s, palette.NOT_JUDGED)) for s in rows.status]
        opens[side.name] = side.opens
        if side.name in differing:
            column = differing[side.name]
            both = (_of_pillar(part, pillar).itertuples() for part in (column.side, column.base))
            pairs = list(zip(*both, strict=True))
            cells[column.heading] = [difference(a, b) for a, b in pairs]
            shades[column.heading] = [""] * len(rows)
            if marks_revision:
                cells["修订"] = ["修订" if is_revised(a, b) else "" for a, b in pairs]
                shades["修订"] = [""] * len(rows)
    doors = Doors(
        [{head: (code, place) for head, place in opens.items()} for code in first.indicator_code], open_evidence
    )
    table, colours = doors.beside(pd.DataFrame(cells)), doors.beside(pd.DataFrame(shades), fill="")
    key = f"compare_{pillar}"
    grid(
        shaded(table, colours),
        hide_index=True,
        height=rows_high(len(table)),
        key=key,
        doors=doors,
        column_config={columns.label("indicator_name"): st.column_config.Column(pinned=True, width=235)},
        alt=f"{name}{wording.numeral(len(first))}项指标对比",
    )
    st.caption(
        "● 达标（≥100%） ▲ 接近（90%—100%） ■ 滞后（<90%） ◇ 观察 "
        "○ 无目标、本期不评、未报送、数据不全、已隐去、不适用。"
        "点“打开”选一列，看该列所属地区（时期、快照）的口径、SQL与明细行。"
        "统计人、户的指标已作小数保护，任一方隐去时不相减。"
    )


def _of_pillar(side: Side, pillar: str) -> pd.DataFrame:
    return side.table[side.table.pillar_code == pillar]


def _cell(row) -> str:
    """'● 4,620万元', with '（数据不全）' if returns are incomplete; without a value the reason."""
    note = "（数据不全）" if not row.is_complete and not wording.is_none(row.value) else ""
    return f"{wording.LIGHTS[row.status]} {wording.measured(row.value, row.unit, row.status)}{note}"


def gap(now, base) -> Decimal | None:
    """now minus base; None if one is missing or incomplete, or they count differently.

    now, base: rows with value, is_complete, counts_inspections.
    """
    if wording.is_none(now.value) or wording.is_none(base.value) or not (now.is_complete and base.is_complete):
        return None
    if now.counts_inspections != base.counts_inspections:
        return None
    return Decimal(str(now.value)) - Decimal(str(base.value))


def difference(now, base) -> str:
    """'+1.2个百分点', '-60万元', '+12个', '持平'; '—' where gap is None. Rows as in gap, with unit, counts_people."""
    moved = gap(now, base)
    if moved is None:
        return wording.NONE
    if abs(moved) < Decimal("1e-8"):
        return "持平"
    if now.counts_people and abs(moved) < FEW:
        return f"{'+' if moved > 0 else '-'}不足{FEW}{now.unit}"
    return wording.moved(moved, now.unit)


def is_revised(now, base) -> bool:
    """Whether two snapshots have different values, or different reasons for having none."""
    if wording.is_none(now.value) or wording.is_none(base.value):
        return wording.is_none(now.value) != wording.is_none(base.value) or now.status != base.status
    return abs(now.value - base.value) > 1e-8


def open_evidence(figure: tuple[str, Mapping[str, str]]) -> None:
    """Open the evidence of an indicator with these parameters: place, and period or snapshot where they differ."""
    code, address = figure
    navigation.open_page(navigation.EVIDENCE_PAGE, indicator=code, evidence="true", **address)
