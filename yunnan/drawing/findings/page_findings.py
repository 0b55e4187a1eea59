"""The finding of each page that has one: 总览, a pillar, a prefecture, a county."""

import pandas as pd

from yunnan.drawing.findings.comparisons import base_of, direction, moved, valued
from yunnan.drawing.findings.rankings import behind, best, contributors, growth, lagging, lights, missing
from yunnan.drawing.findings.sentences import About, Finding, Sentence, listed
from yunnan.words import wording
from yunnan.words.geography import PROVINCE

MONEY, PEOPLE = "P1-08", "P1-09"


def of_province(values: pd.DataFrame, scores: pd.DataFrame, money: pd.DataFrame, span) -> Finding:
    """The finding of 总览. values: values/of_place, scores: scores/of_place, money: measures/by_prefecture of P1-08."""
    about = About(PROVINCE, "全省", span)
    own = money[money.region_code != PROVINCE]  # without the row of 省本级, which is no prefecture
    total = _row(values, MONEY)
    return _without_empty(
        [*_money_and_people(values, about, "全省社会组织"), _incomplete(values)],
        missing(values, own, about),
        contributors(own, MONEY, total.value, about, whole_name="全省", unit="元"),
        growth(own, MONEY, total, about, whole_name="全省", unit="元"),
        [*_score(values, scores, about), *lights(values, about, "SCORE"), "。"],
        _pillars(scores, about),
        lagging(values, about),
        behind(own, "筹集款物", MONEY, about),
        base_of(about),
    )


def of_place(
    values: pd.DataFrame, scores: pd.DataFrame, money: pd.DataFrame, span, place: str, name: str
) -> Finding:  # fmt: skip
    """The finding of a prefecture; incomplete returns come first. money: values/by_county of P1-08 at the place."""
    about, total = About(place, name, span), _row(values, MONEY)
    counties = money[money.region_code != place]  # without the row of amounts not allocated to a county
    return _without_empty(
        missing(values, counties.iloc[:0], about),
        [*_money_and_people(values, about, name), "。"],
        _standing(total, about),
        contributors(counties, MONEY, total.value, about, whole_name="全州市", unit="元"),
        [*_score(values, scores, about), *lights(values, about, "SCORE"), "。"],
        _pillars(scores, about),
        lagging(values, about),
        base_of(about),
    )


def of_county(indicators: pd.DataFrame, span, place: str, name: str) -> Finding:
    """The finding of a county, which has no targets and no score. indicators: places/county_indicators."""
    about = About(place, name, span)
    money, people, projects, groups = (_row(indicators, code) for code in (MONEY, PEOPLE, "P3-02", "P1-07"))
    return _without_empty(
        [f"{span.label}，{name}筹集款物", *valued(money, about), *_part(money, about),
         "；惠及贫困人口", *valued(people, about), "。"],
        ["期末在实施项目", *valued(projects, about), *_part(projects, about),
         "；参与脱贫攻坚的社会组织", *valued(groups, about), *_part(groups, about), "。"],
        _directions(indicators, about, "PLACE"),
        base_of(about),
    )  # fmt: skip


def of_pillar(code: str, values: pd.DataFrame, scores: pd.DataFrame, span, place: str, name: str) -> Finding:
    """The finding of a pillar at a place. values: its rows of values/of_place; a county has no scores."""
    about = About(place, name, span)
    rated = scores[scores.pillar_code == code]
    points = []
    if len(rated):
        points = [
            f"{span.label}，{name}{wording.PILLARS[code]}",
            *_points(rated.iloc[0], code, about, _is_whole(values)),
            "；",
        ]
        points += [*lights(values, about, code), "。"]
    return _without_empty(
        missing(values, pd.DataFrame({"region_name": [], "status": []}), about),
        points,
        _directions(values, about, code),
        _farthest(values, about),
        best(values, about) if len(rated) else [],
        lagging(values, about) if len(rated) else [],
        base_of(about),
    )


def _without_empty(*sentences: Sentence) -> Finding:
    return [sentence for sentence in sentences if sentence]


def _row(values: pd.DataFrame, code: str):
    return next(values[values.indicator_code == code].itertuples(index=False))


def _money_and_people(values: pd.DataFrame, about: About, who: str) -> Sentence:
    money, people = (valued(_row(values, code), about) for code in (MONEY, PEOPLE))
    return [f"{about.span.label}，{who}筹集款物", *money, "；惠及贫困人口", *people]


def _incomplete(values: pd.DataFrame) -> str:
    """The end of a sentence: with the article's 据不完全统计 if it quotes one of the article's figures."""
    is_published = any(not wording.is_none(_row(values, code).published) for code in (MONEY, PEOPLE))
    return "（据不完全统计）。" if is_published else "。"


def _score(values: pd.DataFrame, scores: pd.DataFrame, about: About) -> Sentence:
    row = scores[scores.pillar_code == "ALL"].iloc[0]
    return ["“四个突出”综合", *_points(row, "SCORE", about, _is_whole(values)), "；"]


def _is_whole(values: pd.DataFrame) -> bool:
    return bool((values.quarters_reported == values.quarters_due).all())


def _points(row, code: str, about: About, is_whole: bool) -> Sentence:
    """'得分99.5分（优），两期都计分的23项较2018年+0.9分', or '数据不足，不出得分'.

    row: of scores/of_place; code: of the pillar, or SCORE; is_whole: all returns are in, else nothing is compared.
    """
    if wording.is_none(row.score):
        return [wording.unscored(row.tier)]
    sentence: Sentence = ["得分", about.figure(wording.measure(row.score, "分"), code), f"（{row.tier}）"]
    if not is_whole:
        return [*sentence[:2], f"（{row.tier}，数据不全，仅供参考）"]
    if not about.has_base or wording.is_none(row.score_change):
        return sentence
    sentence = [*sentence, "，两期都计分的", about.figure(f"{int(row.indicators_compared)}项", code)]
    points = wording.fixed(row.score_change, 1)
    if points == "0.0":
        return [*sentence, f"与{about.span.base_label}持平"]
    return [*sentence, f"较{about.span.base_label}", about.figure(f"{wording.signed(points)}分", code)]


def _pillars(scores: pd.DataFrame, about: About) -> Sentence:
    """The pillars with the highest and the lowest score; empty if all are equal or one of the four has no score."""
    four = scores[scores.pillar_code != "ALL"].dropna(subset="score")
    texts = four.score.map(lambda score: wording.measure(score, "分"))
    if len(four) < 4 or texts.nunique() == 1:
        return []
    ends = []
    for rank_word, pillar_row in (("最高", four.score.idxmax()), ("最低", four.score.idxmin())):
        level = four.pillar_code[texts == texts[pillar_row]]
        named: list[Sentence] = [
            [wording.PILLARS[pillar], about.figure(f"（{texts[pillar_row]}）", pillar)] for pillar in level
        ]
        ends.append([*listed(named), rank_word])
    return ["四个支柱中", *listed(ends, "，"), "。"]


def _standing(total, about: About) -> Sentence:
    """The place's share of the province's money and its rank among the prefectures with complete returns.

    total: the place's row of values/of_place. Empty where one of the two amounts is missing.
    """
    if wording.is_none(total.value) or not total.province_value or total.province_value <= 0:
        return []
    share = about.figure(wording.percent(total.value / total.province_value), total.indicator_code)
    if total.quarters_reported < total.quarters_due:
        return ["筹集款物占全省的", share, "；数据不全，不排名。"]
    if wording.is_none(total.place_rank):  # it is the only one, all are equal, or the reader does not see all
        return ["筹集款物占全省的", share, "。"]
    rank = about.figure(f"第{int(total.place_rank)}位", total.indicator_code)
    ranked = about.figure(f"{int(total.places_ranked)}个", total.indicator_code)
    return ["筹集款物占全省的", share, "，在", ranked, "报送完整的州市中居", rank, "。"]


def _part(row, about: About) -> Sentence:
    share = row.of_prefecture_rate
    if wording.is_none(share):
        return []
    return ["，占所属州市", about.figure(wording.percent(share), row.indicator_code)]


def _directions(values: pd.DataFrame, about: About, code: str) -> Sentence:
    """How many indicators are above, below and equal to the year before; empty if none can be compared.

    code: the indicator_code of a Figure, for the page that lists these indicators.
    """
    ways = [way for row in values.itertuples() if about.has_base and (way := direction(row))]
    if not ways:
        return []
    counts: list[Sentence] = [
        [about.figure(f"{ways.count(way)}项", code), phrase]
        for way, phrase in (("增", "高于"), ("减", "低于"), ("平", "持平于"))
        if ways.count(way)
    ]
    rest = len(values) - len(ways)
    other = ["，", about.figure(f"{rest}项", code), "不可比"] if rest else []
    return [about.figure(f"{len(values)}项", code), "指标中", *listed(counts), about.span.base_label, *other, "。"]


def _farthest(values: pd.DataFrame, about: About) -> Sentence:
    """The rates that rose most and fell most in percentage points, ties included; empty if no rate changed."""
    rates = [
        row for row in values.itertuples() if row.unit == "%" and about.has_base and direction(row) in ("增", "减")
    ]
    ends: list[Sentence] = []
    for sign, phrase in ((1, "提高最多"), (-1, "降低最多")):
        steps = {row.indicator_code: wording.change(row.value, row.base_value, "%") for row in rates
                 if sign * (row.value - row.base_value) > 0}  # fmt: skip
        if steps:
            most = max(rates, key=lambda row: sign * (row.value - row.base_value))
            level = [row for row in rates if steps.get(row.indicator_code) == steps[most.indicator_code]]
            named = [[row.indicator_name, *_at(row, about)] for row in level]
            ends.append([f"{phrase}的是", *listed(named)])
    return ["比率中", *listed(ends, "；"), "。"] if ends else []


def _at(row, about: About) -> Sentence:
    return [about.figure(wording.measure(row.value, row.unit), row.indicator_code), *moved(row, about)]
