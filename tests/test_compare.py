"""州市对比: prefectures, periods and snapshots side by side; what may be subtracted from what, and how it is told."""

import dataclasses
import shutil
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import publish_tiny, read_tiny
from tests.screens import HEADINGS, INDICATORS, assert_whole, chart, html, numbers, open_page, replaced, table
from yunnan import settings
from yunnan.data import snapshots
from yunnan.front.province import comparison, pairs
from yunnan.publication import periods

PAGE = "pages/province/compare.py"
ZHAOTONG, DALI, DEHONG, NUJIANG = "530600", "532900", "533100", "533300"
TABLES = [f"{heading}对比" for heading in HEADINGS.values()]


@pytest.fixture(scope="module")
def several(tiny_data, empty_data, tmp_path_factory) -> Path:
    """The tiny province; a correction that reverses F000026 (7万, 大理 2019); an earlier date without a row."""
    folder = tmp_path_factory.mktemp("several")
    shutil.copytree(tiny_data, folder, dirs_exist_ok=True)
    tables = read_tiny()
    publish_tiny(folder, revision=2, funds=replaced(tables["funds"], "fund_id", "F000026", "is_reversal", "true"))
    shutil.copytree(empty_data, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def corrected(several, monkeypatch) -> Path:
    monkeypatch.setattr(settings, "DATA_DIR", several)
    return several


def whole(app: AppTest) -> pd.DataFrame:
    """The four tables of the pillars as one."""
    return pd.concat([table(app, name) for name in TABLES], ignore_index=True).set_index("指标")


def notes(app: AppTest) -> list[str]:
    return [i.value for i in app.info]


# Queries


def test_every_prefecture_is_set_beside_the_base(snapshot):
    found = snapshot.table("compare/places", period="2019", place=ZHAOTONG)
    assert len(found) == 17 * INDICATORS
    assert found.region_code.iloc[0] == "530000"
    money = found[found.indicator_code == "P1-08"].set_index("region_name")
    # 到账 of 2019, in 万: 昭通 15 (F15); 怒江 20 + 10 + 30 (F17 F19 F24); 大理 10 + 7 (F20 F26); 德宏 12 (F23)
    expected = {"昭通": (15, 0), "怒江": (60, 45), "大理": (17, 2), "德宏": (12, -3), "昆明": (0, -15)}
    for name, (value, difference) in expected.items():
        assert (money.value[name], money.compared_value[name], money.difference[name]) == (
            value * 10_000,
            150_000,
            difference * 10_000,
        )
    assert money.value["全省"] == 1_090_000
    assert pd.isna(money.difference["全省"])  # the province is no prefecture's match


def test_hidden_people_and_incomplete_returns_are_never_subtracted(snapshot):
    found = snapshot.table("compare/places", period="2019", place=ZHAOTONG)
    people = found[found.indicator_code == "P1-09"].set_index("region_name")
    # 昭通: keys 1, 3 (5 people), 4 (120), 6 and 7 (6) = 133; 大理: keys 9 and b (80) = 81
    # 德宏 and the province are hidden
    assert people.value["昭通"] == 133
    assert people.difference["大理"] == 81 - 133
    assert people.status["德宏"] == "已隐去"
    assert pd.isna(people.value["德宏"])
    assert pd.isna(people.difference["德宏"])
    # 德宏 has not reported the second quarter of 2020: its 2万 (F37) is told, not compared; 大理 8万 less 昭通 6万
    half = snapshot.table("compare/places", period="2020H1", place=ZHAOTONG)
    money = half[half.indicator_code == "P1-08"].set_index("region_name")
    assert money.value["德宏"] == 20_000
    assert pd.isna(money.difference["德宏"])
    assert money.difference["大理"] == 20_000
    base = snapshot.table("compare/places", period="2020H1", place=DEHONG)
    assert base[base.indicator_code == "P1-08"].difference.isna().all()


@pytest.mark.parametrize("place", ["530000", NUJIANG, "533323"])
@pytest.mark.parametrize("period", ["2018", "2020H1"])
def test_one_place_is_what_its_own_page_says(snapshot, place, period):
    where = {"period": period, "place": place}
    shared = ["pillar_code", "indicator_code", "indicator_name", "unit", "value", "attainment", "status"]
    own = snapshot.table("compare/of_place", **where)
    assert len(own) == INDICATORS
    assert list(own[own.counts_people].indicator_code) == ["P1-09", "P4-09"]
    pd.testing.assert_frame_equal(own[shared], snapshot.table("values/of_place", **where)[shared])
    if place != "533323":
        beside = snapshot.table("compare/places", period=period, place=NUJIANG)
        beside = beside[beside.region_code == place].reset_index(drop=True)
        pd.testing.assert_series_equal(beside.value, own.value)


def test_scores_beside_are_the_scores_less_the_bases(snapshot):
    found = snapshot.table("compare/scores", period="2019", place=ZHAOTONG)
    assert len(found) == 17 * 5
    by_place = snapshot.table("scores/by_prefecture", period="2019").set_index(["region_code", "pillar_code"]).score
    for row in found[found.region_code.isin([NUJIANG, DALI])].itertuples():
        assert row.score == by_place[row.region_code, row.pillar_code]
        moved = by_place[row.region_code, row.pillar_code] - by_place[ZHAOTONG, row.pillar_code]
        assert row.score_difference == pytest.approx(moved, abs=1e-7)
    assert found[found.region_code == "530000"].score_difference.isna().all()
    assert (found[found.region_code == ZHAOTONG].score_difference == 0).all()


def test_a_running_period_ends_on_the_as_of_date(snapshot):
    found = snapshot.table("compare/spans").set_index("period")
    assert len(found) == 18  # two years with 1 + 2 + 4 periods, and of 2020: year, first half, two quarters
    running = found.loc["2020"]
    assert (str(running.begin_date)[:10], str(running.end_date)[:10]) == ("2020-01-01", "2020-06-30")
    assert not running.is_complete
    assert running.base_period == "2019H1"


# What may be compared


def spans(asof: date) -> pd.DataFrame:
    """compare/spans as a snapshot of that date has them."""
    known = pd.DataFrame(dataclasses.asdict(p) for p in periods.known_on(asof, 2018))
    return known.rename(columns={"start_date": "begin_date"}).assign(end_date=known.last_date)


@pytest.mark.parametrize(
    ("asked", "other", "expected"),
    [
        ("2019", "2018", ("2019", "2018")),
        ("2018", "2019", ("2018", "2019")),
        ("2019Q4", "2019Q3", ("2019Q4", "2019Q3")),  # whole quarters follow each other
        ("2020H1", "2019H1", ("2020H1", "2019H1")),
        ("2020", "2019H1", ("2020", "2019H1")),  # the running year's months are those of the half
    ],
)
def test_periods_of_one_kind_or_of_the_same_months_are_compared(asked, other, expected):
    assert pairs.same_months(spans(date(2020, 6, 30)), asked, other) == (*expected, "", True)


@pytest.mark.parametrize(
    ("asked", "other", "expected"),
    [
        ("2020", "2019", ("2020", "2019H1")),  # January to June against a whole year
        ("2020", "2018", ("2020", "2018H1")),
        ("2019", "2020", ("2019H1", "2020")),
        ("2019H1", "2018", ("2019H1", "2018H1")),
        ("2019", "2018H1", ("2019", "2018")),
        ("2019", "2019H1", ("2019", "2018")),  # nothing of the same months in the same year
        ("2020Q1", "2020", ("2020Q1", "2019Q1")),
    ],
)
def test_a_partial_period_is_compared_only_with_the_same_part_and_says_so(asked, other, expected):
    known = spans(date(2020, 6, 30))
    labels = dict(zip(known.period, known.label, strict=True))
    period, base, note, may = pairs.same_months(known, asked, other)
    assert (period, base, may) == (*expected, True)
    assert f"“{labels[asked]}”与“{labels[other]}”所含的月份不同，不可比" in note
    assert f"改用月份相同的“{labels[period]}”与“{labels[base]}”" in note


def test_without_the_same_part_nothing_is_subtracted():
    known = spans(date(2020, 5, 20))  # no period of 2019 ends on 20 May
    period, base, note, may = pairs.same_months(known, "2020", "2019")
    assert (period, base, may) == ("2020", "2019", False)
    assert "不相减" in note


@pytest.mark.parametrize(
    ("own", "theirs", "asked", "expected"),
    [
        (date(2020, 6, 30), date(2019, 12, 31), "2019", ("2019", "2019", True)),
        (date(2020, 6, 30), date(2019, 6, 30), "2019", ("2019H1", "2019", True)),  # there 2019 runs to June
        (date(2019, 6, 30), date(2020, 6, 30), "2019", ("2019", "2019H1", True)),
        (date(2020, 6, 30), date(2019, 12, 31), "2020", ("2020", "2020", False)),  # not begun there
        (date(2020, 6, 30), date(2019, 9, 30), "2019", ("2019", "2019", False)),  # no period of nine months
    ],
)
def test_two_snapshots_are_compared_over_the_same_days(own, theirs, asked, expected):
    period, base, note, may = pairs.same_days(spans(own), spans(theirs), asked)
    assert (period, base, may) == expected
    assert bool(note) == (asked != period or asked != base or not may)


def row(value, unit="元", status="观察", counts_people=False, counts_inspections=False):
    return SimpleNamespace(
        value=value,
        unit=unit,
        status=status,
        is_complete=status != "数据不全",
        counts_people=counts_people,
        counts_inspections=counts_inspections,
    )


@pytest.mark.parametrize(
    ("now", "base", "expected"),
    [
        (row(600_000), row(150_000), "+45万元"),
        (row(120_000), row(150_000), "-3万元"),
        (row(0.639, "%"), row(0.630, "%"), "+0.9个百分点"),
        (row(0.639, "%", counts_inspections=True), row(0.630, "%"), "—"),
        (row(0.9513, "%"), row(0.9516, "%"), "-不到0.1个百分点"),
        (row(186, "个"), row(325, "个"), "-139个"),
        (row(13.2, "人/万人"), row(13.1, "人/万人"), "+0.1人/万人"),
        (row(81, "人", counts_people=True), row(133, "人", counts_people=True), "-52人"),
        (row(136, "人", counts_people=True), row(133, "人", counts_people=True), "+不足10人"),
        (row(5, "个"), row(5, "个"), "持平"),
        (row(0.1 + 0.2), row(0.3), "持平"),
        (row(None, "人", "已隐去", True), row(133, "人", counts_people=True), "—"),
        (row(133, "人", counts_people=True), row(float("nan"), "人", "已隐去", True), "—"),
        (row(20_000, status="数据不全"), row(60_000), "—"),
        (row(60_000), row(20_000, status="数据不全"), "—"),
    ],
)
def test_a_difference_has_its_sign_and_its_unit_or_is_not_told(now, base, expected):
    assert comparison.difference(now, base) == expected


def test_a_value_is_revised_when_it_or_the_reason_for_none_is_another():
    assert comparison.is_revised(row(1), row(2))
    assert not comparison.is_revised(row(1), row(1))
    assert comparison.is_revised(row(None, status="未报送"), row(1))
    assert comparison.is_revised(row(None, status="未报送"), row(None, status="已隐去"))
    assert not comparison.is_revised(row(None, status="已隐去"), row(float("nan"), status="已隐去"))


def view_of(snapshot, place: str):
    region = SimpleNamespace(level="province" if place == "530000" else "prefecture", prefecture_code=place)
    return SimpleNamespace(region=region, place=place, snapshot=snapshot)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("530000", ["533300", "533400"]),
        (NUJIANG, [NUJIANG, ZHAOTONG, DALI]),  # the first: the two that follow
        (ZHAOTONG, [ZHAOTONG, NUJIANG, DALI]),  # the second: one above, one below
        (DEHONG, [DEHONG, ZHAOTONG, DALI]),  # the fourth and last: the two above
        ("530100", ["530100", "533300", "533400"]),  # not ranked
    ],
)
def test_a_place_is_first_set_beside_those_ranked_next_to_it(snapshot, place, expected):
    # ranks of 2019 in the tiny province: 怒江 1, 昭通 2, 大理 3, 德宏 4 (49.6, 43.4, 41.1, 35.3分); no other score
    scores = snapshot.table("scores/by_prefecture", period="2019")
    assert comparison.neighbours(scores, view_of(snapshot, place)) == expected


# The page: prefectures


def test_prefectures_side_by_side(snapshot):
    app = open_page(PAGE, **{"with": f"{ZHAOTONG},{NUJIANG},{DALI}"})
    assert_whole(app, "2019年")
    assert [w.value for w in app.warning] == []
    shown = whole(app)
    assert list(shown.columns) == ["全省", "昭通（基准）", "怒江", "怒江较昭通", "大理", "大理较昭通"]
    assert len(shown) == INDICATORS
    assert list(shown.loc["筹集款物总额"]) == ["■ 109万元", "■ 15万元", "■ 60万元", "+45万元", "■ 17万元", "+2万元"]
    assert list(shown.loc["惠及贫困人口数"]) == ["○ （已隐去）", "■ 133人", "■ 314人", "+181人", "■ 81人", "-52人"]
    # organizations on the books at the end of 2019, covered of all: 昭通 2 of 4, 怒江 all, 大理 4 of 5
    assert list(shown.loc["党的组织覆盖率"])[1:] == ["■ 50.0%", "● 100.0%", "+50.0个百分点", "● 80.0%", "+30.0个百分点"]
    assert "昭通40.3分（需关注，基准）；怒江45.3分（需关注），较昭通+5.0分；大理39.3分" in html(app, "finding")[0]
    traces = chart(app, "scores_beside")["data"]
    assert [t["name"] for t in traces] == ["昭通", "怒江", "大理", "全省"]
    assert traces[0]["x"] == ["党建引领", "机制建设", "业务指导", "平台搭建", "综合"]
    assert [round(n, 1) for n in numbers(traces[1]["y"])] == [33.9, 47.6, 37.3, 62.3, 45.3]


def test_the_prefectures_are_codes_in_the_url_and_nonsense_is_said_and_dropped(snapshot):
    app = open_page(PAGE)
    assert app.query_params["with"] == "533300,533400"
    app.multiselect(key="w_with").set_value([DALI, ZHAOTONG]).run()
    assert app.query_params["with"] == f"{DALI},{ZHAOTONG}"
    assert "昭通较大理" in whole(app)
    app.multiselect(key="w_with").set_value([DALI]).run()  # a single one is no comparison
    assert app.query_params["with"] == f"{DALI},{ZHAOTONG}"
    for asked, used in (
        (f"{ZHAOTONG},zzz,{DALI}", f"{ZHAOTONG},{DALI}"),
        (ZHAOTONG, "533300,533400"),
        ("530600,532900,533100,533300,533400", "530600,532900,533100,533300"),
        ("530000,533323", "533300,533400"),
    ):
        app.query_params["with"] = asked
        app.run()
        assert_whole(app, "2019年")
        assert f"网址中的州市“`{asked}`”应为2至4个存在的代码" in app.warning[0].value
        assert app.query_params["with"] == used


def test_the_default_goes_with_the_place_and_a_choice_stays(snapshot):
    app = open_page(PAGE, place=ZHAOTONG)
    assert app.query_params["with"] == f"{ZHAOTONG},{NUJIANG},{DALI}"
    app.query_params = {"place": NUJIANG}
    app.switch_page(PAGE).run()
    assert app.query_params["with"] == f"{NUJIANG},{ZHAOTONG},{DALI}"
    app.multiselect(key="w_with").set_value([DALI, DEHONG]).run()
    app.query_params = {"place": ZHAOTONG}
    app.switch_page(PAGE).run()
    assert app.query_params["with"] == f"{DALI},{DEHONG}"


def test_a_period_in_which_nothing_was_reported_is_calm(corrected):
    app = open_page(PAGE, asof="2018-12-31.r1")
    assert_whole(app, "2018年", asof="2018年12月31日")
    assert "数据不足" in html(app, "finding")[0]
    assert set(whole(app).loc["筹集款物总额"]) <= {"○ （未报送）", "—"}
    app = open_page(PAGE, asof="2018-12-31.r1", mode2="periods", place=NUJIANG, period="2018Q2")
    assert_whole(app, "2018年二季度", asof="2018年12月31日")


# The page: periods


def test_matters_with_inspections_stand_beside_matters_without_and_are_not_subtracted(snapshot):
    app = open_page(PAGE, mode2="periods", period="2019", period2="2018")
    beside = whole(app).loc["“三同步”落实率"]
    assert beside.str.contains("%").sum() == 2, "both values"
    assert beside.iloc[-1] == "—", "2019 counts inspections and 2018 does not"
    assert "本期不评或口径不同" in html(app, "finding")[0]
    assert any("计与不计的不相减" in caption.value for caption in app.caption)


def test_two_periods_of_one_place(snapshot):
    app = open_page(PAGE, mode2="periods", place=NUJIANG)
    assert_whole(app, "2019年")
    assert app.query_params["period2"] == "2018"
    shown = whole(app)
    assert list(shown.columns) == ["2019年", "2018年", "较2018年"]
    assert list(shown.loc["筹集款物总额"]) == ["■ 60万元", "■ 8万元", "+52万元"]  # F17 F19 F24; in 2018 F09 alone
    assert shown.loc["惠及贫困人口数"].iloc[2] == "+314人"
    assert notes(app) == []
    counts = html(app, "finding")[0]
    assert f"怒江傈僳族自治州：2019年较2018年，{INDICATORS}项指标中" in counts
    up = sum(text.startswith("+") for text in shown["较2018年"])
    down = sum(text.startswith("-") for text in shown["较2018年"])
    same, none = (shown["较2018年"] == "持平").sum(), (shown["较2018年"] == "—").sum()
    assert up + down + same + none == INDICATORS
    assert f"数值{up}项升、{down}项降、{same}项持平，{none}项无法相减" in counts


def test_a_running_year_is_not_set_against_a_whole_one(snapshot):
    app = open_page(PAGE, mode2="periods", period="2020", period2="2019")
    assert_whole(app, "2020年（1—6月）")
    (note,) = notes(app)
    assert "“2020年（1—6月）”与“2019年”所含的月份不同，不可比" in note
    shown = whole(app)
    assert list(shown.columns) == ["2020年（1—6月）", "2019年上半年", "较2019年上半年"]
    # 到账 to June 2020: F31 8万, F32 6万, F35 10万, F37 2万; to June 2019: F15 15万, F17 20万, F19 10万, F20 10万
    assert list(shown.loc["筹集款物总额"].str[2:])[:2] == ["26万元（数据不全）", "55万元"]


def test_a_county_is_compared_over_time_without_scores(snapshot):
    app = open_page(PAGE, mode2="periods", place="533323")
    assert_whole(app, "2019年")
    assert any(c.value == "县不计得分。" for c in app.caption)
    assert list(whole(app).loc["筹集款物总额"]) == ["○ 20万元", "○ 0元", "+20万元"]  # F17; nothing in 2018


# The page: snapshots


def test_two_snapshots_of_one_period(corrected):
    app = open_page(PAGE, mode2="snapshots", place=DALI)
    assert_whole(app, "2019年")
    assert app.query_params["asof2"] == "2020-06-30.r1"
    shown = whole(app)
    assert list(shown.columns) == ["2020年6月30日第2版", "2020年6月30日第1版", "较2020年6月30日第1版", "修订"]
    # 大理 2019: F20 10万 + F26 7万 before, 10万 - 7万 after F26 is reversed
    assert list(shown.loc["筹集款物总额"]) == ["■ 3万元", "■ 17万元", "-14万元", "修订"]
    assert list(shown.loc["党的组织覆盖率"])[2:] == ["持平", ""]
    revised = (shown.修订 == "修订").sum()
    assert 0 < revised < INDICATORS
    assert (
        f"大理白族自治州2019年：2020年6月30日第2版较2020年6月30日第1版，{INDICATORS}项指标中{revised}项有修订"
        in html(app, "finding")[0]
    )
    app = open_page(PAGE, mode2="snapshots", place=NUJIANG)  # nothing of 怒江 was corrected
    assert not (whole(app).修订 == "修订").any()


def test_an_older_snapshot_that_lacks_the_period_is_not_subtracted(corrected):
    app = open_page(PAGE, mode2="snapshots", asof2="2018-12-31.r1")
    assert_whole(app, "2019年")
    assert any("没有这一期" in note for note in notes(app))
    shown = whole(app)
    assert list(shown.columns) == ["2020年6月30日第2版", "2018年12月31日第1版"]
    assert set(shown["2018年12月31日第1版"]) == {"○ （不适用）"}
    app.selectbox(key="w_period").select("2018").run()
    shown = whole(app)
    assert list(shown.loc["筹集款物总额"])[3] == "修订"  # then nothing was reported


def test_a_single_snapshot_has_no_other(snapshot):
    app = open_page(PAGE, mode2="snapshots")
    assert_whole(app, "2019年")
    assert notes(app) == ["只有一份快照，没有可以对比的另一份。"]


def test_a_damaged_snapshot_is_refused_here_too(several, tmp_path, monkeypatch):
    shutil.copytree(several, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "snapshots" / "2020-06-30.r1" / "funds.parquet"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1])
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    app = open_page(PAGE, mode2="snapshots", asof2="2020-06-30.r1")
    assert not app.exception
    assert "2020-06-30.r1" in app.error[0].value
    assert snapshots.find("2020-06-30.r2")


# A button of a row opens what it says


def opened() -> None:
    import streamlit as st

    from yunnan.front.address import navigation
    from yunnan.front.kit import clicks
    from yunnan.front.province import comparison

    sides = {"全省": {"place": "530000"}, "怒江": {"place": "533300"}}
    ways = [{side: (code, address) for side, address in sides.items()} for code in ("P1-01", "P1-02")]
    for row, label in ((1, "怒江"), (0, "全省")):
        st.session_state["clicked"] = {"row": row, "label": label}
        clicks.Doors(ways, comparison.open_evidence).open("clicked")
        page, asked = navigation.pending()
        st.text(f"{page} {asked['indicator']} {asked['place']}")


def test_a_button_opens_the_evidence_of_its_row_and_place():
    app = AppTest.from_function(opened).run()
    assert not app.exception
    assert [text.value for text in app.text] == [
        "pages/trust/definitions.py P1-02 533300",
        "pages/trust/definitions.py P1-01 530000",
    ]
