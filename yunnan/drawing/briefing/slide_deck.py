"""The slides of a briefing or of an agenda: each slide shows one view with one finding as its title."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from yunnan.access.viewer import Scope
from yunnan.data import snapshots
from yunnan.data.agendas import Agenda
from yunnan.drawing.briefing import document_parts, word_document
from yunnan.drawing.briefing.request import Brief
from yunnan.drawing.exports import pptx
from yunnan.drawing.exports.pptx import Chart, Slide
from yunnan.drawing.findings import attention, rankings, sentences
from yunnan.drawing.findings.sentences import Finding
from yunnan.words import wording
from yunnan.words.geography import PROVINCE

LONGEST = 110  # most characters of a slide's title
PILLAR_OF = {"party": "P1", "mechanism": "P2", "guidance": "P3", "platform": "P4"}  # page -> pillar
AS_MAP, AS_BARS, AS_LINE, AS_ATTAINED, AS_MATTERS = "map", "bars", "line", "attained", "matters"
MOST_MATTERS = 12  # lines that fit on a slide
# page -> how it is drawn when the agenda names no measure for it; pages not listed are drawn as bars
SHOWN_BY = {"overview": AS_MAP, "prefecture": AS_LINE, "county": AS_LINE} | dict.fromkeys(PILLAR_OF, AS_ATTAINED)

SCORED = {"scorecard": "SCORE"}  # page -> the measure it is about, whatever its address says


@dataclass(frozen=True)
class SlideView:
    """What one slide shows: a page, the briefing with its place and period, the measure, and the speaker's note."""

    page: str
    brief: Brief
    measure: str = ""  # empty: the page's own measure
    note: str = ""
    shown_by: str = ""  # one of AS_MAP, AS_BARS, AS_LINE, AS_ATTAINED, AS_MATTERS; empty: as SHOWN_BY says for the page


@dataclass(frozen=True)
class Deck:
    """A title and the views under it."""

    title: str
    views: Sequence[SlideView]


def deck_of_brief(brief: Brief) -> Deck:
    """The slides of a briefing: map, places in order, quarters; without a pillar also one slide for each pillar.

    A briefing of one pillar begins with the attainment of its indicators instead.
    """
    page = {"P1": "party", "P2": "mechanism", "P3": "guidance", "P4": "platform"}.get(brief.pillar, "overview")
    own = [AS_ATTAINED] if brief.pillar else []
    views = [SlideView(page, brief, shown_by=shown_by) for shown_by in (*own, AS_MAP, AS_BARS, AS_LINE, AS_MATTERS)]
    if not brief.pillar:
        views += [SlideView(page, replace(brief, pillar=code)) for page, code in PILLAR_OF.items()]
    return Deck(word_document.title(brief), views)


def document(deck: Deck) -> bytes:
    """The finished .pptx."""
    briefs = list(dict.fromkeys(view.brief.footnote for view in deck.views))
    nature = [wording.DEMO] if any(view.brief.snapshot.is_synthetic for view in deck.views) else []
    seen = {f"可见范围：{v.brief.visible_names}；不含其他州市" for v in deck.views if not v.brief.sees_all}
    subtitle = "\n".join([*briefs, *nature, *seen, "草稿，供会议使用；图表可编辑"])
    return pptx.document(
        deck.title,
        subtitle,
        [slide(view) for view in deck.views],
        about="、".join({view.brief.snapshot.title for view in deck.views}),
    )


def deck_of_agenda(agenda: Agenda, seen: Scope) -> Deck:
    """The slides of an agenda, one for each of its views, with the speaker's notes."""
    return Deck(agenda.title, [agenda_view(stop.page, stop.address, stop.note, seen) for stop in agenda.stops])


def agenda_view(page: str, address: Mapping[str, str], note: str, seen: Scope) -> SlideView:
    """The view that one entry of an agenda names. Raises NoSnapshot, Damaged.

    page: the page's name in its address; address: the parameters of that address, asof and period always among them.
    """
    snapshot = snapshots.find(address["asof"], seen)
    brief = Brief(snapshot, address["period"], address.get("place") or PROVINCE, PILLAR_OF.get(page, ""))
    measure = address.get("measure") or address.get("indicator") or ""
    measures = snapshot.table("measures/of_period", period=brief.period).measure
    return SlideView(page, brief, SCORED.get(page, measure if measure in set(measures) else ""), note)


def slide(view: SlideView) -> Slide:
    """One slide: the finding as its title, a chart or map, and a line with definition, date and figure code."""
    shown_by = view.shown_by or (AS_BARS if view.measure else SHOWN_BY.get(view.page, AS_BARS))
    values = view.brief.snapshot.table("values/of_place", **view.brief.params)
    if shown_by == AS_MATTERS:
        return _matters(view)
    if view.page == "reconciliation":
        return _published(view)
    if shown_by == AS_ATTAINED and view.brief.region.level != "county":
        return _attained(view, values)
    card = word_document.lead(view.brief, view.measure)
    code = view.brief.code(card.Index)
    source = f"口径：{card.definition}。{view.brief.footnote}{f'　数字凭证 {code}' if code else ''}"
    rows = word_document.by_place(view.brief, card.Index)
    if shown_by in (AS_LINE, AS_ATTAINED) or rows.value.isna().all():
        return _over_time(view, values, card, source)
    if shown_by == AS_BARS:
        high_first = rows.sort_values("value", ascending=False, na_position="last", kind="stable")
        finding = _finding(view.brief, values, card, rows)
        return Slide(
            finding, source, _bars(high_first, card), alt=document_parts.values_text(rows, card.unit), note=view.note
        )
    drawn = document_parts.map_of(view.brief, rows, card)
    missing_picture = f"（此处应有图：{drawn.title}。{drawn.why}。{drawn.alt}）" if drawn.png is None else ""
    finding = headline(word_document.finding(view.brief))
    return Slide(finding, source, png=drawn.png, alt=drawn.alt, text=missing_picture, note=view.note)


def _over_time(view: SlideView, values: pd.DataFrame, card, source: str) -> Slide:
    rows = word_document.quarters(view.brief, card.Index)
    finding = f"{_finding(view.brief, values, card)}（各季度）"
    if rows.value.isna().all():
        return Slide(finding, source, text="本指标在本地区没有可画的数。", note=view.note)
    return Slide(finding, source, _line(rows, card), alt=document_parts.quarters_text(rows, card), note=view.note)


def _matters(view: SlideView) -> Slide:
    """What needs somebody, line by line, the most pressing first."""
    brief = view.brief
    every = attention.of_view(brief, brief.pillar)
    lines = [f"{m.symbol} {m.place_name}：{m.text}" for m in every[:MOST_MATTERS]]
    more = f"，以下为前{len(lines)}项" if len(every) > len(lines) else ""
    name = brief.pillars.get(brief.pillar, "")
    finding = f"{brief.region.short_name}{brief.span.label}{name}需要关注的事项共{len(every)}项{more}"
    code = next((matter.code for matter in every if matter.code), brief.code("SCORE"))
    source = f"口径：{attention.rule().partition('。')[0]}。{brief.footnote}　首项指标的数字凭证 {code}"
    return Slide(finding, source, text="\n".join(lines) or "本期没有需要关注的事项。", note=view.note)


def _published(view: SlideView) -> Slide:
    """Published figures, the article's and the office's, beside what the snapshot computes, line by line."""
    figures = view.brief.snapshot.table("definitions/published_figures")
    verdict = figures.holds.map({True: "✓", False: "✗"}).fillna("…")
    lines = [f"{mark} {r.figure_label}：{r.published}" for mark, r in zip(verdict, figures.itertuples(), strict=True)]
    is_articles = figures.seed_fact.notna()
    whose = "文献" if is_articles.any() and is_articles.all() else ""
    finding = f"{whose}公布的{len(figures)}项，本快照计算一致的{int((verdict == '✓').sum())}项"
    code = f"　首项的数字凭证 {view.brief.code('CAL-01', PROVINCE)}" if is_articles.any() else ""
    source = f"口径：逐条记录重新计算，与{whose or '公布'}的写法核对。{view.brief.footnote}{code}"
    text = "\n".join(lines) or "没有登记可以对照的公布数。"
    return Slide(finding, source, text=text, note=view.note)


def headline(finding: Finding) -> str:
    """The first sentences of a finding, as many as fit into a slide's title (LONGEST); at least one."""
    title = ""
    for sentence in finding:
        next_text = sentences.plain([sentence])
        if title and len(title) + len(next_text) > LONGEST:
            break
        title += next_text
    return title


def _finding(brief: Brief, values: pd.DataFrame, card, rows: pd.DataFrame | None = None) -> str:
    """A sentence with the place's own value; if rows are given, also the highest and the lowest place among them."""
    first = f"{brief.region.short_name}{brief.span.label}{card.measure_name}{_value(values, card)}"
    ranked = (
        []
        if rows is None
        else list(rankings.places_only(rows).dropna(subset="value").sort_values("value").itertuples())
    )
    if len(ranked) < 2:
        return first
    low, top = ranked[0], ranked[-1]
    return (
        f"{first}；最高{top.region_name}{wording.measure(top.value, card.unit)}，"
        f"最低{low.region_name}{wording.measure(low.value, card.unit)}"
    )


def _value(values: pd.DataFrame, card) -> str:
    """The place's own value with its change; empty for a measure that is no indicator."""
    for own in values[values.indicator_code == card.Index].itertuples():
        changed = wording.compared(own)
        compared = "" if changed == wording.NONE else f"，同比{changed}"
        return f"{wording.headline(own.value, own.unit, own.published, own.status)}{compared}"
    return ""


def _attained(view: SlideView, values: pd.DataFrame) -> Slide:
    """The slide of a pillar: bars of the attainment of each of its indicators that has a target."""
    brief = view.brief
    own = values[(values.pillar_code == brief.pillar) & values.attainment.notna()]
    own = own.sort_values("attainment", ascending=False, kind="stable")
    shares = [math.floor(round(share * 1000, 6)) / 1000 for share in own.attainment]  # as words.attained: never up
    chart = Chart("bars", list(own.indicator_name), shares, "完成率（对本期目标）", "0.0%")
    alt = "；".join(f"{r.indicator_name}{wording.attained(r.attainment)}" for r in own.itertuples())
    source = f"口径：完成率＝本期值÷本期目标，只列有目标的指标。{brief.footnote}"
    source += f"　数字凭证 {brief.code(f'F{brief.pillar[1]}')}"
    finding = headline(word_document.finding(brief))
    if own.empty:
        return Slide(finding, source, text="本报告期没有可计算完成率的指标。", note=view.note)
    return Slide(finding, source, chart=chart, alt=alt, note=view.note)


def _bars(rows: pd.DataFrame, card) -> Chart:
    names = [
        r.region_name if not wording.is_none(r.value) else f"{r.region_name}（{r.status}）" for r in rows.itertuples()
    ]
    return Chart("bars", names, _numbers(rows.value, card.unit), *_written(card))


def _line(rows: pd.DataFrame, card) -> Chart:
    return Chart("line", list(rows.period_label), _numbers(rows.value, card.unit), *_written(card))


def _numbers(values: pd.Series, unit: str) -> list[float | None]:
    """The values as a chart takes them: money in 万元, all else unchanged; None where there is no value."""
    divisor = 10_000 if unit == "元" else 1
    return [None if wording.is_none(value) else float(value) / divisor for value in values]


def _written(card) -> tuple[str, str]:
    """(name of the series with its unit, Excel's number format)."""
    unit = document_parts.WAN_YUAN if card.unit == "元" else card.unit
    number = "0.0%" if unit == "%" else "#,##0.0" if unit in (document_parts.WAN_YUAN, "分", "人/万人") else "#,##0"
    return f"{card.measure_name}（{unit}）", number
