"""One prefecture among its peers, one county beside its prefecture; projects, organizations and returns of a place.

Expected numbers are counted by hand in tests/snapshot/*.csv, data/reference/prefectures.csv and counties.csv.
"""

import re
import shutil

import pandas as pd
import pyarrow as pa
import pytest

from tests.conftest import publish_tiny, read_tiny
from tests.screens import (
    FRONT,
    HEADING,
    INDICATORS,
    PLACE,
    PREFECTURES,
    assert_whole,
    chart,
    drawn,
    finding_of,
    html,
    metric,
    numbers,
    open_page,
    replaced,
    table,
)
from yunnan import settings
from yunnan.data import queries, snapshots
from yunnan.data.view import View
from yunnan.drawing.charts import maps, strip_charts
from yunnan.drawing.cockpit import cells, resource
from yunnan.words import geography, palette, wording

COUNTY = "pages/places/county.py"
SCORECARD = "pages/province/scorecard.py"
ONE_COUNTY_EACH = [geography.counties(code)[-1].code for code in PREFECTURES.values()]
PERIODS = ["2018", "2019", "2020H1", "2020Q2"]


def by(table: pd.DataFrame, key: str, *columns: str) -> dict:
    return {row[0]: row[1:] if len(columns) > 1 else row[1] for row in table[[key, *columns]].itertuples(index=False)}


def captions(app) -> list[str]:
    return [c.value for c in app.caption]


# Projects of a place


def test_a_prefectures_projects_come_with_its_part_of_share_and_money(snapshot):
    found = snapshot.table("projects/of_place", period="2019", place="533300")
    # P00004 lies 0.5 + 0.3 here and 0.2 in 大理, where F000020 and F000022 went; P00011 got no money.
    # P00010: F000024 in, F000025 out; P00005: F000016, F000017, F000030; P00004: F000018, F000019.
    assert list(found.project_id) == ["P00010", "P00005", "P00004", "P00011"]
    assert list(found.local_share_rate) == pytest.approx([1, 1, 0.8, 1])
    assert list(found.approved_yuan) == [0, 200_000, 100_000, 0]
    assert list(found.received_yuan) == [300_000, 200_000, 100_000, 0]
    assert list(found.spent_yuan) == [200_000, 120_000, 0, 0]
    assert found.is_running.all()  # begun 2019-01-01, 07-01, 04-01, 03-01 and none ended
    assert found.places_named[2] == "怒江州泸水市、怒江州福贡县"


def test_a_countys_projects_are_those_that_reach_it_as_they_stood(snapshot):
    found = snapshot.table("projects/of_place", period="2019", place="533323")
    # of P00004 and P00010 all money went to 泸水; without money they follow by number
    assert list(found.project_id) == ["P00005", "P00004", "P00010"]
    assert list(found.local_share_rate) == pytest.approx([1, 0.3, 0.25])
    assert list(found.received_yuan) == [200_000, 0, 0]
    assert list(found.is_primary) == [True, False, False]
    earlier = snapshot.table("projects/of_place", period="2018", place="533323")
    assert list(earlier.project_id) == ["P00005", "P00010"]  # P00004 was posted 2019-01-15
    assert not earlier.is_running.any()  # begun 2019-07-01 and 2019-01-01


def test_a_project_that_ended_is_listed_and_not_under_way(snapshot):
    found = snapshot.table("projects/of_place", period="2019", place="530600").set_index("project_id")
    assert by(found.reset_index(), "project_id", "is_running") == {"P00001": False, "P00002": True, "P00009": False}
    before = snapshot.table("projects/of_place", period="2018", place="530600")
    assert by(before, "project_id", "is_running") == {"P00001": False, "P00002": True, "P00009": True}


def test_parts_of_projects_and_of_their_money_add_up_to_the_province(snapshot):
    whole = snapshot.table("projects/of_place", period="2019", place="530000")
    assert len(whole) == 13  # all but P00013, posted in 2020
    # F000001 02 05 06 08 12 15 17 19 20 24 26: 6+4+20+5+10+9+15+20+10+10+30+7万
    assert whole.received_yuan.sum() == 1_460_000
    parts = pd.concat([snapshot.table("projects/of_place", period="2019", place=code) for code in PREFECTURES.values()])
    summed = parts.groupby("project_id")[["local_share_rate", "approved_yuan", "received_yuan", "spent_yuan"]].sum()
    whole = whole.set_index("project_id")[list(summed.columns)]
    pd.testing.assert_frame_equal(summed.sort_index(), whole.sort_index())
    counties = [c.code for c in geography.counties("533300")]
    parts = pd.concat([snapshot.table("projects/of_place", period="2019", place=code) for code in counties])
    assert parts.received_yuan.sum() == 600_000


# Organizations registered in a place


def test_organizations_of_a_place_are_those_on_its_books_at_the_end(snapshot):
    found = snapshot.table("places/organizations", period="2019", place="533300")
    # O000020 came in 2020. O000018 leads P00005 and takes part in P00004, P00011; O000019 leads P00010.
    assert by(found, "org_id", "projects", "received_yuan", "party_cover_mode") == {
        "O000018": (3, 200_000, "单独成立"),
        "O000019": (1, 300_000, "选派党建指导员"),
    }
    before = snapshot.table("places/organizations", period="2018", place="533300")
    assert by(before, "org_id", "projects", "party_cover_mode") == {
        "O000018": (0, "单独成立"),  # covered on 2018-12-31 itself; its three projects began in 2019
        "O000019": (0, "未覆盖"),
    }


def test_an_organization_leaves_the_list_with_its_registration_and_is_rated_from_the_day_of_its_rating(snapshot):
    ids = {
        p: snapshot.table("places/organizations", period=p, place="530600").org_id.tolist() for p in ("2018", "2019")
    }
    assert sorted(ids["2018"]) == ["O000005", "O000006", "O000007", "O000009"]
    assert sorted(ids["2019"]) == ["O000005", "O000006", "O000007", "O000008"]  # O000009 left on 2019-10-15
    for period, rating in (("2018H1", "未评估"), ("2018", "2A")):  # rated on 2018-10-01
        found = snapshot.table("places/organizations", period=period, place="530600")
        assert by(found, "org_id", "rating")["O000005"] == rating


def test_a_county_without_an_organization_has_an_empty_list(snapshot):
    assert snapshot.table("places/organizations", period="2019", place="533323").empty
    later = snapshot.table("places/organizations", period="2020H1", place="533323")
    assert by(later, "org_id", "projects", "received_yuan") == {"O000020": (0, 100_000)}  # F000035


@pytest.mark.parametrize("period", PERIODS)
def test_organizations_of_places_and_the_provincial_level_are_those_of_the_coverage_rate(snapshot, period):
    den = snapshot.row("values/figure", indicator_code="P1-01", period=period, place="530000").den
    everyone = snapshot.table("places/organizations", period=period, place="530000")
    here = sum(len(snapshot.table("places/organizations", period=period, place=c)) for c in PREFECTURES.values())
    assert len(everyone) == den
    assert len(everyone) - here == everyone.org_id.isin(["O000001", "O000002", "O000003", "O000004"]).sum()


# Who a county is


def test_a_county_says_what_was_true_of_it_at_the_end_of_the_period(snapshot):
    county = snapshot.row("places/county", period="2019", place="533323")
    assert (county.place_name, county.kind, county.contiguous_area) == ("怒江州福贡县", "县", "滇西边境片区")
    assert county.is_deep_poverty
    assert county.is_border
    assert not county.is_autonomous_county
    assert (county.poverty_batch_year, str(county.exit_date)[:10]) == (2020, "2020-11-13")
    assert not county.has_left_poverty
    assert pd.isna(county.poor_population)  # only prefectures are known
    left = {p: snapshot.row("places/county", period=p, place="533103").has_left_poverty for p in ("2018H1", "2018")}
    assert left == {"2018H1": False, "2018": True}  # 芒市 left on 2018-09-30
    assert pd.isna(
        snapshot.row("places/county", period="2019", place="532901").has_left_poverty
    )  # 大理市 never was one


def test_a_countys_indicators_stand_beside_its_prefecture_and_the_province(snapshot):
    found = snapshot.table("places/county_indicators", period="2019", place="533323").set_index("indicator_code")
    assert len(found) == INDICATORS
    money = found.loc["P1-08"]
    # F000017 here; F000019 and F000024 in 泸水; F000009 of 2018 went to 怒江 without a county
    assert (money.value, money.base_value, money.prefecture_value, money.province_value) == (2e5, 0, 6e5, 1.09e6)
    assert money.of_prefecture_rate == pytest.approx(1 / 3)
    assert (money.county_rank, money.counties_ranked) == (2, 4)  # after 泸水 with 40万
    projects = found.loc["P3-02"]
    # P00004, P00005, P00010 reach 福贡, the first, third and P00011 泸水: 6 in counties, 4 in 怒江, so no share
    assert (projects.value, projects.prefecture_value, projects.county_rank) == (3, 4, 1)
    assert pd.isna(projects.of_prefecture_rate)
    # no organization of its own; and a rate has no share
    assert (found.status["P1-01"], pd.isna(found.value["P1-01"])) == ("不适用", True)
    assert found.of_prefecture_rate[found.unit == "%"].isna().all()


def test_a_hidden_number_of_people_stays_hidden_beside_its_prefecture(snapshot):
    values = snapshot.table("values/of_place", period="2019", place="533323").set_index("indicator_code")
    found = snapshot.table("places/county_indicators", period="2019", place="533323").set_index("indicator_code")
    assert values.status["P1-09"] == found.status["P1-09"] == "已隐去"
    hidden = found.loc["P1-09", ["value", "of_prefecture_rate", "county_rank"]]
    assert hidden.isna().all()


@pytest.mark.parametrize("code", ONE_COUNTY_EACH)
def test_a_countys_indicators_are_its_own_values(snapshot, code):
    for period in PERIODS:
        own = snapshot.table("values/of_place", period=period, place=code)
        found = snapshot.table("places/county_indicators", period=period, place=code)
        columns = ["indicator_code", "value", "base_value", "status", "province_value"]
        pd.testing.assert_frame_equal(found[columns], own[columns])
        above = snapshot.table("values/of_place", period=period, place=f"{code[:4]}00")
        pd.testing.assert_series_equal(found.prefecture_value, above.value, check_names=False)


# Peers


def test_the_rules_name_who_meets_them(snapshot):
    found = snapshot.table("places/peer_groups", place="533300")
    assert by(found, "peer_group", "prefectures", "peers") == {
        "size": (4, "西双版纳、德宏、丽江、迪庆"),  # below 2 million: 130, 132, 125, 39万
        "sqsz": (1, "迪庆"),
        "border": (7, "保山、红河、文山、普洱、西双版纳、德宏、临沧"),
        "deep": (9, "昆明、昭通、曲靖、楚雄、红河、文山、普洱、丽江、迪庆"),
    }
    assert found.is_member.all()
    assert "小（200万人以下）" in found.rule[0]
    assert found.rule[3] == "辖有深度贫困县"


def test_a_prefecture_outside_a_rule_still_sees_who_meets_it(snapshot):
    found = snapshot.table("places/peer_groups", place="530400")  # 玉溪: 225万, no border, no poverty county
    assert by(found, "peer_group", "is_member") == {"size": True, "sqsz": False, "border": False, "deep": False}
    assert by(found, "peer_group", "prefectures") == {"size": 6, "sqsz": 2, "border": 8, "deep": 10}
    assert found.peers[0] == "保山、楚雄、文山、普洱、大理、临沧"


def standing(snapshot, place: str, peers: str, period: str = "2019", code: str = "P1-08") -> pd.DataFrame:
    found = snapshot.table("places/standing", period=period, place=place, peers=peers)
    return found[found.indicator_code == code].set_index("region_code")


def test_the_median_is_that_of_the_chosen_peers_without_the_place_itself(snapshot):
    # received in 2019: 怒江 60万, 大理 17万, 昭通 15万, 德宏 12万, all others nothing
    assert set(standing(snapshot, "533100", "sqsz").peers_median) == {300_000}  # of 60万 and 0
    assert set(standing(snapshot, "533400", "sqsz").peers_median) == {600_000}  # 怒江 alone
    assert set(standing(snapshot, "533300", "size").peers_median) == {0}  # of 12万 and three times 0
    found = standing(snapshot, "533300", "size")
    assert found.place_rank[["533300", "532900", "530600", "533100"]].tolist() == [1, 2, 3, 4]
    assert found.peer_role.value_counts().to_dict() == {"其他": 11, "同类": 4, "本州市": 1}


def test_a_peer_with_a_missing_return_counts_neither_for_the_median_nor_for_the_ranks(snapshot):
    found = standing(snapshot, "533300", "size", period="2020H1")
    # 怒江 10万, 大理 8万, 昭通 6万; 德宏 has told 2万 of its first quarter only
    assert found.value["533100"] == 20_000
    assert pd.isna(found.place_rank["533100"])
    assert (found.place_rank["533300"], found.places_ranked["533300"]) == (1, 15)
    assert set(found.peers_counted) == {3}


@pytest.mark.parametrize("period", PERIODS)
def test_the_standing_is_that_of_the_table_and_of_the_scorecard(snapshot, period):
    scores = snapshot.table("scores/by_prefecture", period=period)
    scores = scores.replace({"pillar_code": {"ALL": "SCORE"}}).set_index(["pillar_code", "region_code"])
    for place in ("533300", "530100", "533100"):
        found = snapshot.table("places/standing", period=period, place=place, peers="size")
        assert len(found) == (5 + INDICATORS - 1) * 16  # P4-05 is told for the province only
        own = found[found.region_code == place].set_index("indicator_code")
        values = snapshot.table("values/of_place", period=period, place=place).set_index("indicator_code")
        values = values[values.index != "P4-05"]
        for column in ("value", "status", "peers_median"):
            pd.testing.assert_series_equal(own.loc[values.index, column], values[column])
        ranked = own.loc[values.index, "place_rank"].dropna()
        assert ranked.to_dict() == values.place_rank[ranked.index].to_dict()
        told = found.set_index(["indicator_code", "region_code"])
        for index, score in scores.score.items():
            assert told.value[index] == pytest.approx(score, nan_ok=True)
        ranks = told.place_rank[scores.index]
        assert ranks.fillna(0).tolist() == scores.place_rank.fillna(0).tolist()


@pytest.mark.parametrize("period", ["2018", "2020H1", "2020Q2"])
def test_there_is_no_rank_where_all_are_equal_and_one_where_two_differ(snapshot, period):
    """As for counties: on cards, in the standing, on the map, in the head and in the files of each."""
    told = pd.read_parquet(snapshot.path / "indicator_values.parquet")
    told = told[(told.period == period) & (told.level == "prefecture") & (told.quarters_reported == told.quarters_due)]
    kinds = told.dropna(subset="value").groupby("indicator_code").value.nunique()
    assert {1, 2} <= set(kinds.clip(upper=2))
    ranked = told.dropna(subset="value").set_index(["indicator_code", "region_code"]).index
    made = resource.resource(snapshot)
    head, codes = made["rank"][period], [code for code, _ in made["places"]]
    for place in ("533300", "530100"):
        values = snapshot.table("values/of_place", period=period, place=place).set_index("indicator_code")
        standing = snapshot.table("places/standing", period=period, place=place, peers="size")
        standing = standing[standing.region_code == place].set_index("indicator_code")
        for code, count in kinds.items():
            has_rank = count > 1 and (code, place) in ranked
            assert pd.notna(values.place_rank[code]) == has_rank, code
            assert pd.notna(standing.place_rank[code]) == has_rank, code
            shapes = snapshot.table("measures/by_prefecture", measure=code, period=period).set_index("region_code")
            assert pd.notna(shapes.place_rank[place]) == has_rank, code
            if code in head:
                assert (head[code][codes.index(place)] != "—") == has_rank, code


def test_a_strip_runs_from_its_lowest_to_its_highest_value():
    rows = [
        ("数", "甲", 10, "观察", 3, "其他", 20),
        ("数", "乙", 20, "观察", 2, "同类", 20),
        ("数", "丙", 30, "观察", 1, "本州市", 20),
        ("数", "丁", None, "未报送", None, "其他", 20),
        ("都一样", "丙", 5, "数据不全", None, "本州市", None),
        ("没有", "丙", None, "未报送", None, "本州市", None),
    ]
    names = ["indicator_name", "region_name", "value", "status", "place_rank", "peer_role", "peers_median"]
    drawn = pd.DataFrame(rows, columns=names).assign(unit="个", region_code="丙")
    figure = strip_charts.strips(drawn, own="丙州", title="位置", footnote="截至")
    traces = {trace.name: trace for trace in figure.data if trace.name}
    assert [list(traces[name].x) for name in ("其他州市", "同类州市", "丙州")] == [[0], [0.5], [1, 0.5]]
    assert list(traces["同类中位数"].x) == [0.5]
    titles, low, high = [list(t.text) for t in figure.data if t.mode == "markers+text"]
    assert titles == ["数　<b>30个</b>　第1名", "都一样　<b>5个</b>", "没有　<b>（未报送）</b>"]
    assert (low, high) == (["10个", "5个"], ["30个", "5个"])


# Returns


@pytest.fixture(scope="module")
def late_data(empty_data, tmp_path_factory):
    """The tiny province; 德宏 filed its money of 2019Q4 two days and fifteen hours late, its people an hour."""
    folder = tmp_path_factory.mktemp("late")
    rows = read_tiny()["snapshot_manifest"]
    rows = replaced(rows, "batch_id", "2019Q4-533100-funds", "received_at", "2020-01-18 09:00:00")
    rows = replaced(rows, "batch_id", "2019Q4-533100-beneficiaries", "received_at", "2020-01-15 19:00:00")
    publish_tiny(folder, snapshot_manifest=rows)
    shutil.copytree(empty_data, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def late(late_data, monkeypatch) -> snapshots.Snapshot:
    monkeypatch.setattr(settings, "DATA_DIR", late_data)
    return snapshots.find("2020-06-30.r1")


def test_returns_of_a_prefecture_are_told_by_quarter_and_kind(snapshot):
    found = snapshot.table("places/returns", period="2020H1", place="533100")
    assert len(found) == 10 * 6
    # four tables of events in nine quarters are 36, organizations and projects of 2020Q1 two; nothing in 2020Q2
    assert found.report_status.value_counts().to_dict() == {"未收到": 22, "按时": 38}
    assert set(found[found.period == "2020Q2"].report_status) == {"未收到"}
    assert found.rows_in.sum() == 23  # 28 less those of five returns of fewer than ten about people
    few = found[(found.return_name == "受益") & found.rows_in.isna() & (found.report_status != "未收到")]
    assert len(few) == 5
    assert len(snapshot.table("places/returns", period="2018H1", place="533100")) == 2 * 6
    pd.testing.assert_frame_equal(found, snapshot.table("places/returns", period="2020H1", place="533103"))


def test_days_late_are_counted_up(late):
    found = late.table("places/returns", period="2019", place="533100")
    found = found[found.report_status == "迟报"]
    assert list(found[["period", "return_name", "days_late"]].itertuples(index=False, name=None)) == [
        ("2019Q4", "资金", 3),
        ("2019Q4", "受益", 1),
    ]


def test_a_late_and_a_missing_return_are_said_in_words(late):
    app = open_page(PLACE, place="533100", period="2020H1")
    assert "应报 **10** 个季度，整季未报 **1** 个，迟报 **2** 份；收到 23 行" in "".join(m.value for m in app.markdown)
    (cells,) = [d.value for d in app.dataframe if d.proto.alt == "报送情况" and "2020Q2" in d.value.columns]
    assert cells.loc["资金", ["2019Q4", "2020Q1", "2020Q2"]].tolist() == ["▲ 迟3天", "● 按时", "○ 未收到"]


# The page of a prefecture


def test_every_prefecture_shows_its_peers_projects_and_returns(snapshot):
    app = open_page(PLACE)
    for n, place in enumerate(geography.prefectures()):
        group = ("size", "sqsz", "border", "deep")[n % 4]
        app.query_params.update({"place": place.code, "peers": group})
        app.run()
        assert_whole(app, "2019年")
        assert app.title[0].value == f"{place.name_zh}　2019年"
        groups = snapshot.table("places/peer_groups", place=place.code).set_index("peer_group")
        (rules,) = [text for text in html(app, "facts") if "人口规模：常住人口" in text]
        assert len(re.findall("<b>● ", rules)) == 1
        assert f"——{groups.peers[group]}（{groups.prefectures[group]}个）</b>" in rules
        assert ("仅作对照" in rules) == (not groups.is_member.all())
        drawn = {t["name"]: t for t in chart(app, "standing")["data"] if t.get("name")}
        own = table(app, "各州市的位置")
        own = own[own.与本州市 == "本州市"]
        assert len(numbers(drawn[list(drawn)[-1]]["x"])) == own.数值.notna().sum()
        listed = snapshot.table("projects/of_place", period="2019", place=place.code)
        assert (f"项目：共{len(listed)}行。点“打开”看该项。" in captions(app)) == (len(listed) > 0)
        assert {c.name_zh for c in geography.counties(place.code)} <= {b.label for b in app.button}


def test_the_peers_move_the_medians_of_the_table(snapshot):
    for group, median in (("sqsz", "30万元"), ("size", "0元")):
        app = open_page(PLACE, place="533100", peers=group)
        shown = next(d.value for d in app.dataframe if d.proto.alt == f"德宏{HEADING}" and "名次" in d.value)
        assert shown.set_index("指标代码").同类中位数["P1-08"] == median


def test_money_by_stage_and_source_is_the_rows_and_leads_to_them(snapshot):
    app = open_page(PLACE, place="533300")
    # F000016 18; F000017 19 24; F000025 30
    assert "合计：获批30万元、到账60万元、支出32万元；到账中物资折价0元。" in captions(app)
    bars = {t["name"]: dict(zip(t["y"], numbers(t["x"]), strict=True)) for t in chart(app, "place_money")["data"]}
    assert bars == {
        "社会捐赠": {"获批": 0, "到账": 300_000, "支出": 200_000},
        "中央财政": {"获批": 200_000, "到账": 200_000, "支出": 120_000},
        "福彩公益金": {"获批": 100_000, "到账": 100_000, "支出": 0},
    }
    (link,) = [e.proto for e in app.get("page_link") if e.proto.label == "到账60万元的逐笔明细"]
    assert {"indicator=P1-08", "place=533300", "evidence=true"} <= set(link.query_string.split("&"))
    assert metric(app, "筹集款物").value == "60万元"


def test_a_county_on_the_page_of_a_prefecture_shows_its_prefecture_and_says_so(snapshot):
    app = open_page(PLACE, place="533323")
    assert_whole(app, "2019年")
    assert app.title[0].value == "怒江傈僳族自治州　2019年"
    assert "所选地区为福贡县；本页为它所在的州市。" in captions(app)
    assert metric(app, "筹集款物").value == "60万元"
    assert "打开福贡县" in [e.proto.label for e in app.get("page_link")]
    app.button(key="open_533301").click().run()
    assert app.title[0].value == "怒江州泸水市　2019年"


def test_peers_that_do_not_exist_are_said_and_replaced(snapshot):
    app = open_page(PLACE, place="533300", peers="zzz")
    assert [w.value for w in app.warning] == ["网址中的同类“`zzz`”不存在，已改用“人口规模”。"]
    assert app.query_params["peers"] == "size"


# What the heads are drawn from


def counties_drawn(app, period: str, measure: str) -> dict:
    """{county: (text, class, status)} of the head, what no county holds among them."""
    told = drawn(app)["counties"]
    columns = (told["cells"][kind][period][measure] for kind in ("text", "class", "status"))
    rows = zip(told["places"], zip(*columns, strict=True), strict=True)
    return {name: row for (_, name), row in rows if row[2] >= 0}


@pytest.mark.parametrize(("period", "measure"), [("2019", "P1-08"), ("2020H1", "P1-09"), ("2020Q2", "P1-01")])
@pytest.mark.parametrize(("page", "place"), [(PLACE, "533300"), (PLACE, "533103"), (COUNTY, "533323")])
def test_map_and_order_of_the_counties_are_the_rows_of_the_table(snapshot, page, place, period, measure):
    app = open_page(page, place=place, period=period, measure=measure, part="", tables="true")
    rows = View(snapshot, period, place).by_county(measure)
    card = snapshot.table("measures/of_period", period=period).set_index("measure").loc[measure]
    breaks = maps.of_counties(card.breaks, card.unit)
    expected = {
        row.region_name: (
            wording.headline(row.value, card.unit, None, row.status)
            + ("（数据不全）" if row.status == "数据不全" and not pd.isna(row.value) else ""),
            maps.class_of(row.value, breaks),
            cells.STATUSES.index(row.status),
        )
        for row in rows.itertuples()
    }
    assert counties_drawn(app, period, measure) == expected
    shown = table(app, card.measure_name)
    assert list(shown.地区) == list(rows.region_name)
    order = drawn(app)["counties"]["cells"]["order"][period][measure]
    names = [name for _, name in drawn(app)["counties"]["places"]]
    high_first = rows.dropna(subset="value").sort_values("value", ascending=False, kind="stable")
    assert [names[n] for n in order if names[n] in set(high_first.region_name)] == list(high_first.region_name)


def test_a_hidden_number_of_a_county_is_hidden_in_the_head_too(snapshot):
    values = View(snapshot, "2019", "533300").by_county("P1-09").set_index("region_name")
    told = counties_drawn(open_page(PLACE, place="533300", period="2019", part=""), "2019", "P1-09")
    hidden = values.index[values.status == "已隐去"]
    assert len(hidden)
    assert {told[name][:2] for name in hidden} == {("（已隐去）", -1)}


def test_the_cards_of_a_county_are_its_rows_beside_its_prefecture(snapshot):
    app = open_page(COUNTY, place="533323", period="2019", part="")
    rows = snapshot.table("places/county_indicators", period="2019", place="533323").set_index("indicator_code")
    cards = drawn(app)["cards"]
    assert list(cards) == [code for code in rows.index if code in queries.headlines()]
    for code, card in cards.items():
        row = rows.loc[code]
        assert card["text"] == wording.headline(row.value, row.unit, None, row.status)
        assert card["rank"] == wording.place(row.county_rank, row.counties_ranked)
        assert card["whole"] == wording.measure(row.prefecture_value, row.unit)
    assert (cards["P1-08"]["text"], cards["P1-08"]["rank"], cards["P1-08"]["whole"]) == ("20万元", "2/4", "60万元")
    quarters = drawn(app)["quarters"]["P1-08"]
    own = snapshot.table("values/by_quarter", place="533323").query("indicator_code == 'P1-08'").value
    assert quarters["texts"] == ["" if pd.isna(v) else wording.measure(v, "元") for v in own]
    assert len(quarters["heights"]) == len(own)


def test_a_measure_without_counties_is_sent_without_any(snapshot):
    for measure in ("SCORE", "PER_POOR", "P4-05"):
        app = open_page(PLACE, place="533300", period="2019", measure=measure, part="")
        told = drawn(app)
        assert told["choice"]["measure"] == measure
        assert measure not in told["counties"]["measures"]
        assert measure not in told["counties"]["cells"]["text"]["2019"]
        assert "本指标只算到州市，没有县级数，也就没有县级的表与明细。" in captions(app)


def test_a_county_that_is_chosen_leaves_the_head_its_prefectures(snapshot):
    told = drawn(open_page(PLACE, place="533323", period="2019", part=""))
    assert (told["own"], told["choice"]["place"]) == ("533300", "533323")
    assert [code for code, _ in told["counties"]["places"]][:1] == ["533300"]


# The page of a county


def test_a_county_of_every_prefecture_opens(snapshot):
    app = open_page(COUNTY)
    for code in ONE_COUNTY_EACH:
        app.query_params["place"] = code
        app.run()
        assert_whole(app, "2019年")
        name = snapshot.row("places/county", period="2019", place=code).place_name
        assert app.title[0].value == f"{name}　2019年"
        assert len([d for d in app.dataframe if d.proto.alt == f"{name}{HEADING}"]) == 2
        assert name in finding_of(app)
        assert [w.value for w in app.warning] == []


def test_a_county_shows_its_numbers_projects_and_place_on_the_map(snapshot):
    app = open_page(COUNTY, place="533323", period="2019")
    assert metric(app, "筹集款物").value == "20万元"  # F000017
    assert "怒江州福贡县筹集款物20万元（上年同期为零，不计增幅），占所属州市33.3%" in finding_of(app)
    who = html(app, "facts")[0]
    for said in (
        "县",
        "2020年批次，2020年11月13日批准退出（截至2019年12月31日尚未退出）",
        "待核",
        "边境县",
        "没有县级数",
    ):
        assert said in who
    shapes = [t for t in chart(app, "map")["data"] if t["type"] == "choropleth" and "533323" in t["locations"]]
    (red,) = [t["marker"]["line"]["color"][t["locations"].index("533323")] for t in shapes]
    assert red == palette.RED
    assert list(table(app, "项目").项目编号) == ["P00005", "P00004", "P00010"]
    assert "社会组织：本报告期、本地区没有记录。" in captions(app)  # the first came in 2020
    assert "对象类别只公布到州市：分到县的人数过小，不能公布。" in captions(app)
    later = open_page(COUNTY, place="533323", period="2020H1")
    assert list(table(later, "社会组织").组织编号) == ["O000020"]


def test_the_county_without_a_return_of_its_prefecture_is_warned_of(snapshot):
    app = open_page(COUNTY, place="533103", period="2020Q2")
    (warning,) = [w.value for w in app.warning]
    assert warning.startswith("德宏州芒市随德宏傣族景颇族自治州报送，该州市本报告期应报1个季度，缺报1个")
    assert metric(app, "筹集款物").value == "（未报送）"


def test_the_moved_border_of_deqin_and_weixi_is_told_once(snapshot):
    for code, times in (("533422", 1), ("533423", 1), ("533323", 0)):
        assert captions(open_page(COUNTY, place=code)).count(geography.DEQIN_WEIXI_NOTE) == times


def test_without_a_county_the_page_leads_down_to_one(snapshot):
    app = open_page(COUNTY, period="2018")
    assert {b.label for b in app.button} == {p.name_zh for p in geography.prefectures()}
    app.button(key="open_533300").click().run()
    assert_whole(app, "2018年")
    assert app.title[0].value == "一个县·怒江州　2018年"
    assert {b.label for b in app.button} == {c.name_zh for c in geography.counties("533300")}
    app.button(key="open_533323").click().run()
    assert app.title[0].value == "怒江州福贡县　2018年"
    assert app.query_params["place"] == "533323"


def test_a_period_without_a_single_row_is_calm(late):
    for page, place in ((PLACE, "533300"), (COUNTY, "533323"), (PLACE, "530000"), (COUNTY, "533300")):
        app = open_page(page, asof="2018-12-31.r1", place=place)
        assert_whole(app, "2018年", asof="2018年12月31日")
    app = open_page(COUNTY, asof="2018-12-31.r1", place="533323")
    assert {f"{name}：本报告期、本地区没有记录。" for name in ("项目", "社会组织", "资金来源与环节")} <= set(
        captions(app)
    )


# The whole province beside a chosen place


def crumbs(app) -> str:
    (found,) = re.findall('class="crumbs">(.+?)</span>', html(app, "masthead")[0])
    return found


def test_a_page_of_the_whole_province_says_so_when_a_place_is_chosen(snapshot):
    app = open_page(FRONT, place="533100")  # the first screen shows the place itself, what is below it the province
    assert crumbs(app) == "全省"
    assert not [c for c in captions(app) if "本页为全省数字" in c]
    assert metric(app, "筹集款物").value == "109万元"
    ranking = chart(app, "ranking")["data"][0]
    marked = dict(zip(ranking["customdata"], ranking["marker"]["color"], strict=True))
    assert [code for code, colour in marked.items() if colour == palette.RED] == ["533100"]
    for place, said in (("533103", "德宏州芒市"), ("533100", "德宏州")):
        app = open_page(SCORECARD, place=place)
        assert crumbs(app) == "全省"
        assert f"本页为全省数字；不随所选地区{said}变化。" in captions(app)
        assert f"打开{said}" in [e.proto.label for e in app.get("page_link")]


def test_a_page_of_a_place_and_the_province_itself_need_no_such_word(snapshot):
    assert not [c for c in captions(open_page(FRONT)) if "本页为全省数字" in c]
    app = open_page(COUNTY, place="533103")
    assert crumbs(app) == "全省 › 德宏州 › 芒市"
    assert not [c for c in captions(app) if "本页为全省数字" in c]


@pytest.mark.parametrize(
    ("page", "place"), [("pages/places/prefecture.py", "533300"), ("pages/places/county.py", "533323")]
)
def test_the_breakdown_of_people_says_that_it_is_not_of_the_registered_poor_alone(snapshot, page, place):
    app = open_page(page, place=place)
    assert "全部受益对象，不限建档立卡" in chart(app, "bars_help_type")["layout"]["title"]["text"].replace("<br>", "")
    assert any("惠及建档立卡人口" in m.value and "全部受益对象的，不限建档立卡" in m.value for m in app.markdown)


def test_whom_a_prefecture_is_paired_with_is_that_of_the_period(tmp_path, monkeypatch):
    pairs = [
        {"region_code": "533300", "kind": "东西部协作", "partner": partner, "valid_from": first, "valid_to": last}
        for partner, first, last in (("广东省珠海市", "2017-01-01", "2019-06-30"), ("上海市静安区", "2019-07-01", None))
    ]
    more = {"basis": "通知", "source_file": "结对.csv", "source_row": "2"}
    publish_tiny(tmp_path, pairings=pa.Table.from_pylist([pair | more for pair in pairs]))
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    both = "广东省珠海市（至2019年6月30日）、上海市静安区"
    partners = {"2018": "广东省珠海市", "2019H1": "广东省珠海市", "2019": both, "2019H2": "上海市静安区"}
    for period, partner in partners.items():
        for place in ("533300", "533323"):  # also with a county of it chosen: the line is the prefecture's
            facts = html(open_page(PLACE, place=place, period=period), "facts")[0]
            assert f"东西部协作：{partner}<" in facts
