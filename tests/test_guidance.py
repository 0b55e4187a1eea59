"""业务指导: who guides what, who works together, and the programmes, added up by hand from tests/snapshot."""

import pandas as pd
import pytest

from tests.conftest import publish_tiny, read_tiny
from tests.screens import HEADINGS, OF_PILLAR, assert_whole, chart, metric, numbers, open_page, replaced, table
from yunnan import settings
from yunnan.data import snapshots
from yunnan.front.pillars.guidance_choices import ARTICLES, GENERAL

PAGE = "pages/pillars/guidance.py"
PLACES = ["530000", "532900", "533300", "530627", "532929"]
PERIODS = ["2018", "2019H1", "2019", "2020Q2"]
PROGRAMMES = ["PG-KJZL", "PG-TXYM", "PG-STFP"]
OWN = HEADINGS["P3"]
SHOWN = GENERAL | ARTICLES  # the aspects of the article's stage


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple]:
    """The rows as plain tuples, a missing value as None."""
    plain = frame[list(columns)].astype(object)
    return list(plain.where(plain.notna(), None).itertuples(index=False, name=None))


def first(app, name: str) -> pd.DataFrame:
    """The drawn one of that name; its table twin follows under the same name."""
    return next(d.value for d in app.dataframe if d.proto.alt == name)


@pytest.fixture
def ask(snapshot):
    """Rows of one of our queries for a place and period, by default the province in 2019."""

    def asked(name: str, period: str = "2019", place: str = "530000", **more: str) -> pd.DataFrame:
        return snapshot.table(name, period=period, place=place, **more)

    return asked


@pytest.fixture(scope="module")
def labelled(tmp_path_factory) -> snapshots.Snapshot:
    """The tiny province, where 项目三 brings new energy, 项目十二 helps people earn, and F000021 takes 4万 back."""
    folder = tmp_path_factory.mktemp("labelled")
    tables = read_tiny()
    projects = replaced(tables["projects"], "project_id", "P00003", "aid_types", "[能源替代]")
    projects = replaced(projects, "project_id", "P00012", "aid_types", "[扶智, 产业帮扶]")
    funds = replaced(tables["funds"], "fund_id", "F000021", "is_reversal", "true")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", folder)
        publish_tiny(folder, projects=projects, funds=funds)
        return snapshots.find("2020-06-30.r1")


# Supervising units


def test_units_by_sector_counts_the_projects_under_way(ask):
    # Under way on 2019-12-31: 项目二 四 五 十 十一 十四. Done: 一, 三; broken off: 九; 十二 ended on that very day.
    found = ask("sectors/units_by_sector")
    assert len(found) == 8 * 10  # eight units are named by 项目一 to 十四, ten sectors
    assert rows(found[found.projects > 0], "supervising_unit_code", "sector", "projects") == [
        ("省科协", "科技扶贫", 2),  # 二 十四
        ("省卫生健康委", "健康扶贫", 1),  # 十一
        ("省扶贫办", "金融扶贫", 1),  # 十
        ("省林业厅（林草局）", "生态扶贫", 1),  # 四
        ("省民政厅", "社工服务", 1),  # 五
    ]


def test_a_project_counts_at_its_main_prefecture_and_in_every_county_it_reaches(ask):
    # 项目四 is 怒江's; it also reaches 532929 in 大理. 大理 itself has 项目十四 under way.
    dali, yunlong = ask("sectors/units_by_sector", place="532900"), ask("sectors/units_by_sector", place="532929")
    assert rows(dali[dali.projects > 0], "supervising_unit_code", "projects") == [("省科协", 1)]
    assert rows(yunlong[yunlong.projects > 0], "supervising_unit_code", "projects") == [("省林业厅（林草局）", 1)]


@pytest.mark.parametrize("period", PERIODS)
def test_units_agree_with_the_indicators(ask, period):
    for place in PLACES:
        told = ask("values/of_place", period, place).set_index("indicator_code").value.fillna(0)
        found = ask("sectors/units_by_sector", period, place)
        assert found.projects.sum() == told.get("P3-02", 0)
        assert (found.groupby("supervising_unit_code").projects.sum() > 0).sum() == told.get("P3-01", 0)
        units = ask("sectors/units", period, place)
        assert units.running_projects.sum() == told.get("P3-02", 0)
        assert units.received_yuan.sum() == pytest.approx(told["P1-08"])
        assert units.spent_yuan.sum() == pytest.approx(told["P3-04"])


def test_the_units_of_2019(ask):
    assert rows(
        ask("sectors/units"), "supervising_unit_code", "running_projects", "sectors", "organizations",
        "supervised_orgs", "received_yuan", "spent_yuan",
    ) == [
        # 二 (戊) 十四 (寅); supervised 戊; received F15; nothing spent in 2019
        ("省科协", 2, 1, 2, 1, 150_000, 0),
        ("省卫生健康委", 1, 1, 2, 1, 0, 0),  # 十一: 省外机构甲 and 未; supervised 辛
        ("省扶贫办", 1, 1, 1, 1, 300_000, 200_000),  # 十: 申; F24; F25
        ("省林业厅（林草局）", 1, 1, 2, 1, 200_000, 120_000),  # 四: 甲 未; F19 F20; F21 (of 三) F22
        ("省民政厅", 1, 1, 1, 5, 200_000, 120_000),  # 五: 未; 甲 己 子 寅 未 registered; F17; F30
        ("省妇联", 0, 0, 0, 1, 0, 0),  # 癸; 壬 left in October
        ("省工商联", 0, 0, 0, 1, 70_000, 70_000),  # F26; F27, of 十二
        ("省教育厅", 0, 0, 0, 1, 0, 0),
        # 乙 丙 卯 巳 午: units without projects, or decoupled; F23 and F28 name no project
        ("无或未列主管单位", 0, 0, 0, 5, 170_000, 0),
    ]  # fmt: skip


def test_projects_of_a_sector(ask):
    # 十三 is a need; F05 F06 F15 are 二's, in 鲁甸, 镇雄 and 鲁甸; F29 is only approved; F07 is spent.
    columns = ("project_id", "org_name", "programme_name", "is_running", "place_name", "received_yuan", "spent_yuan")
    programme = "科技助力精准扶贫工程"
    assert rows(ask("sectors/projects", field="科技扶贫"), *columns) == [
        ("P00002", "组织戊", programme, True, "昭通市鲁甸县", 400_000, 120_000),
        ("P00014", "组织寅基金会", programme, True, "大理州漾濞县", 0, 0),
    ]
    assert rows(ask("sectors/projects", place="530627", field="科技扶贫"), *columns) == [
        ("P00002", "组织戊", programme, True, "昭通市镇雄县", 50_000, 0)
    ]
    assert rows(ask("sectors/projects", "2018", field="生态扶贫"), "project_id", "is_running", "received_yuan") == [
        ("P00003", True, 100_000)
    ]


# Working together


def test_pooled_and_joint_projects_by_sector(ask):
    columns = ("sector", "funded_projects", "pooled_projects", "projects", "joint_projects")
    assert rows(ask("sectors/working_together"), *columns) == [
        ("科技扶贫", 1, 1, 2, 0),  # 二: 协作 and 捐赠; 十四 has no money
        ("文艺扶贫", 0, 0, 0, 0),
        ("教育扶贫", 1, 0, 1, 0),  # 九: 福彩 alone; 六 is a need
        ("产业扶贫", 1, 0, 1, 1),  # 十二 with 卯
        ("品牌建设", 0, 0, 0, 0),
        ("生态扶贫", 2, 1, 2, 1),  # 三: 捐赠 alone; 四: 福彩 and 自筹, with 未
        ("健康扶贫", 0, 0, 1, 1),  # 十一 with 未, no money
        ("金融扶贫", 1, 0, 1, 0),
        ("社工服务", 1, 0, 1, 0),
        ("扶贫济困", 1, 1, 1, 1),  # 一: 捐赠 and 自筹, with 癸; 八 begins in 2020
    ]
    rates = ask("sectors/working_together").set_index("sector")
    assert rates.pooled_rate["生态扶贫"] == 0.5
    assert rates.joint_rate["生态扶贫"] == 0.5
    assert pd.isna(rates.pooled_rate["健康扶贫"])
    assert pd.isna(rates.joint_rate["文艺扶贫"])


@pytest.mark.parametrize("period", PERIODS)
def test_pooled_projects_add_up_to_the_indicator(ask, period):
    for place in PLACES:
        found = ask("sectors/working_together", period, place)
        value = ask("values/of_place", period, place).set_index("indicator_code").value.get("P3-05")
        if pd.notna(value):
            assert found.pooled_projects.sum() / found.funded_projects.sum() == pytest.approx(value)
        else:
            assert found.pooled_projects.sum() == 0


def test_organizations_that_work_together(ask):
    # 一: 甲 癸. 四: 甲 未. 十一: 省外甲 未. 十二: 丑 卯.
    columns = ("org_id", "joint_projects", "partners", "partner_orgs")
    assert rows(ask("sectors/partners"), *columns) == [
        ("O000001", 2, 2, "组织癸、组织未"),
        ("O000018", 2, 2, "组织甲基金会、省外机构甲"),
        ("O000010", 1, 1, "组织甲基金会"),
        ("O000012", 1, 1, "组织卯"),
        ("O000014", 1, 1, "组织丑"),
        ("X000001", 1, 1, "组织未"),
    ]
    assert rows(ask("sectors/partners", place="533300"), *columns) == [
        ("O000018", 2, 2, "组织甲基金会、省外机构甲"),
        ("O000001", 1, 1, "组织未"),
        ("X000001", 1, 1, "组织未"),
    ]
    assert rows(ask("sectors/partners_by_place"), "lead_home", "partner_home", "projects") == [
        ("省本级", "大理", 1), ("省本级", "怒江", 1), ("大理", "大理", 1), ("省外", "怒江", 1),
    ]  # fmt: skip
    assert rows(ask("sectors/partners", "2018"), *columns[:3]) == [("O000001", 1, 1), ("O000010", 1, 1)]


# Kinds and ways of help


def test_kinds_of_help(ask):
    # 产业帮扶 2019: a household of at most 5, a group of 120, two persons; 扶志: one group of 260 in 福贡;
    # 小额信贷: eleven households in 泸水 with 45, two in 福贡 with 9; 疾病筛查: one school, 300 at most;
    # 免费治疗: one child, hidden. Labels: 一 济困, 二 扶智扶志, 五 扶志, 九 助学, 十一 救医, 十二 十四 扶智.
    found = ask("sectors/help_types").set_index("help_type")
    assert list(found.index[:7]) == ["扶贫济困", "扶老", "救孤", "助学", "救医", "扶智", "扶志"]
    assert len(found) == 15
    shown = {"产业帮扶": 127, "扶志": 260, "小额信贷": 54, "疾病筛查": 300, "能源替代": 180, "救孤": 0, "文艺服务": 0}
    assert {kind: found.persons[kind] for kind in shown} == shown
    assert found.is_hidden["免费治疗"]
    assert pd.isna(found.persons["免费治疗"])
    labels = {"扶贫济困": 1, "助学": 1, "救医": 1, "扶智": 3, "扶志": 2}
    assert dict(zip(found.index, found.projects, strict=True)) == {kind: labels.get(kind, 0) for kind in found.index}


@pytest.mark.parametrize("place", PLACES)
def test_kinds_of_help_say_what_the_page_of_the_place_says(ask, place):
    told = ask("people/by_help_type", place=place).set_index("help_type")
    for period in ("2019", "2019H1", "2019Q4"):  # persons are those of the whole year
        found = ask("sectors/help_types", period, place).set_index("help_type")
        assert set(found.index[found.is_hidden]) == set(told.index[told.is_hidden])
        assert found.persons[found.persons > 0].to_dict() == told.persons.dropna().to_dict()
        assert not ((found.persons > 0) & (found.persons < 10)).any()


def test_ways_of_help_year_by_year(ask):
    # End of 2018: 二 九 with labels, 三 without. Spent: F03 F04 F07 F13 on labelled ones, F14 on 三.
    # End of 2019: 二 五 十一 十四 with labels, 四 十 without. Spent: F27 F30; F21 F22 F25.
    assert rows(ask("sectors/help_ways"), "period_label", "help_way", "projects", "spent_yuan") == [
        ("2018年", "造血：产业、技能、信贷", 0, 0),
        ("2018年", "其他：款物与服务", 2, 240_000),
        ("2018年", "未标帮扶类型", 1, 60_000),
        ("2019年", "造血：产业、技能、信贷", 0, 0),
        ("2019年", "其他：款物与服务", 4, 190_000),
        ("2019年", "未标帮扶类型", 2, 320_000),
    ]
    last = ask("sectors/help_ways").iloc[4]
    assert last.share_rate == pytest.approx(4 / 6)
    assert last.spent_rate == pytest.approx(19 / 51)


def test_a_project_that_helps_people_earn_and_a_reversal(labelled):
    # On 2019-06-30: 十二; 二 三 十一; 四 十. On 2019-12-31: none; 二 五 十一 十四; 四 十.
    # Spent in 2019: F27; F30 less the 4万 of F21 that 三 gives back; F22 F25.
    half = labelled.table("sectors/help_ways", period="2019H1", place="530000").tail(3)
    assert rows(half, "period_label", "projects") == [("2019年（1—6月）", n) for n in (1, 3, 2)]
    year = labelled.table("sectors/help_ways", period="2019", place="530000").tail(3)
    assert rows(year, "projects", "spent_yuan") == [(0, 70_000), (4, 80_000), (2, 280_000)]


@pytest.mark.parametrize("period", PERIODS)
def test_ways_of_help_add_up(ask, period):
    for place in PLACES:
        found = ask("sectors/help_ways", period, place)
        told = ask("values/of_place", period, place).set_index("indicator_code").value.fillna(0)
        assert found.tail(3).projects.sum() == told.get("P3-02", 0)
        shares = found.groupby("period_label", sort=False).share_rate.sum()
        assert all(s == pytest.approx(1) or s == 0 for s in shares)


# 文艺扶贫


def test_where_arts_have_been_and_who_went(ask):
    # 文艺一 on 2019-06-06 in 镇雄, 文艺二 on 2020-06-30 in 福贡, both by 丙.
    found = ask("sectors/arts_by_place", "2020")
    assert len(found) == 16  # 省本级 only where it has something
    assert rows(found[found.activities > 0], "region_name", "activities", "organizations") == [
        ("昭通", 1, 1),
        ("怒江", 1, 1),
    ]
    assert ask("sectors/arts_by_place").activities.sum() == 1
    zhaotong = ask("sectors/arts_by_place", place="530600")
    assert rows(zhaotong[zhaotong.activities > 0], "region_code") == [("530627",)]
    held = ("activity_id", "org_name", "title", "place_name")
    assert rows(ask("sectors/arts_activities", "2020"), *held) == [
        ("A000022", "组织丙", "文艺二", "怒江州福贡县"),
        ("A000008", "组织丙", "文艺一", "昭通市镇雄县"),
    ]
    assert rows(ask("sectors/arts_activities", "2019H1"), "activity_id") == [("A000008",)]
    by_whom = ("org_id", "supervising_unit_code", "activities", "places_named")
    assert rows(ask("sectors/arts_organizations", "2020"), *by_whom) == [("O000003", "省文联", 2, "昭通、怒江")]
    assert ask("sectors/arts_organizations", place="533300").empty


# Programmes


def test_the_card_of_a_programme(ask):
    # 生态: 三 (德宏 芒市, done) and 四 (怒江 泸水 福贡, 大理 云龙). Led by 辰 and 甲, joined by 未.
    # Under the programme's own code: F08 F20 received, F14 F21 F22 spent; F19 of 项目四 is 福彩's.
    columns = (
        "projects", "running_projects", "organizations", "prefectures", "counties",
        "approved_yuan", "received_yuan", "spent_yuan",
    )  # fmt: skip

    def card(code, *where):
        (found,) = rows(ask("programmes/card", *where, programme_code=code), *columns)
        return found

    assert card("PG-STFP") == (2, 1, 3, 3, 4, 0, 200_000, 180_000)
    assert card("PG-STFP", "2018") == (1, 1, 1, 1, 1, 0, 100_000, 60_000)
    assert card("PG-STFP", "2019", "532900") == (1, 1, 2, 1, 1, 0, 100_000, 80_000)  # reaches, though 怒江's
    assert card("PG-STFP", "2019", "533300") == (1, 1, 2, 1, 2, 0, 0, 0)
    assert card("PG-STFP", "2019", "533323") == (1, 1, 2, 1, 1, 0, 0, 0)
    assert card("PG-KJZL") == (2, 2, 2, 2, 3, 0, 400_000, 120_000)  # 二 and 十四; F05 F06 F15; F07
    assert card("PG-FCGYJ") == (0, 0, 0, 0, 0, 190_000, 190_000, 30_000)  # F11 F18; F12 F19; F13
    assert card("PG-GRAMEEN", "2018") == (0, 0, 0, 0, 0, 0, 0, 0)  # 项目十 begins on 2019-01-01
    assert ask("programmes/card", programme_code="PG-STFP").supervising_unit_code.item() == "省林业厅"


def test_projects_of_a_programme(ask):
    columns = ("project_id", "org_name", "partner_orgs", "is_running", "places_named", "received_yuan", "spent_yuan")
    assert rows(ask("programmes/projects", programme_code="PG-STFP"), *columns) == [
        ("P00003", "组织辰", "无", False, "德宏州芒市", 100_000, 100_000),
        ("P00004", "组织甲基金会", "组织未", True, "怒江州泸水市、怒江州福贡县、大理州云龙县", 100_000, 80_000),
    ]
    assert rows(ask("programmes/projects", place="533323", programme_code="PG-STFP"), *columns) == [
        ("P00004", "组织甲基金会", "组织未", True, "怒江州福贡县", 0, 0)
    ]
    kinds = ask("programmes/projects", programme_code="PG-KJZL")
    assert rows(kinds, "project_id", "aid_types") == [("P00002", "扶智、扶志"), ("P00014", "扶智")]
    assert set(ask("programmes/projects", programme_code="PG-STFP").aid_types) == {"未填"}


def test_places_of_a_programme(ask):
    found = ask("programmes/places", programme_code="PG-STFP")
    assert len(found) == 17
    assert found.region_code.iloc[-1] == "530000"
    reached = found[found.projects > 0]
    assert rows(reached, "region_name", "projects", "counties", "received_yuan", "spent_yuan") == [
        ("大理", 1, 1, 100_000, 80_000),  # F20; F22
        ("德宏", 1, 1, 100_000, 100_000),  # F08; F14 F21
        ("怒江", 1, 2, 0, 0),
    ]
    # 同心圆梦 has no project here but gives 怒江 8万 without a county in 2018, 瑞丽 12万 in 2019
    nujiang = ask("programmes/places", place="533300", programme_code="PG-TXYM")
    assert rows(nujiang[nujiang.received_yuan > 0], "region_code", "region_name") == [("533300", "怒江本级")]
    assert "533300" not in set(ask("programmes/places", place="533300", programme_code="PG-STFP").region_code)


def test_counties_of_a_programme(ask):
    columns = ("region_code", "place_name", "kind", "projects", "received_yuan", "spent_yuan")
    assert rows(ask("programmes/counties", programme_code="PG-STFP"), *columns) == [
        ("532929", "大理州云龙县", "县", 1, 100_000, 80_000),
        ("533103", "德宏州芒市", "县级市", 1, 100_000, 100_000),
        ("533301", "怒江州泸水市", "县级市", 1, 0, 0),
        ("533323", "怒江州福贡县", "县", 1, 0, 0),
    ]
    assert rows(ask("programmes/counties", "2018", programme_code="PG-STFP"), "region_code") == [("533103",)]


def test_money_of_a_programme_year_by_year(ask, labelled):
    columns = ("period_label", "stage", "cash_yuan", "goods_yuan", "amount_yuan")
    assert rows(ask("programmes/money", programme_code="PG-TXYM"), *columns) == [
        ("2018年", "获批", 0, 0, 0),
        ("2018年", "到账", 0, 80_000, 80_000),  # F09
        ("2018年", "支出", 0, 0, 0),
        ("2019年", "获批", 0, 0, 0),
        ("2019年", "到账", 120_000, 0, 120_000),  # F23
        ("2019年", "支出", 0, 0, 0),
    ]
    half = ask("programmes/money", "2019H1", programme_code="PG-STFP").tail(2)
    assert rows(half, "period_label", "amount_yuan") == [("2019年（1—6月）", 100_000), ("2019年（1—6月）", 40_000)]
    back = labelled.table("programmes/money", period="2019", place="530000", programme_code="PG-STFP")
    assert back.amount_yuan.iloc[-1] == 40_000  # 8万 less the 4万 of F21


def test_donors_of_a_programme(ask):
    columns = ("period_label", "source", "donor_type", "cash_yuan", "goods_yuan", "received_yuan")
    assert rows(ask("programmes/donors", programme_code="PG-TXYM"), *columns) == [
        ("2018年", "港澳台侨捐赠", "港澳台同胞", 0, 0, 0),
        ("2018年", "港澳台侨捐赠", "海外侨胞", 0, 80_000, 80_000),
        ("2019年", "港澳台侨捐赠", "港澳台同胞", 120_000, 0, 120_000),
        ("2019年", "港澳台侨捐赠", "海外侨胞", 0, 0, 0),
    ]
    # F08 by an enterprise, F20 自筹 without a donor
    assert set(ask("programmes/donors", programme_code="PG-STFP").donor_type) == {"企业", "未填"}


def test_organizations_of_a_programme(ask):
    columns = ("org_id", "supervising_unit_code", "projects_led", "projects_joined", "received_yuan")
    assert rows(ask("programmes/organizations", programme_code="PG-STFP"), *columns) == [
        ("O000001", "省民政厅", 1, 0, 100_000),
        ("O000015", "省林业厅（林草局）", 1, 0, 100_000),
        ("O000018", "省民政厅", 0, 1, 0),
    ]
    assert rows(ask("programmes/organizations", programme_code="PG-TXYM"), *columns) == [
        ("O000002", "省委统战部", 0, 0, 200_000)
    ]


def test_what_the_projects_of_a_programme_do(ask, labelled):
    assert rows(ask("programmes/contents", programme_code="PG-KJZL"), "content", "told_by", "projects") == [
        ("科技扶贫", "行业领域", 2),
        ("扶智", "帮扶类型", 2),
        ("扶志", "帮扶类型", 1),
    ]
    found = labelled.table("programmes/contents", period="2019", place="530000", programme_code="PG-STFP")
    assert rows(found, "content", "told_by", "projects", "running_projects") == [
        ("生态环境保护", "行业领域", 2, 1),
        ("社区能源替代", "帮扶类型", 1, 0),
    ]


@pytest.mark.parametrize("code", PROGRAMMES)
def test_the_parts_of_a_programme_are_its_card(ask, code):
    for place in PLACES:
        for period in PERIODS:
            (card,) = ask("programmes/card", period, place, programme_code=code).itertuples()
            places = ask("programmes/places", period, place, programme_code=code)
            assert places.received_yuan.sum() == pytest.approx(card.received_yuan)
            assert places.spent_yuan.sum() == pytest.approx(card.spent_yuan)
            assert (
                places.counties.sum()
                == card.counties
                == len(ask("programmes/counties", period, place, programme_code=code))
            )
            projects = ask("programmes/projects", period, place, programme_code=code)
            assert len(projects) == card.projects
            assert projects.is_running.sum() == card.running_projects
            money = ask("programmes/money", period, place, programme_code=code).groupby("stage").amount_yuan.sum()
            assert money["获批"] == pytest.approx(card.approved_yuan)
            assert money["到账"] == pytest.approx(card.received_yuan)
            assert money["支出"] == pytest.approx(card.spent_yuan)
            donors = ask("programmes/donors", period, place, programme_code=code)
            assert donors.received_yuan.sum() == pytest.approx(card.received_yuan)


def test_the_ecological_counties_are_the_indicators(ask):
    for place in PLACES:
        told = ask("values/of_place", place=place).set_index("indicator_code").value.get("P3-09", 0)
        assert ask("programmes/card", place=place, programme_code="PG-STFP").counties.item() == (told or 0)


# The page


@pytest.mark.parametrize("theme", [theme for theme in SHOWN if theme != "indicator"])
def test_every_theme_opens_for_province_prefecture_and_county_and_is_calm_where_nothing_happened(snapshot, theme):
    app = open_page(PAGE, aspect=theme)
    for place in ("530000", "533300", "533323"):
        app.query_params["place"] = place
        app.run()
        assert_whole(app, "2019年")
        assert [w.value for w in app.warning] == []
        assert app.query_params["aspect"] == theme
        assert len(app.subheader) >= 1
    # 瑞丽 (533102) has nothing before 2019
    app.query_params["place"] = "533102"
    app.query_params["period"] = "2018Q1"
    app.run()
    assert_whole(app, "2018年一季度")
    if theme != "help":  # zeros are told
        assert any("本报告期、本地区没有记录" in c.value for c in app.caption)


def test_the_units_page_shows_matrix_cards_and_the_projects_of_the_chosen_sector(snapshot):
    assert len(first(open_page(PAGE), OWN)) == OF_PILLAR["P3"]
    app = open_page(PAGE, aspect="units")
    matrix = first(app, "主管单位×领域")
    assert matrix.loc["省科协", "科技扶贫"] == 2
    assert matrix.to_numpy().sum() == 6
    told = "\n".join(m.value for m in app.markdown)
    for unit in ("省科协", "省委统战部", "省工商联", "省商务厅", "省林业厅（林草局）"):
        assert f"**{unit}**" in told
    assert "在实施项目 **1个**  \n参与组织 **2个**  \n到账 **20万元**  \n支出 **12万元**" in told  # 林业厅
    assert "没有项目" in told  # 省委统战部 and 省商务厅 supervise no project here
    assert list(table(app, "科技扶贫项目").项目) == ["项目二", "项目十四"]
    app.selectbox(key="w_field").select("生态扶贫").run()
    assert list(table(app, "生态扶贫项目").项目) == ["项目四", "项目三"]  # under way first
    assert app.query_params["field"] == "生态扶贫"


def test_a_programme_shows_its_reach_places_projects_organizations_and_money(snapshot):
    app = open_page(PAGE, aspect="green")
    name = "绿色生态产业发展示范项目"
    said = {m.label: m.value for m in app.metric}
    assert said["已开工项目"] == "2个"
    assert said["期末在实施"] == "1个"
    assert said["州市"] == "3个"
    assert said["县（市、区）"] == "4个"
    assert said["累计到账"] == "20万元"
    assert said["累计支出"] == "18万元"
    assert sum(numbers(chart(app, f"bars_{name}：各地项目")["data"][0]["x"])) == 3  # 四 counts in 怒江 and 大理
    assert list(table(app, f"{name}：项目").项目) == ["项目三", "项目四"]
    assert list(table(app, f"{name}：社会组织").社会组织) == ["组织甲基金会", "组织辰", "组织未"]
    money = first(app, f"{name}：逐年款物")
    assert money.loc["支出", "2019年"] == 120_000
    assert list(table(app, "绿色生态覆盖县").地区) == ["大理州云龙县", "德宏州芒市", "怒江州泸水市", "怒江州福贡县"]
    assert "（2019年）：3个州（市）" in chart(app, "map_绿色生态覆盖的县（市）数")["layout"]["title"]["text"]


def test_the_articles_figures_stand_in_its_own_words_and_are_judged(snapshot):
    app = open_page(PAGE, aspect="green")
    captions = "\n".join(c.value for c in app.caption)
    assert "文献写法“近3600万元”，✗ 与文献不一致" in captions  # the tiny province spends 18万
    assert "全省：绿色生态产业发展示范项目覆盖县（市）" in {m.label for m in app.metric}
    assert metric(app, "全省：绿色生态产业发展示范项目覆盖县（市）").value == "4个县（市）"


def test_donations_are_shown_by_donor_and_by_place(snapshot):
    app = open_page(PAGE, aspect="united")
    traces = {t["name"]: numbers(t["x"]) for t in chart(app, "pieces_同心圆梦：捐赠人")["data"]}
    assert traces == {"港澳台侨捐赠·港澳台同胞": [0, 120_000], "港澳台侨捐赠·海外侨胞": [80_000, 0]}
    bars = chart(app, "bars_同心圆梦：受益地")["data"][0]
    got = dict(zip(bars["y"], numbers(bars["x"]), strict=True))
    assert {place: yuan for place, yuan in got.items() if yuan} == {"德宏": 120_000, "怒江": 80_000}


def test_arts_are_mapped_for_the_province_and_told_in_bars_where_a_county_is_not_known(snapshot):
    app = open_page(PAGE, aspect="arts", period="2020")
    assert chart(app, "map_文艺扶贫足迹")["layout"]["title"]["text"].endswith("2个州（市）")
    assert list(table(app, "文艺扶贫组织").社会组织) == ["组织丙"]
    assert len(table(app, "文艺扶贫活动")) == 2


def test_kinds_of_help_never_tell_a_small_count(snapshot):
    app = open_page(PAGE, aspect="help")
    for place in ("530000", "533100", "533301"):
        app.query_params["place"] = place
        app.run()
        persons = table(app, "各帮扶类型惠及人数")["惠及人数（去重）（人）"].dropna()
        assert not ((persons > 0) & (persons < 10)).any()
        assert len(persons) < 15  # something is hidden in each of them
        assert any("不可相加" in c.value for c in app.caption)


def test_a_theme_that_does_not_exist_is_said_and_replaced(snapshot):
    app = open_page(PAGE, aspect="nonsense")
    assert_whole(app, "2019年")
    assert "nonsense" in app.warning[0].value
    assert app.query_params["aspect"] == "indicator"


def test_every_theme_is_calm_in_a_snapshot_without_a_single_row(empty_data, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", empty_data)
    for theme in SHOWN:
        app = open_page(PAGE, aspect=theme)
        assert_whole(app, "2018年", asof="2018年12月31日")
        assert [w.value for w in app.warning] == []
