"""Findings in words, on tables small enough to be said by hand: each rule, each edge, never a cause."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from tests.screens import FRONT, PLACE, chart_alt, finding_of, html, open_page
from yunnan.drawing.findings import page_findings, sentences
from yunnan.drawing.findings.sentences import Figure

COUNTY = "pages/places/county.py"
PILLARS = ("party", "mechanism", "guidance", "platform")

YEAR = SimpleNamespace(period="2019", label="2019年", base_period="2018", base_label="2018年")
FIRST_YEAR = SimpleNamespace(period="2018", label="2018年", base_period=None, base_label=None)
MONEY = {
    "indicator_code": "P1-08",
    "indicator_name": "筹集款物总额",
    "unit": "元",
    "value": 4.4e8,
    "base_value": 3.615e8,
}
PEOPLE = {
    "indicator_code": "P1-09",
    "indicator_name": "惠及贫困人口数",
    "unit": "人",
    "value": 42e4,
    "base_value": 33.6e4,
}
RATE = {"indicator_code": "P1-01", "indicator_name": "党的组织覆盖率", "unit": "%", "value": 0.725, "base_value": 0.588}


def values(*rows: dict) -> pd.DataFrame:
    """Rows of values/of_place: what a row does not say is complete, scored, met and without rank."""
    usual = {
        "pillar_code": "P1", "is_scored": True, "base_is_complete": True, "is_comparable": True,
        "attainment": 1.0, "status": "达标",
        "published": None, "quarters_due": 64, "quarters_reported": 64, "province_value": None, "place_rank": None,
        "places_ranked": None,
    }  # fmt: skip
    return pd.DataFrame([usual | _guarded(row) | row for row in rows])


def _guarded(row: dict) -> dict:
    """What the query says of a row that lacks a base, or whose returns or whose base's are incomplete."""
    incomplete = row.get("quarters_reported", 64) < row.get("quarters_due", 64) or row.get("status") == "数据不全"
    lacking = row.get("value") is None or row.get("base_value") is None or not row.get("base_is_complete", True)
    return {"is_comparable": not (incomplete or lacking)}


def scores(total: float | None = 96.0, pillars: tuple = (99.0, 98.0, 97.0, 90.0), base: float | None = 95.0):
    four = [
        {"pillar_code": f"P{n}", "score": s, "score_change": 0.0, "indicators_compared": 6, "tier": "优"}
        for n, s in enumerate(pillars, 1)
    ]
    change = None if total is None or base is None else total - base
    whole = {
        "pillar_code": "ALL",
        "score": total,
        "score_change": change,
        "indicators_compared": 23,
        "tier": "优" if total else "数据不足",
    }
    return pd.DataFrame([*four, whole])  # fmt: skip


def places(**amounts) -> pd.DataFrame:
    """Rows of measures/by_prefecture; an amount, or an amount with its base and status."""
    told = {name: a if isinstance(a, tuple) else (a, a, "达标") for name, a in amounts.items()}
    return pd.DataFrame(
        [
            {"region_code": f"5301{n:02}", "region_name": name, "value": v, "base_value": b, "status": s,
             "is_comparable": s != "数据不全" and v is not None and b is not None, "attainment": 0.8}
            for n, (name, (v, b, s)) in enumerate(told.items())
        ],
        columns=["region_code", "region_name", "value", "base_value", "status", "is_comparable", "attainment"],
    )  # fmt: skip


def province(*rows: dict, money=None, rated=None, span=YEAR) -> list[str]:
    """The finding of 总览 as plain sentences."""
    own = values(*(rows or (MONEY, PEOPLE)))
    rated = scores() if rated is None else rated
    said = page_findings.of_province(own, rated, places() if money is None else money, span)
    return [sentences.plain([sentence]) for sentence in said]


def first(**changed) -> str:
    return province(MONEY | changed, PEOPLE)[0]


def test_the_whole_finding_of_the_province():
    money = places(昭通=(7e7, 5e7, "滞后"), 怒江=(5e7, 4e7, "达标"), 红河=(4e7, 4e7, "达标"), 玉溪=(1e6, 1e6, "接近"))
    below = {"indicator_code": "P3-06", "indicator_name": "资金执行率", "unit": "%", "value": 0.7, "base_value": 0.7}
    rows = [MONEY | {"published": "约4.4亿元"}, PEOPLE, below | {"attainment": 0.9499, "status": "接近"}]
    assert province(*rows, money=money) == [
        "2019年，全省社会组织筹集款物约4.4亿元，同比增长21.7%（2018年为3.62亿元）；"
        "惠及贫困人口42万人，同比增长25.0%（2018年为33.60万人）（据不完全统计）。",
        "其中昭通7,000万元、怒江5,000万元、红河4,000万元最多，合计占全省36.4%。",
        "比上年同期增加最多的是昭通增加2,000万元，占全省净增加额的25.5%。",
        "“四个突出”综合得分96.0分（优），两期都计分的23项较2018年+1.0分；3项计分指标中2项达标、1项接近。",
        "四个支柱中党建引领（99.0分）最高，平台搭建（90.0分）最低。",
        "距本期目标最远的是资金执行率（完成94.9%）。",
        "筹集款物滞后于本期目标的有昭通（完成80.0%）。",
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"base_value": 5e8}, "4.40亿元，同比下降12.0%（2018年为5.00亿元）"),
        ({"base_value": 4.4e8}, "4.40亿元，与2018年的4.40亿元持平"),
        ({"base_value": 4.4e8 / 1.0004}, "，与2018年的4.40亿元持平"),
        ({"base_value": 4.4e8 / 1.0006}, "同比增长0.1%"),
        ({"base_value": 0}, "4.40亿元（上年同期为零，不计增幅）"),
        ({"base_value": -1e6}, "4.40亿元（上年同期为负，不计增幅）"),
        ({"base_value": None}, "4.40亿元（上年同期无数据）"),
        ({"base_is_complete": False}, "4.40亿元（上年同期数据不全，不作比较）"),
        ({"status": "数据不全"}, "4.40亿元（数据不全，不与上年同期比较）"),
        ({"value": None, "status": "未报送"}, "筹集款物（未报送）；"),
        ({"value": None, "status": "已隐去"}, "筹集款物（已隐去）；"),
        ({"value": 0}, "筹集款物0元，同比下降100.0%（2018年为3.62亿元）"),
    ],
)
def test_the_verb_follows_from_value_and_base(changed, said):
    assert said in first(**changed)


def test_a_rate_moves_by_percentage_points_and_not_from_zero():
    rates = values(RATE, RATE | {"indicator_code": "P1-02", "base_value": 0.0})
    up = page_findings.of_pillar("P1", rates, scores(), YEAR, "530000", "全省")
    assert "党的组织覆盖率72.5%，同比提高13.7个百分点（2018年为58.8%）" in sentences.plain(up)
    assert "2018年为0.0%" not in sentences.plain(up), "a campaign that had not begun is no base"
    down = page_findings.of_pillar("P1", values(RATE | {"value": 0.5}), scores(), YEAR, "530000", "全省")
    assert "比率中降低最多的是党的组织覆盖率50.0%，同比降低8.8个百分点（2018年为58.8%）。" in sentences.plain(down)
    level = page_findings.of_pillar("P1", values(RATE | {"value": 0.5884}), scores(), YEAR, "530000", "全省")
    assert "1项指标中1项持平于2018年。" in sentences.plain(level)
    assert "比率中" not in sentences.plain(level)


def test_rates_that_moved_alike_are_all_named():
    rows = [
        RATE | {"indicator_code": code, "indicator_name": name} for code, name in (("P1-01", "甲"), ("P1-02", "乙"))
    ]
    said = sentences.plain(page_findings.of_pillar("P1", values(*rows), scores(), YEAR, "530000", "全省"))
    assert "提高最多的是甲72.5%，同比提高13.7个百分点（2018年为58.8%）、乙72.5%" in said


def test_without_a_year_before_nothing_is_compared_and_that_is_said_once():
    rows = [row | {"base_value": None, "base_is_complete": False} for row in (MONEY, PEOPLE)]
    said = province(*rows, rated=scores(base=None), span=FIRST_YEAR)
    assert said[0] == "2018年，全省社会组织筹集款物4.40亿元；惠及贫困人口42万人。"
    assert said[-1] == "2018年没有上年同期数据，不作比较。"
    assert "".join(said).count("上年同期") == 1
    assert "较" not in "".join(said[:-1])


def contribution(**amounts) -> str:
    return "".join(province(money=places(**amounts))[1:2])


def test_contributors_level_with_the_third_are_all_named_and_too_many_are_none():
    assert contribution(甲=9e7, 乙=8e7, 丙=7e7, 丁=7e7, 戊=1e7) == (
        "其中甲9,000万元、乙8,000万元、丙7,000万元、丁7,000万元最多，合计占全省70.5%。"
    )
    assert "其中" not in contribution(甲=1e7, 乙=1e7, 丙=1e7, 丁=1e7, 戊=1e7, 己=1e7)
    assert "其中" not in contribution(甲=1e7)
    assert "其中" not in contribution(甲=0, 乙=0)


def test_an_incomplete_contributor_carries_its_word_and_what_belongs_to_no_prefecture_is_not_one():
    own = places(甲=(9e7, 1e7, "数据不全"), 乙=8e7, 丙=1e7, 丁=1e6)
    money = pd.concat([own, places(省本级=3e8).assign(region_code="530000")])
    said = province(money=money)
    assert said[1] == "数据不全：甲。"
    assert said[2] == "其中甲9,000万元（数据不全）、乙8,000万元、丙1,000万元最多，合计占全省40.9%。"
    assert "增加最多" not in "".join(said), "what is incomplete has no increase"


def test_who_grew_most_is_not_said_of_a_whole_that_shrank_or_is_incomplete():
    money = places(甲=(9e7, 1e7, "达标"), 乙=(8e7, 8e7, "达标"))
    assert "比上年同期增加最多的是甲增加8,000万元" in "".join(province(money=money))
    assert "增加最多" not in "".join(province(MONEY | {"value": 3e8}, PEOPLE, money=money))
    partial = [row | {"quarters_reported": 63} for row in (MONEY, PEOPLE)]
    assert "增加最多" not in "".join(province(*partial, money=money))


def test_a_share_of_the_increase_is_said_only_where_all_parts_grew():
    total = MONEY | {"value": 1.01e8, "base_value": 1e8}
    money = places(甲=(6e7, 5e7, "达标"), 乙=(4.1e7, 5e7, "达标"))
    said = "".join(province(total, PEOPLE, money=money))
    assert "比上年同期增加最多的是甲增加1,000万元。" in said, "1,000 per cent of a net of 100万 says nothing"


def test_all_places_are_not_the_most():
    assert "最多，合计占" not in "".join(province(money=places(甲=9e7, 乙=8e7, 丙=7e7)))
    assert "最多，合计占" in "".join(province(money=places(甲=9e7, 乙=8e7, 丙=7e7, 丁=1e7)))


def test_a_few_things_more_are_counted_and_not_put_in_per_cent():
    few = RATE | {"indicator_name": "典型", "unit": "个", "value": 17, "base_value": 4}
    assert "筹集款物17个，同比增加13个（2018年为4个）" in first(**few | {"indicator_code": "P1-08"})


def test_an_incomplete_return_is_not_compared_whatever_the_status_of_the_indicator():
    assert "4.40亿元（数据不全，不与上年同期比较）" in first(quarters_reported=63, status="观察")


def test_what_is_missing_stands_right_behind_the_figures_it_affects():
    partial = [row | {"quarters_reported": 62} for row in (MONEY, PEOPLE)]
    money = places(德宏=(None, 1e7, "未报送"), 怒江=(1e7, 1e7, "数据不全"), 大理=2e7)
    said = province(*partial, money=money)
    assert said[1] == "未报送：德宏；数据不全：怒江；应报64份季报，缺2份，各数只含已报部分。"
    assert "“四个突出”综合得分96.0分（优，数据不全，仅供参考）；" in said[2], "and is not compared"


def test_a_score_that_cannot_be_given_is_said_and_an_unchanged_one_is_level():
    assert "“四个突出”综合数据不足，不出得分；" in "".join(province(rated=scores(total=None, base=None)))
    assert "得分96.0分（优），两期都计分的23项与2018年持平；" in "".join(province(rated=scores(base=96.04)))
    assert "较2018年-1.5分" in "".join(province(rated=scores(base=97.5)))


def test_pillars_level_with_the_best_are_named_and_where_all_are_level_none_is():
    assert (
        "四个支柱中党建引领（99.0分）、机制建设（99.0分）最高，业务指导（90.0分）、平台搭建（90.0分）最低。"
        in "".join(province(rated=scores(pillars=(99.04, 99.0, 90.0, 90.0))))
    )
    assert "四个支柱" not in "".join(province(rated=scores(pillars=(99.0, 99.0, 99.0, 99.0))))
    assert "四个支柱" not in "".join(province(rated=scores(pillars=(99.0, 99.0, 99.0, None))))


def test_indicators_level_with_the_third_farthest_are_named_and_without_a_target_none_is():
    rows = [
        RATE | {"indicator_code": f"P1-0{n + 1}", "indicator_name": name, "attainment": a, "status": status}
        for n, (name, a, status) in enumerate(
            [("甲", 0.5, "滞后"), ("乙", 0.6, "滞后"), ("丙", 0.7, "滞后"), ("丁", 0.7, "滞后"), ("戊", None, "无目标")]
        )
    ]  # fmt: skip
    said = sentences.plain(page_findings.of_pillar("P1", values(*rows), scores(), YEAR, "530000", "全省"))
    assert "距本期目标最远的是甲（完成50.0%）、乙（完成60.0%）、丙（完成70.0%）、丁（完成70.0%）。" in said
    assert "5项计分指标中4项滞后、1项未评价。" in said
    none = [rows[-1]]
    assert "目标最" not in sentences.plain(
        page_findings.of_pillar("P1", values(*none), scores(), YEAR, "530000", "全省")
    )
    assert "本期评价的计分指标都已达到本期目标。" in "".join(province())


def test_many_late_prefectures_are_counted_rather_than_named():
    money = places(**dict.fromkeys("甲乙丙丁戊己庚", (1e7, 1e7, "滞后")))
    assert "筹集款物滞后于本期目标的有7个州市。" in "".join(province(money=money))


def test_a_prefecture_says_its_share_its_rank_and_its_counties():
    place = {"province_value": 4.4e8, "place_rank": 2, "places_ranked": 16, "quarters_due": 4, "quarters_reported": 4}
    own = values(MONEY | place | {"value": 4.62e7, "base_value": 3.69e7}, PEOPLE | place)
    counties = pd.concat(
        [places(泸水市=2e7, 福贡县=1e7, 贡山县=5e6, 兰坪县=1e6), places(未分到县=9e7).assign(region_code="533300")]
    )
    said = page_findings.of_place(own, scores(), counties, YEAR, "533300", "怒江州")
    assert [sentences.plain([sentence]) for sentence in said[1:3]] == [
        "筹集款物占全省的10.5%，在16个报送完整的州市中居第2位。",
        "其中泸水市2,000万元、福贡县1,000万元、贡山县500万元最多，合计占全州市75.8%。",
    ]
    unranked = values(
        MONEY | place | {"place_rank": None, "quarters_reported": 3, "status": "数据不全"}, PEOPLE | place
    )
    said = sentences.plain(page_findings.of_place(unranked, scores(), counties, YEAR, "533300", "怒江州"))
    assert said.startswith("应报4份季报，缺1份，各数只含已报部分。2019年，怒江州筹集款物4.40亿元（数据不全")
    assert "；数据不全，不排名。" in said
    equal = values(MONEY | place | {"value": 4.62e7, "place_rank": None}, PEOPLE | place)
    said = page_findings.of_place(equal, scores(), counties, YEAR, "533300", "怒江州")
    assert sentences.plain([said[1]]) == "筹集款物占全省的10.5%。"


def test_a_county_is_neither_scored_nor_judged():
    rows = [
        row | {"of_prefecture_rate": 0.25, "status": "观察"}
        for row in (MONEY, PEOPLE, RATE | {"indicator_code": "P3-02", "unit": "个", "value": 16, "base_value": 14},
                    RATE | {"indicator_code": "P1-07", "unit": "个", "value": 5, "base_value": 5})
    ]  # fmt: skip
    said = page_findings.of_county(values(*rows), YEAR, "533323", "怒江州福贡县")
    assert [sentences.plain([sentence]) for sentence in said] == [
        "2019年，怒江州福贡县筹集款物4.40亿元，同比增长21.7%（2018年为3.62亿元），占所属州市25.0%；"
        "惠及贫困人口42万人，同比增长25.0%（2018年为33.60万人）。",
        "期末在实施项目16个，同比增长14.3%（2018年为14个），占所属州市25.0%；"
        "参与脱贫攻坚的社会组织5个，与2018年的5个持平，占所属州市25.0%。",
        "4项指标中3项高于、1项持平于2018年。",
    ]


def test_each_number_knows_exactly_the_indicator_the_place_and_the_period_it_is_of():
    sentence, shares, *_ = page_findings.of_province(
        values(MONEY, PEOPLE), scores(), places(甲=9e7, 乙=8e7, 丙=7e7, 丁=1e6), YEAR
    )
    assert [part for part in sentence if isinstance(part, Figure)] == [
        Figure("4.40亿元", "P1-08", "530000", "2019"),
        Figure("增长21.7%", "P1-08", "530000", "2019"),
        Figure("3.62亿元", "P1-08", "530000", "2018"),
        Figure("42万人", "P1-09", "530000", "2019"),
        Figure("增长25.0%", "P1-09", "530000", "2019"),
        Figure("33.60万人", "P1-09", "530000", "2018"),
    ]
    assert [(part.text, part.place) for part in shares if isinstance(part, Figure)] == [
        ("9,000万元", "530100"), ("8,000万元", "530101"), ("7,000万元", "530102"), ("54.5%", "530000"),
    ]  # fmt: skip


# On the pages


@pytest.mark.parametrize(
    ("page", "url"),
    [
        (FRONT, {"period": "2019"}),
        (PLACE, {"period": "2019", "place": "533300"}),
        (PLACE, {"period": "2020Q2", "place": "533100"}),
        (COUNTY, {"period": "2020H1", "place": "533323"}),
        ("pages/pillars/party.py", {"period": "2019"}),
        ("pages/pillars/platform.py", {"period": "2020H1", "place": "533300"}),
    ],
)
def test_every_number_is_a_link_to_its_indicator_its_place_and_its_period(snapshot, page, url):
    told, *_ = html(open_page(page, **url), "finding")
    links = re.findall(r'<a href="\./(\w*)\?([^"]+)"', told)
    assert links
    for target, query in links:
        assert target in {"county", "quality", "definitions", "scorecard", *PILLARS}
        assert "place=53" in query
        assert "period=20" in query
        assert ("indicator=P" in query and "evidence=true" in query) == (target == "definitions")
    outside = re.sub(r"<a .*?</a>|<[^>]+>", "", told)
    assert re.findall(r"\d", re.sub(r"20(18|19|20)年", "", outside)) == []


def test_the_map_says_the_finding_to_those_who_cannot_see_it(snapshot):
    app = open_page(FRONT, period="2019")
    told = finding_of(app)
    assert chart_alt(app, "map").startswith(told)
