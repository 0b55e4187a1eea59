"""党建引领: every number of its page counted by hand from tests/snapshot/*.csv; parts equal the whole; the page opens.

On the books at the end of 2019 are 17 organizations: 省本级 O1 O2 O3; 昭通 O5 (its own level) O6 O7 O8; 大理 O10 O13
(its own level) O11 O12 O14; 德宏 O15 (its own level) O16 O17; 怒江 O19 (its own level) O18. O9 left in October, O4 and
O20 came in 2020, X1 is of another province.
"""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import publish_tiny, read_tiny
from tests.screens import assert_whole, chart, metric, numbers, open_page, replaced, table
from yunnan import settings
from yunnan.data import snapshots
from yunnan.words import wording

PAGE = "pages/pillars/party.py"
PROVINCE, ZHAOTONG, DALI, DEHONG, NUJIANG = "530000", "530600", "532900", "533100", "533300"
LUSHUI, FUGONG = "533301", "533323"
PERIODS = ["2018", "2018Q1", "2019", "2019H1", "2019Q4", "2020", "2020Q2"]
PLACES = [PROVINCE, ZHAOTONG, NUJIANG, FUGONG]


@pytest.fixture
def ask(snapshot):
    """A query of a place and period of the tiny province."""

    def asked(name: str, period: str = "2019", place: str = PROVINCE) -> pd.DataFrame:
        return snapshot.table(name, period=period, place=place)

    return asked


def told(rows: pd.DataFrame, *columns: str) -> list[tuple]:
    """The rows as tuples, null as None."""
    shown = rows[list(columns)].astype(object)
    return list(shown.where(shown.notna(), None).itertuples(index=False, name=None))


def by_place(rows: pd.DataFrame, *columns: str) -> dict[str, tuple]:
    """{place: columns}, only places with something to tell."""
    return {code: tuple(rest) for code, *rest in told(rows, "region_code", *columns) if any(rest)}


# Quality


def test_quality_counts_each_organization_once_in_each_aspect(ask):
    assert told(ask("party/quality"), "aspect", "grade", "organizations") == [
        ("年检结论", "合格", 11),  # O1 O2 O5 O6 O10 O11 O13 O14 O15 O16 O19
        ("年检结论", "基本合格", 2),  # O3 O18
        ("年检结论", "不合格", 1),  # O7
        ("年检结论", "未参检", 2),  # O12 O17
        ("年检结论", "不适用", 1),  # O8
        ("年检结论", "未填报", 0),
        ("评估等级", "5A", 1),  # O10
        ("评估等级", "4A", 1),  # O1
        ("评估等级", "3A", 2),  # O2 O15
        ("评估等级", "2A", 1),  # O5
        ("评估等级", "1A", 0),
        ("评估等级", "未评估", 12),
        ("登记状态", "正常", 16),
        ("登记状态", "活动异常", 1),  # O17
        ("登记状态", "严重违法失信", 0),
        ("登记状态", "此后退出", 0),
    ]
    assert ask("party/quality").groupby("aspect").share_rate.sum().tolist() == pytest.approx([1, 1, 1])


def test_a_rating_counts_from_its_date_and_who_left_later_is_told_apart(ask):
    rows = {(a, g): n for a, g, n in told(ask("party/quality", "2018"), "aspect", "grade", "organizations")}
    # At the end of 2018: O1-3 O5-7 O9-11 O13-19, 16 of them; O2 was rated 3A in April 2019, O9 left in October 2019.
    assert rows["评估等级", "3A"] == 1
    assert rows["评估等级", "未评估"] == 12
    assert (rows["登记状态", "正常"], rows["登记状态", "活动异常"], rows["登记状态", "此后退出"]) == (14, 1, 1)


def test_the_irregular_are_listed_by_name(ask):
    assert told(ask("party/irregular"), "org_id", "place_name", "org_status", "inspection_result") == [
        ("O000017", "德宏州瑞丽市", "活动异常", "未参检")
    ]
    assert ask("party/irregular", place=NUJIANG).empty


def test_the_graver_status_comes_first(changed):
    rows = changed.table("party/irregular", period="2019", place=PROVINCE)
    assert told(rows, "org_id", "org_status") == [("O000018", "严重违法失信"), ("O000017", "活动异常")]


# 三同步


def test_each_matter_in_step_has_its_numerator_and_denominator(ask):
    assert told(ask("party/in_step"), "matter", "matters_in_step", "matters_due") == [
        ("登记同步", 1, 2),  # new in 2019: O12 in step, O8 not
        ("年检同步", 11, 14),  # inspected: O1-3 O5-7 O10 O11 O13-16 O18 O19; not in step O2 O7 O16
        ("评估同步", 4, 5),  # rated: O1 O2 O10 O15 in step, O5 not
    ]
    assert ask("party/in_step").in_step_rate.tolist() == pytest.approx([1 / 2, 11 / 14, 4 / 5])
    assert told(ask("party/in_step", place=FUGONG), "matters_due", "in_step_rate") == [(0, None)] * 3


def test_what_is_not_in_step_is_listed_by_name_and_matter(ask):
    assert told(ask("party/not_in_step"), "org_id", "place_name", "matter", "detail") == [
        ("O000002", "省本级", "年检同步", "年检 2019年度 合格"),
        ("O000005", "昭通市", "评估同步", "评估 2A 2018-10-01"),
        ("O000007", "昭通市镇雄县", "年检同步", "年检 2019年度 不合格"),
        ("O000008", "昭通市镇雄县", "登记同步", "登记 2019-07-01"),
        ("O000016", "德宏州芒市", "年检同步", "年检 2019年度 合格"),
    ]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("period", PERIODS)
def test_the_three_matters_and_their_list_are_indicator_p1_04(snapshot, ask, period, place):
    matters, late = ask("party/in_step", period, place), ask("party/not_in_step", period, place)
    value = indicator(snapshot, "P1-04", period, place)
    due, done = matters.matters_due.sum(), matters.matters_in_step.sum()
    assert len(late) == due - done
    assert value is None if due == 0 else value == pytest.approx(done / due)


# Coverage


def test_the_coverages_by_place_are_those_of_the_organizations_registered_there(ask):
    rows = ask("party/coverage_by_place")
    assert len(rows) == 17 * 3
    assert by_place(rows[rows.coverage == "组织覆盖率"], "covered", "organizations") == {
        ZHAOTONG: (2, 4),  # O5 O6
        DALI: (4, 5),  # O10 O11 O12 O14; O13 in 2020
        DEHONG: (1, 3),  # O15
        NUJIANG: (2, 2),  # O18 O19
        PROVINCE: (3, 3),
    }
    assert by_place(rows[rows.coverage == "工作覆盖率"], "covered", "organizations") == {
        ZHAOTONG: (3, 4),  # O7 too
        DALI: (4, 5),
        DEHONG: (1, 3),
        NUJIANG: (2, 2),
        PROVINCE: (3, 3),
    }
    assert by_place(rows[rows.coverage == "实体覆盖率"], "covered", "organizations") == {
        ZHAOTONG: (2, 4),
        DALI: (3, 5),  # O11 has an instructor
        DEHONG: (1, 3),
        NUJIANG: (1, 2),  # O19 has an instructor
        PROVINCE: (2, 3),  # O3 has an instructor
    }


def test_a_prefecture_has_its_counties_and_its_own_level(ask):
    rows = ask("party/coverage_by_place", place=NUJIANG)
    strict = rows[rows.coverage == "实体覆盖率"]
    assert told(strict, "region_name", "is_rest", "covered", "organizations", "coverage_rate") == [
        ("泸水市", False, 1, 1, 1.0),  # O18
        ("福贡县", False, 0, 0, None),
        ("贡山县", False, 0, 0, None),
        ("兰坪县", False, 0, 0, None),
        ("怒江本级", True, 0, 1, 0.0),  # O19 has an instructor
    ]
    own = ask("party/coverage_by_place", place=LUSHUI)
    assert told(own, "region_code", "covered", "organizations") == [(LUSHUI, 1, 1)] * 3


def test_each_quarter_has_its_own_denominator_and_what_it_added(ask):
    rows = ask("party/rates")
    assert rows.period.unique().tolist() == [f"{year}Q{n}" for year in (2018, 2019) for n in (1, 2, 3, 4)]
    shown = {
        (p, c): rest for p, c, *rest in told(rows, "period", "coverage", "covered", "organizations", "newly_covered")
    }
    # End of March 2018, 14: O1-3 O5 O7 O9-11 O13-15 O17-19. Organization: O1 O9 O10, new O14;
    # work: O1 O9 O10, new O2 O5 O14 O15
    assert shown["2018Q1", "组织覆盖率"] == [4, 14, 1]
    assert shown["2018Q1", "工作覆盖率"] == [7, 14, 4]
    assert shown["2018Q1", "实体覆盖率"] == [4, 14, 1]
    # End of September 2019, 18: O9 still among them, the only new one O5
    assert shown["2019Q3", "组织覆盖率"] == [12, 18, 1]
    assert shown["2019Q3", "工作覆盖率"] == [13, 18, 0]
    assert shown["2019Q3", "实体覆盖率"] == [9, 18, 1]
    # End of 2019: O9 gone, O12 new on the last day
    assert shown["2019Q4", "组织覆盖率"] == [12, 17, 1]
    assert shown["2019Q4", "工作覆盖率"] == [13, 17, 1]
    assert shown["2019Q4", "实体覆盖率"] == [9, 17, 1]
    assert rows.coverage_rate.tolist() == pytest.approx((rows.covered / rows.organizations).tolist())


def test_the_five_ways_are_all_named(ask):
    assert told(ask("party/ways"), "party_cover_mode", "organizations", "counts_strictly") == [
        ("单独成立", 3, True),  # O1 O10 O18
        ("联合成立", 3, True),  # O2 O12 O15
        ("功能型党组织", 1, True),  # O5; O13 in 2020
        ("选派党建指导员", 3, False),  # O3 O11 O19
        ("挂靠组建", 2, True),  # O6 O14
        ("未覆盖", 5, False),  # O7 O8 O13 O16 O17
    ]
    rows = ask("party/ways_by_place")
    assert len(rows) == 17 * 5
    way = rows[rows.party_cover_mode == "选派党建指导员"]
    assert by_place(way, "organizations") == {PROVINCE: (1,), DALI: (1,), NUJIANG: (1,)}
    assert told(ask("party/ways_by_place", place=LUSHUI), "party_cover_mode", "organizations")[0] == ("单独成立", 1)


def test_the_five_ways_add_up_to_the_covered(ask):
    (row,) = ask("party/conservation").itertuples()
    assert (row.five_ways, row.covered, row.is_conserved) == (12, 12, True)
    assert (row.strictly_covered, row.organizations) == (9, 17)
    assert (row.party_rate, row.strict_rate) == pytest.approx((12 / 17, 9 / 17))


def test_a_place_without_a_return_cannot_be_checked(ask):
    (row,) = ask("party/conservation", "2020Q2", DEHONG).itertuples()
    assert (row.five_ways, row.organizations) == (1, 3)
    assert pd.isna(row.covered)
    assert pd.isna(row.is_conserved)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("period", PERIODS)
def test_ways_coverages_places_and_quarters_tell_one_story(snapshot, ask, period, place):
    ways, places, rates = (
        ask("party/ways", period, place),
        ask("party/coverage_by_place", period, place),
        ask("party/rates", period, place),
    )
    ways_by_place, (sums,) = (
        ask("party/ways_by_place", period, place),
        ask("party/conservation", period, place).itertuples(),
    )
    covered = {c: places[places.coverage == c].covered.sum() for c in ("组织覆盖率", "工作覆盖率", "实体覆盖率")}
    five = ways[ways.party_cover_mode != "未覆盖"]
    assert five.organizations.sum() == ways_by_place.organizations.sum() == covered["组织覆盖率"] == sums.five_ways
    assert ways[ways.counts_strictly].organizations.sum() == covered["实体覆盖率"] == sums.strictly_covered
    assert ways.organizations.sum() == sums.organizations == places[places.coverage == "工作覆盖率"].organizations.sum()
    assert sums.is_conserved
    assert sums.covered == sums.five_ways
    last = rates[rates.period == rates.period.max()].set_index("coverage")
    assert {c: last.covered.get(c, 0) for c in covered} == covered
    for coverage, code in (("组织覆盖率", "P1-01"), ("工作覆盖率", "P1-02")):
        value = indicator(snapshot, code, period, place)
        assert (
            value is None if not sums.organizations else value == pytest.approx(covered[coverage] / sums.organizations)
        )


# 一抓规划


def test_the_years_programme_stands_in_the_library_from_its_date(ask):
    assert ask("party/documents").empty  # issued on 2020-03-01
    for place in (PROVINCE, FUGONG):
        assert told(ask("party/documents", "2020Q1", place), "policy_id", "title", "issuer", "place_name") == [
            ("L006", "党建工作要点", "省级机关己", "全省")
        ]


def test_every_task_has_the_indicator_that_measures_it(snapshot, ask):
    rows = ask("party/tasks")
    assert told(rows, "campaign", "indicator_code") == [
        ("组织覆盖", "P1-01"),
        ("组织覆盖", "P1-03"),
        ("一抓规划", "P1-05"),
        ("二抓教育", "P1-06"),
        ("二抓教育", None),
        ("三抓行动", "P1-02"),
        ("三抓行动", "P1-07"),
    ]
    # P1-06: 3 of 12 took part, the target of 2019 is 78 %
    assert rows.attainment[3] == pytest.approx(0.25 / 0.78)
    assert rows.status[3] == "滞后"
    assert ask("party/tasks", place=FUGONG).status[3] == "不适用"  # no covered organization there


def test_branches_are_the_three_kinds_that_have_one(ask):
    rows = ask("party/branches_by_place")
    assert len(rows) == 17
    assert by_place(rows, "branches", "standardized_branches", "standardized_rate") == {
        ZHAOTONG: (1, 0, 0.0),  # O5, up to standard in May 2020
        DALI: (2, 1, 0.5),  # O10 since March 2019; O12
        DEHONG: (1, 1, 1.0),  # O15 since September 2019
        NUJIANG: (1, 0, 0.0),  # O18, in January 2020
        PROVINCE: (2, 1, 0.5),  # O1; O2
    }
    assert told(ask("party/branches_by_place", place=FUGONG), "branches", "standardized_rate") == [(0, None)]


def test_branches_of_a_prefecture_that_left_all_dates_empty_are_unknown(tmp_path, monkeypatch):
    organizations = read_tiny()["organizations"]
    organizations = replaced(organizations, "org_id", "O000015", "branch_standardized_date", None)  # 德宏's only one
    publish_tiny(tmp_path, organizations=organizations)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    changed = snapshots.find(snapshots.published()[0])
    rows = changed.table("party/branches_by_place", period="2019", place=PROVINCE).set_index("region_code")
    columns = ["branches", "standardized_branches", "standardized_rate", "branches_unknown"]
    assert rows.loc[DALI, columns].tolist() == [2, 1, 0.5, 0]
    unknown = rows.loc[DEHONG, columns]
    assert (unknown.branches, unknown.branches_unknown) == (1, 1)
    assert unknown[["standardized_branches", "standardized_rate"]].isna().all()
    known = rows.branches.sum() - rows.branches_unknown.sum()
    assert indicator(changed, "P1-05", "2019", PROVINCE) == pytest.approx(rows.standardized_branches.sum() / known)
    app = open_page(PAGE, period="2019")
    assert_whole(app, "2019年")
    said = "另有1个党组织达标情况不详：所在州市没有填报达标日期，不计入分子与分母。"
    assert said in [c.value for c in app.caption]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("period", PERIODS)
def test_the_branches_of_all_places_are_indicator_p1_05(snapshot, ask, period, place):
    rows, value = ask("party/branches_by_place", period, place), indicator(snapshot, "P1-05", period, place)
    branches, standard = rows.branches.sum(), rows.standardized_branches.sum()
    assert value is None if branches == 0 else value == pytest.approx(standard / branches)


# 二抓教育


def test_theme_education_counts_events_person_times_and_organizations(ask):
    (row,) = ask("party/education").itertuples()
    # A9 40/30, A10 25/20, A11 25/18, A13 12/3, A15 20/15, A16 15/10
    assert (row.activities, row.participants, row.party_members) == (6, 137, 96)
    # O1 O5 O15 of the 12 covered; O7 is not covered, O9 has left
    assert (row.organizations_educated, row.organizations_covered, row.participation_rate) == (3, 12, 0.25)
    (none,) = ask("party/education", "2018").itertuples()
    assert (none.activities, none.participants, none.organizations_educated) == (0, 0, 0)


def test_theme_education_by_place_puts_the_highest_participation_first(ask):
    rows = ask("party/education_by_place")
    assert len(rows) == 17
    columns = ("region_name", "organizations_educated", "organizations_covered", "activities", "participants")
    assert told(rows.head(3), *columns, "party_members") == [
        ("德宏", 1, 1, 1, 20, 15),
        ("昭通", 1, 2, 4, 77, 51),  # A10 A11 A13 A16; O5 of O5 O6
        ("省本级", 1, 3, 1, 40, 30),
    ]
    assert rows.participation_rate[:3].tolist() == pytest.approx([1, 1 / 2, 1 / 3])
    assert set(told(rows[3:5], "region_name", "participation_rate")) == {("大理", 0.0), ("怒江", 0.0)}
    assert rows.participation_rate[5:].isna().all()  # nobody covered there
    own = ask("party/education_by_place", place=ZHAOTONG).set_index("region_name")
    assert own.activities[["昭通本级", "镇雄县", "昭阳区"]].tolist() == [2, 1, 1]  # A10 A11; A13; A16


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("period", PERIODS)
def test_education_adds_up_over_the_places(ask, period, place):
    (row,), rows = ask("party/education", period, place).itertuples(), ask("party/education_by_place", period, place)
    for column in ("activities", "participants", "party_members"):
        assert rows[column].sum() == getattr(row, column)
    if period != "2020Q2":  # 德宏 has not reported
        assert rows.organizations_educated.sum() == (
            0 if pd.isna(row.organizations_educated) else row.organizations_educated
        )


def test_party_members_in_help_activities_are_person_times(ask):
    (row,) = ask("party/members").itertuples()
    # A5 80/30, A6 50/9, A7 15/5, A8 200/10, A12 30/8, A14 25/15, A17 20/8, A18 12/6
    assert (row.activities, row.participants, row.party_members) == (8, 432, 91)
    assert row.member_rate == pytest.approx(91 / 432)
    (fugong,) = ask("party/members", place=FUGONG).itertuples()
    assert (fugong.activities, fugong.party_members) == (0, 0)
    assert pd.isna(fugong.member_rate)


def test_party_members_by_quarter_tell_the_kind_of_help(ask):
    rows = ask("party/members_by_quarter")
    assert len(rows) == 8 * 6
    assert told(rows[rows.activities > 0], "period", "category", "party_members") == [
        ("2018Q3", "培训", 12),  # A2
        ("2018Q4", "交流推进", 40),  # A4
        ("2018Q4", "专家行动", 3),  # A3
        ("2019Q1", "交流推进", 30),  # A5
        ("2019Q2", "培训", 9),  # A6
        ("2019Q2", "业务指导", 10),  # A8
        ("2019Q2", "专家行动", 5),  # A7
        ("2019Q3", "培训", 8),  # A12
        ("2019Q3", "业务指导", 15),  # A14
        ("2019Q4", "交流推进", 8),  # A17
        ("2019Q4", "协议签署", 6),  # A18
    ]
    of_2019 = rows[rows.period.str.startswith("2019")]
    assert of_2019.party_members.sum() == ask("party/members").party_members[0]


def test_party_members_among_social_workers_are_of_the_prefectures_that_reported(ask):
    columns = ("report_period", "party_workers", "social_workers", "places_reported")
    assert told(ask("party/workers"), *columns) == [
        ("2018Q4", 730, 7300, 4),  # 250+310+130+40 of 2500+3100+1300+400
        ("2019Q2", 785, 7850, 4),  # 270+330+140+45 of 2700+3300+1400+450
        ("2019Q4", 860, 8600, 4),  # 300+360+150+50 of 3000+3600+1500+500
    ]
    assert told(ask("party/workers", "2020Q2"), *columns)[-1] == ("2020Q2", 756, 7560, 3)  # 320+380+56, 德宏 is missing
    assert told(ask("party/workers", place=NUJIANG), *columns)[-1] == ("2019Q4", 50, 500, 1)
    assert ask("party/workers", "2018Q1").empty
    assert ask("party/workers", place=FUGONG).empty


# 三抓行动


def test_activities_of_party_building_by_quarter_and_kind(ask):
    rows = ask("party/activities_by_quarter")
    assert len(rows) == 8 * 3
    columns = ("activity_type", "period", "activities", "organizers", "participants", "party_members")
    assert told(rows[rows.activities > 0], *columns) == [
        ("党群活动", "2018Q2", 1, 1, 30, 20),  # A1
        ("主题教育", "2019Q2", 1, 1, 40, 30),  # A9
        ("主题教育", "2019Q3", 3, 2, 62, 41),  # A10 A11 of O5, A13 of O7
        ("主题教育", "2019Q4", 2, 2, 35, 25),  # A15 A16
    ]


def test_those_who_take_part_stand_where_they_are_registered(ask):
    rows = ask("party/engaged_by_place")
    assert len(rows) == 17
    # Funds of 2019: O1 O2 O3 O5 O6 O12 O15 O18 O19; projects led as well: O7 (until May) O13
    assert by_place(rows[rows.organizations > 0], "organizations_engaged", "organizations") == {
        ZHAOTONG: (3, 4),
        DALI: (2, 5),
        DEHONG: (1, 3),
        NUJIANG: (2, 2),
        PROVINCE: (3, 3),
    }
    assert rows.organizations_engaged.sum() == 11
    assert told(ask("party/engaged_by_place", place=LUSHUI), "organizations_engaged", "engaged_rate") == [(1, 1.0)]
    assert ask("party/engaged_by_place", "2020Q2").set_index("region_code").organizations_engaged.isna()[DEHONG]


# What came of it


def test_returns_are_counted_against_what_is_due(ask):
    columns = ("quarters_due", "quarters_reported", "reported_rate", "rows_declared", "rows_accepted")
    # 2019: 16 prefectures, 4 quarters; rows 12 + 38 + 17 + 34, less 31 in returns of fewer than ten about people
    assert told(ask("party/returns"), *columns) == [(64, 64, 1.0, 70, 70)]
    assert told(ask("party/returns", place=NUJIANG), *columns) == [(4, 4, 1.0, 20, 20)]  # 7 + 14 + 6 + 11 - 18
    assert told(ask("party/returns", place=FUGONG), *columns) == [(4, 4, 1.0, 20, 20)]  # those of its prefecture
    assert told(ask("party/returns", "2020Q2"), *columns)[0][:3] == (16, 15, 15 / 16)  # 德宏 is missing
    assert told(ask("party/returns", "2020Q2", DEHONG), *columns) == [(1, 0, 0.0, 0, 0)]


def test_a_warned_row_is_accepted_and_a_rejected_one_is_not(changed):
    # 昭通 declares 8 rows of statistics for the second quarter and not 5: 4 are right, 1 is warned of, 3 are rejected
    row = changed.row("party/returns", period="2019", place=PROVINCE)
    assert (row.rows_declared, row.rows_accepted) == (73, 70)
    assert row.accepted_rate == pytest.approx(70 / 73)


def test_what_was_raised_is_told_by_form_source_month_and_place(ask):
    (row,) = ask("party/raised").itertuples()
    # F15 15万, F17 20万, F19 10万, F20 10万, F23 12万, F24 30万, F28 5万; goods F26 7万
    assert (row.received_yuan, row.cash_yuan, row.goods_yuan, row.fund_rows) == (1_090_000, 1_020_000, 70_000, 8)
    assert row.published is None
    sources = ask("party/raised_by_source")
    assert len(sources) == 7 * 2
    assert told(sources[sources.received_yuan > 0], "form", "source", "received_yuan") == [
        ("资金", "社会捐赠", 450_000),  # F15 F24
        ("资金", "港澳台侨捐赠", 120_000),
        ("资金", "自筹", 100_000),
        ("资金", "中央财政", 200_000),
        ("资金", "福彩公益金", 100_000),
        ("资金", "其他财政", 50_000),
        ("物资", "社会捐赠", 70_000),
    ]
    months = ask("party/raised_by_month")
    assert months.month_label.unique().tolist() == [f"{month}月" for month in range(1, 13)]
    assert told(months[months.received_yuan > 0], "month_label", "form", "received_yuan") == [
        ("1月", "资金", 150_000),
        ("4月", "资金", 200_000),  # F19 F20
        ("5月", "资金", 200_000),
        ("7月", "物资", 70_000),
        ("8月", "资金", 300_000),
        ("10月", "资金", 120_000),
        ("12月", "资金", 50_000),
    ]
    places = ask("party/raised_by_place")
    assert len(places) == 17 * 2
    assert told(places[places.received_yuan > 0], "region_code", "form", "received_yuan") == [
        (ZHAOTONG, "资金", 150_000),
        (DALI, "资金", 100_000),
        (DEHONG, "资金", 120_000),
        (NUJIANG, "资金", 600_000),  # F17 F19 F24
        (PROVINCE, "资金", 50_000),
        (DALI, "物资", 70_000),
    ]
    counties = ask("party/raised_by_place", place=NUJIANG)
    cash = counties[counties.form == "资金"]
    assert told(cash, "region_code", "received_yuan")[:2] == [(LUSHUI, 400_000), (FUGONG, 200_000)]


def test_a_quarter_has_its_three_months_and_one_that_runs_ends_on_the_last_day(ask):
    assert ask("party/raised_by_month", "2020Q2").month_label.unique().tolist() == ["4月", "5月", "6月"]
    assert len(ask("party/raised_by_month", "2020")) == 6 * 2


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("period", PERIODS)
def test_sources_months_and_places_add_up_to_what_was_raised(snapshot, ask, period, place):
    (row,) = ask("party/raised", period, place).itertuples()
    assert row.cash_yuan + row.goods_yuan == row.received_yuan == indicator(snapshot, "P1-08", period, place)
    for name in ("party/raised_by_source", "party/raised_by_month", "party/raised_by_place"):
        rows = ask(name, period, place)
        assert rows.received_yuan.sum() == row.received_yuan
        assert rows[rows.form == "物资"].received_yuan.sum() == row.goods_yuan


def test_a_reversal_is_taken_off(changed):
    where = {"period": "2019", "place": DALI}
    assert changed.row("party/raised", **where).received_yuan == -30_000  # F26 7万 less F20 10万
    for name in ("party/raised_by_source", "party/raised_by_month", "party/raised_by_place"):
        rows = changed.table(name, **where)
        assert rows.received_yuan.sum() == -30_000
        assert rows.received_yuan.min() == -100_000


def test_the_articles_words_stand_where_the_sum_is_the_articles(changed):
    assert changed.row("party/raised", period="2019", place=PROVINCE).published == "约4.4亿元"
    assert changed.row("party/raised", period="2018", place=PROVINCE).published is None
    assert changed.row("party/raised", period="2019", place=NUJIANG).published is None


# The page


def test_the_page_tells_the_province_as_counted(snapshot):
    app = open_page(PAGE, period="2019")
    assert_whole(app, "2019年")
    told_of = {m.label: (m.value, m.delta) for m in app.metric}
    assert told_of["登记同步"] == ("50.0%", "1 / 2项")
    assert told_of["三项合计（指标P1-04）"] == ("76.2%", "16 / 21项")
    assert told_of["五种方式合计"][0] == told_of["组织覆盖数（指标P1-01）"][0] == "12个"
    assert told_of["守恒校验：合计＝覆盖数"][0] == "✓ 相等"
    assert told_of["实体覆盖率"] == ("52.9%", "9 / 17个")
    assert told_of["参与率（指标P1-06）"] == ("25.0%", "3 / 12个")
    assert told_of["其中党员人次"][0] == "96人次"
    assert told_of["党员参与帮扶人次"] == ("91人次", "占参加人次的21.1%")
    assert told_of["党员社工（2019年12月末）"] == ("860人", "占社会工作专业人才的10.0%")
    assert told_of["筹集款物（到账）"] == ("109万元", "准确值：1,090,000元")
    assert any("应报64个季度，收到64个，上报率100.0%；申报70行，通过70行" in c.value for c in app.caption)
    assert list(table(app, "未同步名单").社会组织) == ["组织乙", "组织戊", "组织庚", "组织辛", "组织巳"]
    assert list(table(app, "各地五种方式").columns) == ["地区代码", "地区", "覆盖方式", "社会组织（个）"]


def test_the_maps_bars_and_tables_of_coverage_say_the_same(snapshot):
    app = open_page(PAGE, period="2019")
    shown, twin = (d.value for d in app.dataframe if d.proto.alt == "各地三个覆盖率")
    assert list(shown.columns) == ["组织覆盖率", "工作覆盖率", "实体覆盖率"]
    assert shown.loc["昭通"].tolist() == [0.5, 0.75, 0.5]
    assert (len(shown), len(twin)) == (17, 17 * 3)
    for coverage in ("组织覆盖率", "工作覆盖率"):
        drawn = [t for trace in chart(app, f"map_{coverage}")["data"] for t in trace.get("text", []) if "：" in t]
        assert len(drawn) == 16
        assert f"昭通：{wording.percent(shown.loc['昭通', coverage])}" in drawn


def test_the_page_of_a_prefecture_draws_its_counties(snapshot):
    app = open_page(PAGE, period="2019", place=NUJIANG)
    assert_whole(app, "2019年")
    assert metric(app, "组织覆盖率").value == "100.0%"
    assert metric(app, "筹集款物（到账）").value == "60万元"
    assert any("本州市应报4个季度，收到4个" in c.value for c in app.caption)
    drawn = [t for trace in chart(app, "map_组织覆盖率")["data"] for t in trace.get("text", []) if "：" in t]
    assert len(drawn) == 4
    assert "活动异常名录：本报告期、本地区没有记录。" in [c.value for c in app.caption]


def test_the_page_of_a_county_has_no_map_of_its_own_and_says_what_is_not_reported(snapshot):
    app = open_page(PAGE, period="2019", place=FUGONG)
    assert_whole(app, "2019年")
    assert not [c for c in app.get("plotly_chart") if c.proto.id.endswith("-map_组织覆盖率")]
    assert metric(app, "组织覆盖率").delta == "0 / 0个"
    assert metric(app, "组织覆盖率").value == "—"
    assert metric(app, "筹集款物（到账）").value == "20万元"
    said = [c.value for c in app.caption]
    for name in ("党员社工", "未同步名单", "主题教育", "党建文件", "各季度末覆盖率"):
        assert f"{name}：本报告期、本地区没有记录。" in said
    assert any("所属州市应报4个季度" in text for text in said)


def test_what_was_not_reported_is_null_and_not_zero(ask):
    for place, period in ((DEHONG, "2020Q2"), ("533103", "2020Q2")):
        assert ask("party/education", period, place).isna().all(axis=None)
        assert ask("party/members", period, place).isna().all(axis=None)
        assert ask("party/raised", period, place).drop(columns="status").isna().all(axis=None)
        assert ask("party/branches_by_place", period, place).standardized_rate.isna().all()
        assert ask("party/education_by_place", period, place).activities.isna().all()
        assert ask("party/raised_by_place", period, place).received_yuan.isna().all()
        for name, column in (
            ("party/rates", "newly_covered"),
            ("party/members_by_quarter", "party_members"),
            ("party/activities_by_quarter", "activities"),
        ):
            rows = ask(name, period, place)
            assert rows[rows.period == "2020Q2"][column].isna().all()
            assert rows[rows.period != "2020Q2"][column].notna().all()
    assert ask("party/education", "2020Q2", NUJIANG).activities[0] == 0
    places = ask("party/coverage_by_place", "2020Q2").set_index("region_code")
    assert places.coverage_rate[DEHONG].isna().all()
    assert set(places.report_status[DEHONG]) == {"未报送"}
    assert set(places.report_status.drop(DEHONG)) == {"已报"}
    assert set(ask("party/raised_by_place", "2020Q2").set_index("region_code").received_yuan.isna()[DEHONG]) == {True}
    assert ask("party/raised_by_place", "2020H1").received_yuan.notna().all()  # one of two quarters is there


def test_a_place_that_has_not_reported_is_told_apart_from_zero(snapshot):
    app = open_page(PAGE, period="2020Q2", place=DEHONG)
    assert_whole(app, "2020年二季度")
    assert metric(app, "筹集款物（到账）").value == "（未报送）"
    assert metric(app, "主题教育场次").value == "—"
    shown = next(d for d in app.dataframe if d.proto.alt == "各地三个覆盖率")
    assert shown.value.isna().all(axis=None)
    assert len(shown.value) == 5 + 1  # its counties and its own level
    assert metric(app, "党员参与帮扶人次").value == "—"
    assert [c.value for c in app.caption].count("本报告期尚未报送，不以零代替。") == 2
    assert metric(app, "组织覆盖数（指标P1-01）").value == "（未报送）"
    assert metric(app, "守恒校验：合计＝覆盖数").value == "无从核对"
    assert any("应报1个季度，收到0个，上报率0.0%" in c.value for c in app.caption)


def test_a_snapshot_without_a_row_is_calm(others):
    for place in (PROVINCE, NUJIANG, FUGONG):
        app = open_page(PAGE, asof="2018-12-31.r1", place=place)
        assert_whole(app, "2018年", asof="2018年12月31日")
        said = [c.value for c in app.caption]
        for name in ("活动异常名录", "未同步名单", "党建文件", "各季度末覆盖率", "党员社工"):
            assert f"{name}：本报告期、本地区没有记录。" in said
        assert said.count("本报告期尚未报送，不以零代替。") == 2
        assert metric(app, "组织覆盖率").value == "—"


def test_the_charts_carry_what_the_tables_carry(snapshot):
    app = open_page(PAGE, period="2019")
    (bars,) = chart(app, "bars_各地参与脱贫攻坚社会组织")["data"]
    engaged = dict(zip(bars["customdata"], numbers(bars["x"]), strict=True))
    assert (engaged[ZHAOTONG], engaged[PROVINCE], sum(engaged.values())) == (3, 3, 11)
    pieces = chart(app, "pieces_到账款物：各地")["data"]
    assert sum(sum(numbers(trace["x"])) for trace in pieces) == 1_090_000
    curves = chart(app, "curves_各季度党群活动")["data"]
    assert [numbers(trace["y"]) for trace in curves] == [[0, 1, 0, 0, 0, 0, 0, 0]]


@pytest.fixture(scope="module")
def two_others(empty_data, tmp_path_factory) -> Path:
    """A changed province, whose money comes to the article's 4.4亿, and an earlier day without a single row."""
    folder, tables = tmp_path_factory.mktemp("party"), read_tiny()
    organizations = replaced(tables["organizations"], "org_id", "O000018", "status", "严重违法失信")
    # 109万 less twice the 10万 of F20 less the 5万 of F28 leaves 84万
    funds = replaced(tables["funds"], "fund_id", "F000020", "is_reversal", "true")
    funds = replaced(funds, "fund_id", "F000028", "amount_yuan", "439160000.00")
    manifest = replaced(tables["snapshot_manifest"], "batch_id", "2019Q4-530000-funds", "sum_amount_ok", "439160000.00")
    for column, text in {
        "declared_rows": "8",
        "rows_in": "8",
        "rows_ok": "4",
        "rows_warn": "1",
        "rows_reject": "3",
    }.items():
        manifest = replaced(manifest, "batch_id", "2019Q2-530600-reported_stats", column, text)
    publish_tiny(folder, organizations=organizations, funds=funds, snapshot_manifest=manifest)
    shutil.copytree(empty_data, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def others(two_others, monkeypatch) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", two_others)


@pytest.fixture
def changed(others) -> snapshots.Snapshot:
    return snapshots.find("2020-06-30.r1")


def indicator(snapshot: snapshots.Snapshot, code: str, period: str, place: str) -> float | None:
    """The published value of one indicator; None without one."""
    row = snapshot.row("values/figure", indicator_code=code, period=period, place=place)
    return None if pd.isna(row.value) else row.value
