"""平台搭建 counted by hand: needs and money, grants, exchange, partners outside, the two plans, microcredit; its page.

Projects and funds: tests/snapshot/projects.csv, funds.csv. 万 is ten thousand yuan.
"""

import re
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import publish_tiny, read_tiny
from tests.screens import assert_whole, chart, html, metric, open_page, replaced, table
from yunnan import settings
from yunnan.data import queries, snapshots
from yunnan.words import geography, wording

PAGE = "pages/pillars/platform.py"
TOPICS = ["needs", "grants", "exchange", "partners", "plans", "credit"]
WHERE = {"period": "2019", "place": "530000"}
KUNMING, ZHAOTONG, DALI, DEHONG, NUJIANG = "530100", "530600", "532900", "533100", "533300"


def wan(*amounts: float) -> list[float]:
    return [amount * 10_000 for amount in amounts]


@pytest.fixture(scope="module")
def changed(tmp_path_factory) -> snapshots.Snapshot:
    """The tiny province with 四's grant of 福彩公益金 reversed, and 十一 without an organization from outside."""
    tables, folder = read_tiny(), tmp_path_factory.mktemp("changed")
    projects = replaced(tables["projects"], "project_id", "P00011", "lead_org_id", "O000018")
    publish_tiny(
        folder,
        funds=replaced(tables["funds"], "fund_id", "F000018", "is_reversal", "true"),
        projects=replaced(projects, "project_id", "P00011", "partner_org_ids", "[O000020]"),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", folder)
        return snapshots.find(snapshots.published()[0])


def only(frame: pd.DataFrame, column: str, value: str) -> pd.Series:
    """The one row with this value."""
    (found,) = frame[frame[column] == value].to_dict("records")
    return pd.Series(found)


def cells(frame: pd.DataFrame, rows: str, parts: str, value: str) -> dict[tuple, float]:
    """{(row, part): value} where there is any."""
    return {(r, p): v for r, p, v in zip(frame[rows], frame[parts], frame[value], strict=True) if v}


# Needs and their money


def test_needs_come_down_in_five_steps(snapshot):
    steps = snapshot.table("matching/funnel", **WHERE)
    assert list(steps.step) == ["需求发布", "已对接", "已立项", "获得资金", "已完成"]
    # Posted by 2019: all but 十三. Matched: not 六 (nobody), 七 (no date). Begun: not 八 (starts 2020-01-05, nothing
    # approved). Paid: not 十一, 十四. Completed: 一, 三, 十二; 九 was broken off.
    assert list(steps.projects) == [13, 11, 10, 8, 3]
    # 10+50+30+80+20+25+15+12+9+40+6+7+16 = 320; less 25+15; less 12; less 6+16; of the completed 10+30+7
    assert list(steps.need_amount_yuan) == wan(320, 280, 268, 246, 47)
    # 二 30, 四 10, 五 20, 九 9; none of a completed project
    assert list(steps.approved_yuan) == wan(69, 69, 69, 69, 0)
    # 一 10, 二 40, 三 10, 四 20, 五 20, 九 9, 十 30, 十二 7; of the completed 10+10+7
    assert list(steps.received_yuan) == wan(146, 146, 146, 146, 27)
    # 一 9, 二 12, 三 10, 四 8, 五 12, 九 3, 十 20, 十二 7; of the completed 9+10+7
    assert list(steps.spent_yuan) == wan(81, 81, 81, 81, 26)
    assert list(steps.share_rate) == pytest.approx([1, 11 / 13, 10 / 13, 8 / 13, 3 / 13])


def test_a_step_is_taken_on_its_day_and_not_before(snapshot):
    steps = snapshot.table("matching/funnel", period="2018", place="530000")
    # Posted 一 二 三 五 九 十; 五 is matched in 2019, 十 starts on 2019-01-01, 三 is completed in 2019.
    assert list(steps.projects) == [6, 5, 4, 4, 1]
    assert list(steps.received_yuan) == wan(54, 54, 54, 54, 10)  # 10 + 25 + 10 + 9; of 一 10


def test_a_county_has_its_share_of_a_need(snapshot):
    posted = snapshot.table("matching/funnel", period="2019", place="533323").iloc[0]
    assert posted.projects == 3  # 四, 五, 十
    assert posted.need_amount_yuan == pytest.approx(540_000)  # 0.3 x 80 + 20 + 0.25 x 40
    assert posted.received_yuan == pytest.approx(335_000)  # 0.3 x 20 + 20 + 0.25 x 30


def test_money_above_a_need_meets_no_other(snapshot):
    half = snapshot.row("matching/totals", period="2020H1", place="530000")
    # 十三 is posted (18), 八 receives 8, 五 receives 10 more: 30 for a need of 20.
    assert (half.projects, half.matched_projects) == (14, 11)
    assert [half.need_amount_yuan, half.received_yuan, half.met_yuan] == wan(338, 164, 154)
    assert half.gap_yuan == 1_840_000
    assert half.met_rate == pytest.approx(154 / 338)


def test_needs_by_place_with_their_shortfall(snapshot):
    gap = snapshot.table("matching/gap_by_place", **WHERE)
    assert set(gap.region_code) == {p.code for p in geography.prefectures()}  # nobody needs at 省本级
    named = gap.set_index("region_code")
    # 昭通: 一 二 九; 大理: 六 七 八 十二 十四; 德宏: 三; 怒江: 四 五 十 十一
    assert named.projects[[ZHAOTONG, DALI, DEHONG, NUJIANG, KUNMING]].tolist() == [3, 5, 1, 4, 0]
    assert named.matched_projects[[ZHAOTONG, DALI, DEHONG, NUJIANG]].tolist() == [3, 3, 1, 4]
    assert named.need_amount_yuan[[ZHAOTONG, DALI, DEHONG, NUJIANG]].tolist() == wan(69, 75, 30, 146)
    assert named.gap_yuan[[ZHAOTONG, DALI, DEHONG, NUJIANG]].tolist() == wan(10, 68, 20, 76)
    assert named.met_rate[DALI] == pytest.approx(7 / 75)
    assert pd.isna(named.met_rate[KUNMING])
    assert pd.isna(named.match_rate[KUNMING])


@pytest.mark.parametrize("period", ["2018", "2019", "2019Q1", "2020H1"])
def test_the_parts_of_the_province_are_the_province_and_the_indicators(snapshot, period):
    total = snapshot.row("matching/totals", period=period, place="530000")
    parts = snapshot.table("matching/gap_by_place", period=period, place="530000")
    posted = snapshot.table("matching/funnel", period=period, place="530000").iloc[0]
    for column in ("projects", "matched_projects", "need_amount_yuan", "received_yuan", "met_yuan", "gap_yuan"):
        assert parts[column].sum() == pytest.approx(getattr(total, column)), column
    assert (posted.projects, posted.need_amount_yuan) == (total.projects, total.need_amount_yuan)
    values = snapshot.table("values/of_place", period=period, place="530000").set_index("indicator_code").value
    assert (total.match_rate, total.met_rate) == pytest.approx((values["P4-01"], values["P4-02"]))


def test_a_prefecture_shows_all_its_counties_and_the_rates_of_its_indicators(snapshot):
    parts = snapshot.table("matching/gap_by_place", period="2019", place=NUJIANG)
    assert list(parts.region_name) == ["泸水市", "福贡县", "贡山县", "兰坪县"]
    # 泸水: 0.5 x 80 + 0.75 x 40 + 6; 福贡: see above. The rest of 四 is needed at 大理.
    assert list(parts.need_amount_yuan) == pytest.approx([760_000, 540_000, 0, 0])
    assert list(parts.gap_yuan) == pytest.approx([435_000, 205_000, 0, 0])  # 泸水 received 0.5 x 20 + 0.75 x 30
    for row in parts.itertuples():
        values = snapshot.table("values/of_place", period="2019", place=row.region_code).set_index("indicator_code")
        assert row.met_rate == pytest.approx(values.value["P4-02"], nan_ok=True)


def test_what_nobody_takes_up_waits(snapshot):
    waiting = snapshot.table("matching/open_needs", **WHERE)
    assert list(waiting.project_name) == ["项目六", "项目七"]
    assert list(waiting.need_amount_yuan) == wan(25, 15)
    assert list(waiting.waiting_days) == [291, 60]  # from March 15 and November 1 to the end of the year
    assert list(waiting.place_name) == ["大理州漾濞县", "大理州大理市"]


# Money of civil affairs


def test_channels_of_money(snapshot):
    channels = snapshot.table("grants/channels", **WHERE)
    assert list(channels.channel) == ["民政项目资源"] * 2 + ["其他渠道"] * 5
    by_source = channels.set_index("source")
    received = {
        "中央财政": 20,
        "福彩公益金": 10,
        "其他财政": 5,
        "东西部协作": 0,
        "社会捐赠": 52,
        "港澳台侨捐赠": 12,
        "自筹": 10,
    }
    assert by_source.received_yuan.to_dict() == {source: amount * 10_000 for source, amount in received.items()}
    assert by_source.approved_yuan[["中央财政", "福彩公益金", "社会捐赠"]].tolist() == wan(50, 10, 0)
    assert by_source.spent_yuan[["中央财政", "福彩公益金", "社会捐赠", "自筹"]].tolist() == wan(12, 0, 31, 8)
    assert by_source.projects[["中央财政", "社会捐赠", "港澳台侨捐赠"]].tolist() == [
        1,
        3,
        0,
    ]  # 五; 二 十 十二; none named
    assert by_source.share_rate["中央财政"] == pytest.approx(20 / 109)


@pytest.mark.parametrize("place", ["530000", NUJIANG, "533323"])
def test_channels_by_place_are_the_channels(snapshot, place):
    by_place = snapshot.table("grants/channels_by_place", period="2019", place=place)
    by_source = snapshot.table("grants/channels", period="2019", place=place)
    values = snapshot.table("values/of_place", period="2019", place=place).set_index("indicator_code").value
    assert by_place.received_yuan.sum() == by_source.received_yuan.sum() == values["P1-08"]


def test_channels_by_place(snapshot):
    by_place = snapshot.table("grants/channels_by_place", **WHERE)
    assert by_place.region_code.nunique() == 17
    assert cells(by_place, "region_name", "channel", "received_yuan") == {
        ("昭通", "其他渠道"): 150_000,
        ("大理", "其他渠道"): 170_000,  # 自筹 10, goods 7
        ("德宏", "其他渠道"): 120_000,
        ("怒江", "中央财政"): 200_000,
        ("怒江", "福彩公益金"): 100_000,
        ("怒江", "其他渠道"): 300_000,
        ("省本级", "其他渠道"): 50_000,
    }


def test_what_was_approved_for_three_regions_and_elsewhere(snapshot):
    areas = snapshot.table("grants/areas", **WHERE)
    assert list(areas.source + areas.area) == [
        "中央财政三区三州",
        "中央财政其他地区",
        "福彩公益金三区三州",
        "福彩公益金其他地区",
    ]
    assert list(areas.projects) == [1, 1, 1, 0]  # 五; 二; 四
    assert list(areas.approved_yuan) == wan(20, 30, 10, 0)
    assert list(areas.share_rate) == [0.4, 0.6, 1, 0]
    assert areas.published.isna().all()  # none of these is a number of the article
    assert areas.published_projects.isna().all()


def test_projects_approved_by_name(snapshot):
    approved = snapshot.table("grants/approved", **WHERE)
    assert approved[["source", "project_id", "org_name", "place_name", "is_sqsz"]].to_numpy().tolist() == [
        ["中央财政", "P00005", "组织未", "怒江州福贡县", True],
        ["中央财政", "P00002", "组织己", "昭通市镇雄县", False],
        ["福彩公益金", "P00004", "组织甲基金会", "怒江州泸水市", True],
    ]
    assert list(approved.approved_yuan) == wan(20, 30, 10)
    assert list(approved.received_yuan) == wan(20, 0, 10)  # of the 30 nothing came
    values = snapshot.table("values/of_place", **WHERE).set_index("indicator_code").value
    by_source = approved.groupby("source").approved_yuan.sum()
    assert (by_source["中央财政"], by_source["福彩公益金"]) == (values["P4-03"], values["P4-04"])


def test_the_money_leans_to_three_regions(snapshot):
    years = snapshot.table("grants/tilt", period="2019")
    assert list(years.period_label) == ["2018年", "2019年"]
    assert list(years.approved_yuan) == wan(9, 60)
    assert list(years.sqsz_yuan) == wan(0, 30)
    # 14.3 and 2.2 of 181 ten thousand poor people at the end of 2018; those of 2017 are not known by prefecture
    assert years.poor_share_rate[1] == pytest.approx(16.5 / 181)
    assert years.tilt[1] == pytest.approx(0.5 / (16.5 / 181))
    assert pd.isna(years.tilt[0])
    by_place = snapshot.table("grants/tilt_by_place", **WHERE).set_index("region_name")
    assert by_place.approved_yuan[["怒江", "昭通", "迪庆", "省本级"]].tolist() == wan(30, 30, 0, 0)
    assert (by_place.money_rate.sum(), by_place.poor_share_rate.sum()) == pytest.approx((1, 1))
    assert by_place.tilt["怒江"] == pytest.approx(0.5 / (14.3 / 181))
    assert list(by_place.index[by_place.is_sqsz]) == ["怒江", "迪庆"]
    values = snapshot.table("values/of_place", **WHERE).set_index("indicator_code").value
    assert years.money_rate[1] == values["P4-05"]


def test_a_reversal_is_taken_off(changed):
    assert list(changed.table("grants/areas", **WHERE).approved_yuan) == wan(20, 30, -10, 0)
    assert only(changed.table("grants/channels", **WHERE), "source", "福彩公益金").approved_yuan == -100_000
    assert changed.table("matching/funnel", **WHERE).approved_yuan[0] == 490_000  # 69 - 10 - 10


# Exchange


def test_events_by_quarter_place_and_name(snapshot):
    quarters = snapshot.table("exchange/by_quarter", **WHERE)
    assert len(quarters) == 8 * 5
    assert cells(quarters, "period", "activity_type", "activities") == {
        ("2018Q4", "推进会"): 1,
        ("2019Q1", "典型案例交流"): 1,
        ("2019Q4", "跨省交流"): 1,
        ("2019Q4", "协议签署"): 1,
    }
    assert quarters.participants.sum() == 100 + 80 + 20 + 12
    by_place = snapshot.table("exchange/by_place", **WHERE)
    assert by_place.region_code.nunique() == 16  # nothing at 省本级 in 2019
    assert cells(by_place, "region_name", "activity_type", "activities") == {
        ("大理", "典型案例交流"): 1,
        ("昭通", "跨省交流"): 1,
        ("怒江", "协议签署"): 1,
    }
    events = snapshot.table("exchange/of_period", **WHERE)
    assert list(events.title) == ["协议一", "交流二", "交流一"]
    assert list(events.place_name) == ["怒江州泸水市", "昭通市", "大理州大理市"]
    of_province = snapshot.table("exchange/by_place", period="2018", place="530000")
    assert cells(of_province, "region_name", "activity_type", "activities") == {("省本级", "推进会"): 1}


@pytest.mark.parametrize("place", ["530000", DALI, "532901"])
@pytest.mark.parametrize("period", ["2018", "2019", "2020H1"])
def test_events_by_place_and_by_name_are_the_indicator(snapshot, place, period):
    where = {"period": period, "place": place}
    values = snapshot.table("values/of_place", **where).set_index("indicator_code").value
    expected = 0 if pd.isna(values["P4-07"]) else values["P4-07"]
    assert snapshot.table("exchange/by_place", **where).activities.sum() == expected
    assert len(snapshot.table("exchange/of_period", **where)) == expected


def test_model_cases_and_who_leads_them(snapshot):
    cases = snapshot.table("exchange/model_cases", **WHERE)
    assert list(cases.project_name) == ["项目八", "项目四", "项目一"]  # “爱心厨房”, 绿色生态, no programme
    assert list(cases.place_name) == ["大理州大理市", "怒江州泸水市", "昭通市鲁甸县"]
    assert list(cases.received_yuan) == wan(0, 20, 10)  # the money of 八 came in 2020
    leaders = snapshot.table("exchange/case_organizations", **WHERE)
    assert leaders[["org_name", "model_cases", "kitchen_projects"]].to_numpy().tolist() == [
        ["组织甲基金会", 2, 0],
        ["组织癸", 1, 1],
    ]
    assert leaders.places_named[0] == "怒江州泸水市、昭通市鲁甸县"


# Partners outside the province


def test_projects_with_partners_outside(snapshot):
    projects = snapshot.table("pairing/by_place", **WHERE)
    assert len(projects) == 16 * 4
    # 二 and 十一 are under way; 十二 ended on the last day of the year
    assert cells(projects, "region_name", "cross_province", "projects") == {("昭通", "上海"): 1, ("怒江", "上海"): 1}
    summer = snapshot.table("pairing/by_place", period="2019H1", place="530000")
    assert cells(summer, "region_name", "cross_province", "projects") == {
        ("昭通", "上海"): 1,
        ("怒江", "上海"): 1,
        ("大理", "广东"): 1,
    }
    for period, found in (("2019", projects), ("2019H1", summer)):
        values = snapshot.table("values/of_place", period=period, place="530000").set_index("indicator_code").value
        assert found.projects.sum() == values["P4-06"]


def test_pairing_with_its_money(snapshot):
    places = snapshot.table("pairing/places", **WHERE).set_index("region_name")
    assert places.pairing[["昭通", "怒江", "德宏"]].tolist() == ["广东省东莞市、中山市", "广东省珠海市", "上海市青浦区"]
    assert places.projects.sum() == 2
    assert (places.received_yuan.sum(), places.cumulative_yuan["昭通"]) == (0, 200_000)  # in 2018
    earlier = snapshot.table("pairing/places", period="2018", place="530000").set_index("region_name")
    assert earlier.received_yuan["昭通"] == earlier.received_yuan.sum() == 200_000
    counties = snapshot.table("pairing/places", period="2019", place=ZHAOTONG)
    assert set(counties.pairing) == {"广东省东莞市、中山市"}
    assert counties.cumulative_yuan.sum() == 200_000


def test_four_kinds_of_resource(snapshot):
    resources = snapshot.table("pairing/resources", **WHERE)
    assert list(dict.fromkeys(resources.resource_type)) == ["项目", "资金", "技术", "人才"]
    # under way: 二 资金 技术, 十一 技术 人才 with 上海; 五 人才, 十 资金, 十四 技术 with nobody
    assert cells(resources, "resource_type", "cross_province", "projects") == {
        ("资金", "上海"): 1,
        ("资金", "无"): 1,
        ("技术", "上海"): 2,
        ("技术", "无"): 1,
        ("人才", "上海"): 1,
        ("人才", "无"): 1,
    }


def test_agreements_signed_so_far(snapshot):
    signed = snapshot.table("pairing/agreements", **WHERE)
    assert signed[["org_name", "place_name", "county_name"]].to_numpy().tolist() == [
        ["组织申", "怒江州泸水市", "泸水市"]
    ]
    assert signed.project_id.isna().all()  # it names no project
    assert snapshot.table("pairing/agreements", period="2019Q3", place="530000").empty
    assert snapshot.table("pairing/agreements", period="2019", place=DALI).empty
    assert len(snapshot.table("pairing/agreements", period="2020H1", place="533301")) == 1


# The 三区 and 牵手 plans


def test_counties_the_plans_reach(snapshot):
    counties = snapshot.table("pairing/counties", **WHERE)
    assert (len(counties), counties.is_deep_poverty.sum()) == (88, 27)
    covered = counties[counties.is_covered]
    assert covered[["place_name", "sanqu_projects", "qianshou_projects"]].to_numpy().tolist() == [
        ["怒江州泸水市", 0, 1],  # 十一
        ["怒江州福贡县", 1, 0],  # 五
    ]
    assert [str(day)[:10] for day in covered.first_start_date] == ["2019-03-01", "2019-07-01"]
    assert snapshot.table("pairing/counties", period="2018", place="530000").is_covered.sum() == 0


def test_coverage_by_place(snapshot):
    coverage = snapshot.table("pairing/coverage_by_place", **WHERE)
    assert len(coverage) == 16
    assert (coverage.poverty_counties.sum(), coverage.deep_poverty_counties.sum()) == (88, 27)
    here = only(coverage, "region_name", "怒江")
    assert (here.covered_counties, here.sanqu_counties, here.qianshou_counties) == (2, 1, 1)
    assert (here.covered_poverty, here.covered_deep, here.coverage_rate) == (2, 2, 0.5)
    assert coverage.covered_counties.sum() == 2
    assert pd.isna(only(coverage, "region_name", "玉溪").coverage_rate)  # it has no poverty county
    values = snapshot.table("values/of_place", **WHERE).set_index("indicator_code").value
    assert values["P4-08"] == coverage.covered_poverty.sum() / coverage.poverty_counties.sum()


def test_who_sends_and_who_receives(snapshot):
    pairs = snapshot.table("pairing/pairs", **WHERE)
    assert pairs[["project_id", "sending_orgs", "receiving_orgs", "place_name"]].to_numpy().tolist() == [
        ["P00011", "省外机构甲", "组织未", "怒江州泸水市"]
    ]
    outside = snapshot.table("pairing/outside_organizations", **WHERE)
    assert outside[["org_name", "projects", "activities", "places_named"]].to_numpy().tolist() == [
        ["省外机构甲", 1, 1, "怒江州泸水市"]
    ]
    assert str(outside.since_date[0])[:10] == "2019-03-01"  # before its journey of May 10
    assert snapshot.table("pairing/outside_organizations", period="2018", place="530000").empty


def test_a_side_that_nobody_reported_is_said(changed):
    (row,) = changed.table("pairing/pairs", **WHERE).itertuples()
    assert (row.sending_orgs, row.receiving_orgs) == ("上海（机构未报）", "组织未、组织酉")


def test_journeys_and_the_articles_figures(snapshot):
    journeys = snapshot.table("pairing/journeys", **WHERE)
    assert journeys[["journey", "org_name", "place_name", "project_id"]].to_numpy().tolist() == [
        ["第1次", "省外机构甲", "怒江州泸水市", "P00011"]
    ]
    assert snapshot.table("pairing/journeys", period="2019Q1", place="530000").empty
    shown = [len(snapshot.table("pairing/published", place=p)) for p in ("530000", "533400", "533422", NUJIANG)]
    assert shown == [3, 3, 3, 0]


def test_treatment_tells_no_small_number(snapshot):
    treated = snapshot.table("pairing/treated_by_place", **WHERE)
    assert len(treated) == 2 * 16
    one = treated[(treated.region_name == "怒江") & (treated.help_type == "免费治疗")].iloc[0]
    assert one.is_hidden  # one child
    assert pd.isna(one.persons)
    assert set(treated.persons.dropna()) == {0}
    assert not treated[treated.help_type == "康复服务"].is_hidden.any()


def test_what_a_programme_reached_is_rounded_or_hidden(snapshot):
    reached = snapshot.table("people/reached_by_programme", programme_code="PG-QIANSHOU").set_index("help_type")
    assert reached.is_hidden["免费治疗"]  # one child
    assert reached.persons["疾病筛查"] == 300  # the same school twice: 300, then 280
    kitchens = snapshot.table("people/reached_by_programme", programme_code="PG-CFGM").set_index("help_type")
    assert kitchens.is_hidden["扶老"]  # one family of two


# Microcredit


def test_households_with_microcredit_accumulate(snapshot):
    quarters = snapshot.table("credit/by_quarter", period="2019", place=NUJIANG).set_index("period")
    # 泸水: five, two, three, one in the four quarters; 福贡: one in April, one in October
    assert quarters.households["2018Q4"] == 0
    assert quarters.is_hidden[["2019Q1", "2019Q2"]].all()  # 5 and 8
    assert quarters.households[["2019Q3", "2019Q4"]].tolist() == [11, 13]
    totals = snapshot.row("credit/totals", **WHERE)
    assert (totals.counties, totals.households, totals.received_yuan, totals.spent_yuan) == (2, 13, 300_000, 200_000)
    values = snapshot.table("values/of_place", **WHERE).set_index("indicator_code").value
    assert totals.households == values["P4-09"]


def test_counties_that_try_microcredit(snapshot):
    counties = snapshot.table("credit/counties", **WHERE)
    assert list(counties.place_name) == ["怒江州泸水市", "怒江州福贡县"]
    assert list(counties.projects) == [1, 1]
    assert set(counties.org_name) == {"组织申"}
    assert counties.is_hidden.all()  # 2 at 福贡, and 11 that would give it away
    assert list(counties.received_yuan) == wan(30, 0)
    assert list(counties.spent_yuan) == wan(20, 0)
    assert snapshot.table("credit/counties", period="2018", place="530000").empty


def test_microcredit_only_for_registered_households_is_a_rule_of_publication():
    assert queries.load("checks/fail_microcredit_only_for_registered_households").sql


# The page


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_opens_for_province_prefecture_county_and_without_data(snapshot, topic):
    app = open_page(PAGE, topic=topic)
    assert_whole(app, "2019年")
    assert app.query_params["topic"] == topic
    for url, label in (
        ({"place": NUJIANG}, "2019年"),
        ({"place": "533323"}, "2019年"),
        ({"place": "533400", "period": "2018Q1"}, "2018年一季度"),
        ({"place": "530402", "period": "2018Q1"}, "2018年一季度"),
    ):
        app.query_params = {"topic": topic} | url
        app.run()
        assert_whole(app, label)
        # of 2018Q1 玉溪 has sent in a return of money and none of the other tables
        told = [warning.value.split("。")[0] for warning in app.warning]
        assert told == (["红塔区本报告期应报1个季度，缺报1个"] if url["place"] == "530402" else [])
        assert not re.search(r"\b(nan|None|NaT)\b", said(app))


def said(app) -> str:
    kinds = (app.markdown, app.html, app.caption, app.metric, app.subheader)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def sentence(app) -> str:
    """What the page says of needs and shortfall."""
    (told,) = [text for text in html(app, "finding") if "帮扶需求" in text]
    return told


def test_the_sentence_names_the_thin_places_by_rule(snapshot):
    told = sentence(open_page(PAGE, topic="needs"))
    assert "截至2019年12月31日，全省累计发布帮扶需求13个、320万元，已对接84.6%；到账满足45.6%，缺口174万元。" in told
    assert "满足率最低：大理9.3%（缺68万元）、德宏33.3%（缺20万元）、怒江47.9%（缺76万元）" in told
    told = sentence(open_page(PAGE, topic="needs", place="533323"))
    assert "福贡县累计发布帮扶需求3个、54万元" in told
    assert "怒江州范围内满足率最低：怒江州泸水市42.8%（缺43.5万元）、怒江州福贡县62.0%（缺20.5万元）" in told


def test_a_place_without_needs_is_told_so(snapshot):
    assert "迪庆州没有发布帮扶需求" in sentence(open_page(PAGE, topic="needs", place="533400"))


def test_map_bars_and_table_of_the_shortfall_agree(snapshot):
    app = open_page(PAGE, topic="needs")
    shown = table(app, "各地需求与缺口")
    expected = dict(zip(shown.地区, shown["缺口（元）"], strict=True))
    assert expected["大理"] == 680_000
    drawn = [
        t
        for trace in chart(app, "map_需求资金缺口")["data"]
        if trace["type"] == "choropleth"
        for t in trace["text"]
        if t
    ]
    assert set(drawn) == {f"{name}：{wording.amount(value)}" for name, value in expected.items()}


def test_grants_are_shown_by_name_and_open_their_project(snapshot):
    app = open_page(PAGE, topic="grants")
    assert metric(app, "中央财政·三区三州").value == "1个，20万元"
    assert metric(app, "福彩公益金·其他地区").value == "0个，0元"
    assert metric(app, "民政项目资源占到账").value == "27.5%"  # 30 of 109
    assert metric(app, "倾斜系数").value == "5.48"
    approved = table(app, "中央财政支持社会组织参与社会服务项目：获批清单")
    assert list(approved.项目) == ["项目五", "项目二"]
    assert approved["获批（元）"].sum() == 500_000


def test_exchange_partners_plans_and_credit_show_their_numbers(snapshot):
    app = open_page(PAGE, topic="exchange")
    assert list(table(app, "交流对接清单").标题) == ["协议一", "交流二", "交流一"]
    assert list(table(app, "典型案例库").项目) == ["项目八", "项目四", "项目一"]
    app = open_page(PAGE, topic="partners")
    assert any("**组织申　与　泸水市**（怒江州泸水市）" in m.value for m in app.markdown)
    drawn, _twin = [d.value for d in app.dataframe if d.proto.alt == "跨省协作项目"]
    assert drawn.loc["昭通", "上海"] == 1
    app = open_page(PAGE, topic="plans")
    assert metric(app, "覆盖贫困县").value == "2/88"
    assert metric(app, "覆盖深度贫困县").value == "2/27"
    assert list(table(app, "援派—受援配对").援派机构) == ["省外机构甲"]
    assert len(table(app, "筛查学校清单")) == 2  # the same school in May and December
    app = open_page(PAGE, topic="credit")
    assert metric(app, "贷款建档立卡户").value == "13户"
    assert any("对象合规性校验：● 已通过" in s.value for s in app.success)
    assert metric(open_page(PAGE, topic="credit", place="533301"), "贷款建档立卡户").value == "（已隐去）"


def test_the_facts_file_names_every_fact_of_this_page_once():
    lines = pd.read_csv(Path(__file__).parent / "facts" / "P4.csv", dtype=str, keep_default_na=False)
    assert list(lines.id) == [f"S{n}" for n in range(100, 126)]
    assert set(lines.page) == {PAGE}
