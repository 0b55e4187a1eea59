"""A briefing as a Word document: which parts it has, in which order, and the tables behind them."""

from datetime import date

import pandas as pd

from yunnan.data import due_dates, queries
from yunnan.drawing.briefing import document_parts
from yunnan.drawing.briefing.request import Brief
from yunnan.drawing.exports import docx
from yunnan.drawing.exports.docx import Annex, Heading, Part, Text
from yunnan.drawing.findings import conclusions, sentences
from yunnan.drawing.findings.sentences import Finding
from yunnan.words import geography, wording


def document(brief: Brief, dated: date) -> bytes:
    """The finished .docx. dated: the day of writing."""
    return docx.document(title=title(brief), parts=list(parts_of_brief(brief)), dated=dated, about=brief.snapshot.title)


def title(brief: Brief) -> str:
    """'怒江州社会组织参与脱贫攻坚\\n“四个突出”情况简报（2019年）'."""
    place = "云南省" if brief.region.level == "province" else brief.region.short_name
    subject = f"“四个突出”之{brief.pillars[brief.pillar]}情况简报\n" if brief.pillar else "“四个突出”情况简报"
    return f"{place}社会组织参与{brief.snapshot.stage.cause}\n{subject}（{brief.span.label}）"


def parts_of_brief(brief: Brief) -> list[Part]:
    """The document's parts below the title, in their order."""
    values = brief.snapshot.table("values/of_place", **brief.params)
    own = values[values.pillar_code == brief.pillar] if brief.pillar else values
    sections = [
        *_nature(brief),
        *_whole(brief, values, own),
        *_attention(brief),
        *_places(brief, values),
        *([] if brief.pillar else _pillars(brief, values)),
        *_missing(brief, values),
    ]
    cards = brief.snapshot.table("definitions/cards")
    return [*_numbered(sections), Annex("指标口径"), document_parts.definitions(cards, list(own.indicator_code))]


def finding(brief: Brief, pillar: str = "") -> Finding:
    """The finding of the given pillar, else of the briefing's pillar, else of its place as a whole."""
    if code := pillar or brief.pillar:
        return conclusions.of_pillar(brief, code)
    return conclusions.of_place(brief)


def missing_quarters(values: pd.DataFrame) -> int:
    """How many quarters of the period the place has not reported."""
    return int((values.quarters_due - values.quarters_reported).max())


def lead(brief: Brief, measure: str = ""):
    """The measure shown on the map, a row of measures/of_period: Index is its code, measure_name, unit, breaks."""
    cards = brief.snapshot.table("measures/of_period", period=brief.period).set_index("measure")
    return next(cards.loc[[measure or queries.lead(brief.pillar)]].itertuples())


def by_place(brief: Brief, measure: str) -> pd.DataFrame:
    """A measure by place, one row each: the prefectures, or the counties of the briefing's prefecture."""
    if brief.region.level == "province":
        return brief.snapshot.table("measures/by_prefecture", measure=measure, period=brief.period)
    return brief.by_county(measure)


def quarters(brief: Brief, measure: str) -> pd.DataFrame:
    """An indicator of the place by quarter: rows of values/by_quarter."""
    rows = brief.snapshot.table("values/by_quarter", place=brief.place)
    return rows[rows.indicator_code == measure]


def _nature(brief: Brief) -> list[Part]:
    day = wording.day(brief.snapshot.asof)
    nature = f"{wording.DEMO}。" if brief.snapshot.is_synthetic else ""
    seen = "" if brief.sees_all else f"可见范围：{brief.visible_names}；只含本范围的数与全省公布数，不含其他州市。"
    return [Text(f"本简报数据截至{day}（第{brief.snapshot.revision}版）。{nature}{seen}{document_parts.BELOW_NAME}")]


def _whole(brief: Brief, values: pd.DataFrame, own: pd.DataFrame) -> list[Part]:
    if brief.pillar:
        table = document_parts.indicators(brief, own, _title(brief.pillars[brief.pillar], own))
    else:
        names = brief.headlines
        heads = own[own.indicator_code.isin(names)]
        table = document_parts.indicators(brief, heads, "主要指标", names)
    return [Heading("总体情况"), Text(sentences.plain(finding(brief))), table]


def _attention(brief: Brief) -> list[Part]:
    table, rest = document_parts.matters(brief)
    return [Heading("需要关注"), *([table] if table else []), Text(rest)]


def _places(brief: Brief, values: pd.DataFrame) -> list[Part]:
    card = lead(brief)
    table = by_place(brief, card.Index)
    total = next(values[values.indicator_code == card.Index].itertuples())
    below = "州（市）" if brief.region.level == "province" else "县（市、区）"
    return [
        Heading(f"分{below}情况"),
        Text(f"以下以{card.measure_name}为例；{card.definition}。"),
        document_parts.places(brief, table, card, total),
        document_parts.map_of(brief, table, card),
        document_parts.ranking_of(brief, table, card),
        document_parts.trend_of(brief, quarters(brief, card.Index), card),
    ]


def _pillars(brief: Brief, values: pd.DataFrame) -> list[Part]:
    parts: list[Part] = [Heading("“四个突出”情况")]
    for number, (code, name) in enumerate(brief.pillars.items(), 1):
        own = values[values.pillar_code == code]
        parts.append(Heading(f"（{wording.numeral(number)}）{name}", 2))
        parts.append(Text(sentences.plain(finding(brief, code))))
        parts.append(document_parts.indicators(brief, own, _title(name, own)))
    return parts


def _title(pillar: str, own: pd.DataFrame) -> str:
    return f"{pillar}{wording.numeral(len(own))}项指标"


def _missing(brief: Brief, values: pd.DataFrame) -> list[Part]:
    if brief.region.level == "province":
        return [Heading("报送情况"), Text(_missing_places(brief))]
    missing, due = missing_quarters(values), int(values.quarters_due.max())
    if not missing:
        text = f"本报告期应报{due}个季度，已全部报送。" if due else "本报告期不应报，没有缺报。"
        return [Heading("报送情况"), Text(text)]
    warned = "缺报表的各项，数字只含已报部分，不作评价，不参加排名"
    what = f"应报{due}个季度，缺报{missing}个" if brief.owes_returns else "不应报，报来的表不全"
    return [Heading("报送情况"), Text(f"本报告期{what}。{warned}。")]


def _missing_places(brief: Brief) -> str:
    table = brief.snapshot.table("returns/lacking", period=brief.period)
    phrases = []
    for status in ("未报送", "数据不全"):
        names = table[table.status == status].region_name
        phrases += [f"{status}的有{len(names)}个：{'、'.join(names)}"] if len(names) else []
    if not phrases:
        dates = due_dates.from_facts(brief.snapshot.manifest.get("due_dates", {}))
        owing = sum(dates.is_sender(place.code) for place in geography.prefectures())
        every = f"{owing}个州（市）" if brief.sees_all else f"可见范围内的{brief.visible_names}"
        return f"{every}本报告期应报的季度均已报送。"
    return f"本报告期应报而{'；'.join(phrases)}。其数字只含已报部分，不作评价，不参加排名。"


def _numbered(sections: list[Part]) -> list[Part]:
    """The parts with numbers: first-level headings get 一、二、三; tables 表1, 表2; pictures 图1, 图2."""
    counts = {"heading": 0, "table": 0, "picture": 0}
    numbered: list[Part] = []
    for part in sections:
        if isinstance(part, Heading) and part.level == 1:
            counts["heading"] += 1
            part = Heading(f"{wording.numeral(counts['heading'])}、{part.text}")
        elif isinstance(part, docx.Table | docx.Picture):
            kind, mark = ("table", "表") if isinstance(part, docx.Table) else ("picture", "图")
            counts[kind] += 1
            part = docx.titled(part, f"{mark}{counts[kind]}　{part.title}")
        numbered.append(part)
    return numbered
