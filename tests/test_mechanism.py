"""机制建设: what its page shows, counted by hand from tests/snapshot/*.csv, agrees with itself and the indicators."""

import csv
import json
from datetime import date

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.conftest import publish_tiny, read_tiny
from tests.screens import assert_whole, chart, metric, open_page, replaced, table
from yunnan import settings
from yunnan.data import queries, snapshots
from yunnan.publication.publish import load

PAGE = "pages/pillars/mechanism.py"
PERIODS = ["2018", "2019", "2019H1", "2019Q3", "2020H1", "2020"]
ALL_PLACES = ["530000", "530600", "532900", "533100", "533300", "530627", "533301"]
FOUR = {"昭通": "530600", "大理": "532900", "德宏": "533100", "怒江": "533300"}


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple]:
    """The frame's rows as plain values: days as text, None for what is missing."""
    return [
        tuple(None if pd.isna(v) else str(v)[:10] if isinstance(v, pd.Timestamp) else v for v in row)
        for row in frame[list(columns)].itertuples(index=False, name=None)
    ]


def asked(snapshot, query: str, period: str = "2019", place: str = "530000") -> pd.DataFrame:
    return snapshot.table(query, period=period, place=place)


def indicator(snapshot, code: str, period: str, place: str):
    return snapshot.row("values/figure", indicator_code=code, period=period, place=place)


def counted(snapshot, code: str, period: str, place: str) -> float:
    """The indicator's numerator; 0 for a place that it has nothing of."""
    num = indicator(snapshot, code, period, place).num
    return 0 if pd.isna(num) else num


@pytest.fixture(scope="module")
def varied(tmp_path_factory) -> snapshots.Snapshot:
    """The tiny province with two documents on tax, one of them no longer in force; a ministry; one report of winners.

    The chain is L001 of the centre, L003 of a ministry, L004 of the province.
    """
    folder = tmp_path_factory.mktemp("varied")
    tables = read_tiny()
    policies = replaced(tables["policies"], "policy_id", "M007", "title", "德宏税收优惠文件")
    policies = replaced(policies, "policy_id", "L003", "level", "国家部委")
    policies = replaced(policies, "policy_id", "L003", "parent_policy_id", "L001")
    policies = replaced(policies, "policy_id", "L004", "parent_policy_id", "L003")
    stats = tables["reported_stats"]
    one = pc.and_(
        pc.equal(stats["item_code"], "VOL"),
        pc.and_(pc.equal(stats["report_period"], "2019Q4"), pc.equal(stats["prefecture_code"], "530600")),
    )
    assert pc.sum(one).as_py() == 1
    items = pc.if_else(one, "AWARD", stats["item_code"])
    publish_tiny(
        folder,
        policies=replaced(policies, "policy_id", "L003", "title", "关于税收优惠的通知"),
        reported_stats=stats.set_column(stats.column_names.index("item_code"), "item_code", items),
    )
    return snapshots.Snapshot(folder / "snapshots" / "2020-06-30.r1")


# Documents


@pytest.mark.parametrize(
    ("period", "place", "above", "local", "drafted"),
    [
        # L001 to L005; L006 is of March 2020. M001 to M005 and M008; M006 is of 2020, M007 no longer in force
        ("2019", "530000", 5, 6, 1),
        # without L004 of July 2019; M001 M002 M004 only
        ("2019H1", "530000", 4, 3, 1),
        # M008; L010 is being drafted and holds for the whole province
        ("2019", "533300", 5, 1, 1),
        # L006, M006 are new
        ("2020H1", "533300", 6, 2, 1),
        # a county works by its prefecture's
        ("2020H1", "533323", 6, 2, 1),
        # M007 is no longer in force
        ("2019", "533100", 5, 0, 1),
    ],
)
def test_documents_in_force_are_those_of_the_province_and_of_the_place(snapshot, period, place, above, local, drafted):
    totals = snapshot.row("policies/totals", period=period, place=place)
    assert tuple(totals) == (above, local, drafted, 0)


def test_a_document_on_tax_is_marked_and_counted_while_in_force(varied):
    assert asked(varied, "policies/totals").documents_on_tax.tolist() == [1]
    library = asked(varied, "policies/library").set_index("policy_id")
    assert library.topic.dropna().to_dict() == {"L003": "税收", "M007": "税收"}
    assert library.status["M007"] == "失效"


def test_documents_by_class_and_level(snapshot):
    classes = asked(snapshot, "policies/by_class")
    assert len(classes) == 6 * 5
    assert rows(classes[classes.documents > 0], "policy_class", "level", "documents") == [
        ("工作思路", "省级", 1),  # L003
        ("工作思路", "州市级", 1),  # M002
        ("工作规范", "中央", 1),  # L001
        ("工作规范", "省级", 2),  # L002 L004
        ("工作规范", "州市级", 4),  # M001 M003 M004 M005
        ("工作规范", "县级", 1),  # M008
        ("业务指导", "省级", 1),  # L005
    ]


def test_a_chain_leads_from_the_centre_to_the_province_and_counts_who_follows(snapshot):
    chains = asked(snapshot, "policies/chains")
    assert rows(
        chains, "policy_id", "central_document", "provincial_document", "relation", "status", "places_followed"
    ) == [
        # followed up by 昭通 and, twice, by 大理
        ("L002", "中央文件一　中央机关甲", "省级重点文件一　省级机关甲", "贯彻落实", "现行", 2),
        # by 昭通; what 德宏 issued is no longer in force
        ("L003", None, "省级重点文件二　省级机关乙", "印发", "现行", 1),
        # by 昭通; the document of a county does not count
        ("L004", None, "省级重点文件三　省级机关乙、省级机关丙", "联合转发", "现行", 1),
        # by 怒江, but only in 2020
        ("L005", None, "省级重点文件四　省级机关丁、省级机关丙、省级机关戊", "联合印发", "现行", 0),
        # nobody is asked to
        ("L010", None, "人才发展规划（研制）　省级机关乙", "研制中", "研制中", None),
    ]
    assert chains.ministry_document.isna().all()
    assert chains.places_due.dropna().tolist() == [16] * 4
    zhaotong = asked(snapshot, "policies/chains", place="530600")
    assert rows(zhaotong.head(4), "places_followed", "places_due") == [(1, 1), (1, 1), (1, 1), (0, 1)]


def test_a_ministry_stands_between_and_no_document_is_left_out_of_the_chains(varied):
    chains = asked(varied, "policies/chains", "2020H1")
    assert rows(chains, "policy_id", "central_document", "ministry_document", "provincial_document") == [
        ("L004", "中央文件一　中央机关甲", "关于税收优惠的通知　省级机关乙", "省级重点文件三　省级机关乙、省级机关丙"),
        ("L002", "中央文件一　中央机关甲", None, "省级重点文件一　省级机关甲"),
        ("L005", None, None, "省级重点文件四　省级机关丁、省级机关丙、省级机关戊"),
        ("L006", None, None, "党建工作要点　省级机关己"),
        ("L010", None, None, "人才发展规划（研制）　省级机关乙"),
    ]


def test_the_library_has_every_document_with_what_is_known_of_it(snapshot):
    library = asked(snapshot, "policies/library")
    assert library.policy_id.tolist() == [
        *("L001", "L002", "L003", "L004", "L005", "L010"),
        *("M001", "M002", "M003", "M004", "M005", "M007", "M008"),  # a county's document last
    ]
    assert library.doc_no.isna().all()
    assert library.topic.isna().all()
    known = library.set_index("policy_id")
    assert known.co_issuers["L005"] == "省级机关丙、省级机关戊"
    assert known.parent_title.dropna().to_dict() == {
        "L002": "中央文件一",
        "M001": "省级重点文件一",
        "M002": "省级重点文件二",
        "M003": "省级重点文件三",
        "M004": "省级重点文件一",
        "M005": "省级重点文件一",
        "M007": "省级重点文件二",
        "M008": "省级重点文件三",
    }
    assert known.place_name[["L001", "M001", "M008"]].tolist() == ["全省", "昭通市", "怒江州"]
    assert known.status[["L010", "M007"]].tolist() == ["研制中", "失效"]
    assert pd.isna(known.issue_date["L001"])
    assert str(known.issue_date["M008"])[:10] == "2019-11-01"
    here = asked(snapshot, "policies/library", place="533301").policy_id.tolist()
    assert here == ["L001", "L002", "L003", "L004", "L005", "L010", "M008"]


def test_sixteen_prefectures_by_four_documents(snapshot):
    matrix = asked(snapshot, "policies/follow_up_by_place")
    assert len(matrix) == 16 * 4
    assert rows(matrix[matrix.is_followed], "region_name", "policy_id", "first_date", "documents") == [
        ("昭通", "L002", "2018-06-01", 1),  # M001
        ("昭通", "L003", "2018-12-31", 1),  # M002
        ("昭通", "L004", "2019-10-01", 1),  # M003
        ("大理", "L002", "2019-01-15", 2),  # M004 M005
    ]
    assert matrix[~matrix.is_followed].first_date.isna().all()
    nujiang = asked(snapshot, "policies/follow_up_by_place", "2020H1", "533300")
    assert rows(nujiang[nujiang.is_followed], "region_code", "policy_id", "first_date") == [
        ("533300", "L005", "2020-03-01")
    ]
    county = asked(snapshot, "policies/follow_up_by_place", "2020H1", "533323")
    pd.testing.assert_frame_equal(county, nujiang)


# Publicity and meetings


@pytest.mark.parametrize(
    ("period", "place", "counts"),
    [
        # 年检 1 6 10 14 18; 抽查 15; 评估 2 13; 换届 5 11; not told by then: 3 7 8 12 16 17 19
        ("2019", "530000", [5, 1, 2, 2, 7]),
        # 年检 1 9 10 14 18, of which 9 left in October 2019; 换届 5; the other ten of sixteen not yet
        ("2018", "530000", [5, 0, 0, 1, 10]),
        # 年检 6; 换届 5; 7 was told in April 2020, 8 never
        ("2019", "530600", [1, 0, 0, 1, 2]),
        ("2020H1", "530627", [0, 1, 0, 0, 1]),
    ],
)
def test_organizations_by_the_occasion_at_which_they_were_told(snapshot, period, place, counts):
    told = asked(snapshot, "publicity/by_occasion", period, place)
    assert told.publicity_occasion.tolist() == ["年检", "抽查", "评估", "换届", "未宣传"]
    assert told.organizations.tolist() == counts
    assert told.share_rate.tolist() == pytest.approx([n / sum(counts) for n in counts])


def test_publicity_by_place_with_the_rate_of_each(snapshot):
    places = asked(snapshot, "publicity/by_place")
    assert len(places) == 17 * 5
    some = places[places.organizations > 0]
    assert rows(some, "region_name", "publicity_occasion", "organizations") == [
        *(("昭通", "年检", 1), ("昭通", "换届", 1), ("昭通", "未宣传", 2)),  # 6, 5, 7 8
        *(("大理", "年检", 2), ("大理", "评估", 1), ("大理", "换届", 1), ("大理", "未宣传", 1)),  # 10 14, 13, 11, 12
        *(("德宏", "抽查", 1), ("德宏", "未宣传", 2)),  # 15, 16 17
        *(("怒江", "年检", 1), ("怒江", "未宣传", 1)),  # 18, 19
        *(("省本级", "年检", 1), ("省本级", "评估", 1), ("省本级", "未宣传", 1)),  # 1, 2, 3
    ]
    rates = places.groupby("region_name").reach_rate.first().dropna().to_dict()
    assert rates == pytest.approx({"昭通": 2 / 4, "大理": 4 / 5, "德宏": 1 / 3, "怒江": 1 / 2, "省本级": 2 / 3})
    counties = asked(snapshot, "publicity/by_place", place="530600")
    assert len(counties) == 12 * 5  # eleven counties and the prefecture's own level
    assert rows(counties[counties.organizations > 0], "region_code", "publicity_occasion", "reach_rate") == [
        ("530621", "年检", 1.0),  # 6
        ("530627", "未宣传", 0.0),  # 7 8
        ("530600", "换届", 1.0),  # 5
    ]


def test_coordination_meetings_by_quarter_and_by_name(snapshot):
    quarters = asked(snapshot, "meetings/by_quarter")
    assert quarters.period.tolist() == [f"{year}Q{n}" for year in (2018, 2019) for n in (1, 2, 3, 4)]
    assert quarters.activities.tolist() == [0, 0, 0, 0, 0, 0, 1, 0]  # A000014 alone
    assert quarters.participants.tolist() == [0, 0, 0, 0, 0, 0, 25, 0]
    assert asked(snapshot, "meetings/by_quarter", place="533300").activities.sum() == 0
    held = asked(snapshot, "meetings/of_period")
    assert rows(held, "region_code", "activity_date", "title", "place_name", "org_name", "participants") == [
        ("530000", "2019-09-15", "协调会一", "省本级", "组织乙", 25)
    ]
    for period in ("2019H1", "2019Q4", "2020H1"):  # before and after it
        assert asked(snapshot, "meetings/of_period", period).empty
    assert asked(snapshot, "meetings/of_period", place="533300").empty


# Qualifications


@pytest.mark.parametrize(
    ("period", "place", "held"),
    [
        ("2019", "530000", (4, 2, 3)),  # 1 2 10 13; 1 10; 1 2 10, while the list of 3 is a national one
        ("2018", "530000", (3, 2, 2)),  # 2 was recognized in June 2019 and listed for 2019
        ("2020H1", "530000", (4, 2, 1)),  # only 1 is listed for 2020
        ("2019", "532900", (2, 1, 1)),  # 10 13; 10; 10
        ("2019", "533300", (0, 0, 0)),
    ],
)
def test_holders_of_the_three_qualifications(snapshot, period, place, held):
    totals = snapshot.row("qualifications/totals", period=period, place=place)
    assert (totals.charities, totals.fundraisers, totals.tax_deductible) == held
    assert totals.published is None  # three are not the article's 27
    for query, number in zip(("charities", "fundraisers", "tax_deduction"), held, strict=True):
        assert len(asked(snapshot, f"qualifications/{query}", period, place)) == number


def test_qualifications_at_the_end_of_each_year_and_of_a_year_still_running(snapshot):
    columns = ("period_label", "qualification", "organizations", "newly_qualified")
    assert rows(asked(snapshot, "qualifications/by_year", "2020H1"), *columns) == [
        ("2018年末", "慈善组织", 3, 1),  # 1 13, and 10 of August 2018
        ("2018年末", "公开募捐资格", 2, 2),  # 1 10
        ("2018年末", "省级税前扣除资格", 2, 2),  # 1 10
        ("2019年末", "慈善组织", 4, 1),  # 2
        ("2019年末", "公开募捐资格", 2, 0),
        ("2019年末", "省级税前扣除资格", 3, 1),  # 2
        ("2020年6月末", "慈善组织", 4, 0),
        ("2020年6月末", "公开募捐资格", 2, 0),
        ("2020年6月末", "省级税前扣除资格", 1, 0),  # 1, listed before
    ]
    first = asked(snapshot, "qualifications/by_year", "2018H1")
    assert rows(first, *columns) == [
        ("2018年6月末", "慈善组织", 2, 0),  # 1 13
        ("2018年6月末", "公开募捐资格", 1, 1),  # 1
        ("2018年6月末", "省级税前扣除资格", 2, 2),
    ]


def test_holders_by_name(snapshot):
    charities = asked(snapshot, "qualifications/charities")
    assert rows(charities, "org_id", "org_type", "place_name", "charity_date", "is_new") == [
        ("O000002", "社会团体", "省本级", "2019-06-01", True),
        ("O000010", "社会团体", "大理州", "2018-08-08", False),
        ("O000013", "基金会", "大理州", "2017-12-31", False),
        ("O000001", "基金会", "省本级", "2017-01-10", False),
    ]
    fundraisers = asked(snapshot, "qualifications/fundraisers", "2018")
    assert rows(fundraisers, "org_id", "charity_date", "public_fundraising_date", "is_new") == [
        ("O000010", "2018-08-08", "2018-08-08", True),
        ("O000001", "2017-01-10", "2018-03-01", True),
    ]
    listed = asked(snapshot, "qualifications/tax_deduction")
    assert rows(listed, "org_name", "org_type", "place_name", "tax_deduction_level", "tax_deduction_years") == [
        ("组织甲基金会", "基金会", "省本级", "省级", "2018、2019、2020"),
        ("组织乙", "社会团体", "省本级", "省级", "2019"),
        ("组织癸", "社会团体", "大理州", "省级", "2018、2019"),
    ]


# Columns left empty


def emptied(rows: pa.Table, prefecture: str, *columns: str) -> pa.Table:
    """The organizations with these columns left empty by a prefecture, or by all."""
    chosen = pc.or_(pc.equal(rows["prefecture_code"], prefecture), prefecture == "530000")
    for column in columns:
        cells = pc.if_else(chosen, pa.scalar(None, pa.string()), rows[column])
        rows = rows.set_column(rows.column_names.index(column), column, cells)
    return rows


@pytest.fixture
def left_empty(tmp_path, monkeypatch):
    def publish(prefecture: str, *columns: str) -> snapshots.Snapshot:
        publish_tiny(tmp_path, organizations=emptied(read_tiny()["organizations"], prefecture, *columns))
        monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
        return snapshots.find(snapshots.published()[0])

    return publish


def test_publicity_that_a_prefecture_left_empty_is_unknown_and_out_of_the_shares(left_empty):
    snapshot = left_empty("530600", "publicity_date", "publicity_occasion")  # of 17, the four of 昭通: 5 6 7 8
    told = asked(snapshot, "publicity/by_occasion")
    assert rows(told, "publicity_occasion", "organizations", "share_rate") == [
        *(("年检", 4, 4 / 13), ("抽查", 1, 1 / 13), ("评估", 2, 2 / 13), ("换届", 1, 1 / 13), ("未宣传", 5, 5 / 13)),
        ("数据不全", 4, None),
    ]
    reached = told.organizations[:4].sum() / told.organizations[:5].sum()
    assert indicator(snapshot, "P2-03", "2019", "530000").value == pytest.approx(reached)
    there = asked(snapshot, "publicity/by_occasion", place="530600")
    assert rows(there, "organizations") == [(None,)] * 5 + [(4,)]
    assert indicator(snapshot, "P2-03", "2019", "530600").status == "数据不全"
    places = asked(snapshot, "publicity/by_place")
    assert len(places) == 17 * 6
    of_place = places.groupby("region_name")
    assert of_place.organizations.sum()[["昭通", "大理"]].tolist() == [4, 5]
    assert pd.isna(of_place.reach_rate.first()["昭通"])
    assert of_place.reach_rate.first()["大理"] == pytest.approx(4 / 5)
    app = open_page(PAGE, period="2019")
    assert_whole(app, "2019年")
    assert "4个社会组织数据不全：所在州市没有填报宣传日期，不计入触达率，也不画入各地占比。" in captions(app)
    assert [piece["name"] for piece in chart(app, "pieces_各地政策宣传")["data"]] == [
        *("年检", "抽查", "评估", "换届", "未宣传")
    ]


def test_a_qualification_nobody_has_filled_in_is_unknown_and_not_none(left_empty):
    snapshot = left_empty("530000", "charity_date", "public_fundraising_date")
    held = snapshot.row("qualifications/totals", period="2019", place="532900")
    assert pd.isna([held.charities, held.fundraisers]).all()
    assert held.tax_deductible == 1
    years = asked(snapshot, "qualifications/by_year")
    unknown = years.qualification != "省级税前扣除资格"
    assert years[unknown][["organizations", "newly_qualified"]].isna().all(axis=None)
    assert years[~unknown].organizations.tolist() == [2, 3]
    app = open_page(PAGE, period="2019")
    assert_whole(app, "2019年")
    assert [metric(app, label).value for label in ("慈善组织", "公开募捐资格")] == ["（数据不全）"] * 2
    assert "慈善组织、公开募捐资格数据不全：全省没有一个组织填报，不以零代替。" in captions(app)
    assert "慈善组织名单：数据不全，全省没有一个组织填报。" in captions(app)
    assert "税前扣除资格名单：共3行。点“打开”看该项。" in captions(app)


# Talent


def test_social_workers_as_reported_with_a_gap_where_nobody_reported(snapshot):
    halves = asked(snapshot, "talent/by_half")
    assert halves.period_label.unique().tolist() == [
        "2018年6月末（缺16州市）",
        "2018年12月末（缺12州市）",
        "2019年6月末（缺12州市）",
        "2019年12月末（缺12州市）",
    ]
    sums = halves.pivot(index="report_period", columns="stat_item", values="stat_value")
    assert sums.loc["2018Q2"].isna().all()
    # 昭通 大理 德宏 怒江
    assert sums.社会工作专业人才.tolist()[1:] == [2500 + 3100 + 1300 + 400, 2700 + 3300 + 1400 + 450, 8600]
    assert sums.持证社工["2019Q4"] == 750 + 900 + 375 + 125
    assert sums.党员社工["2019Q4"] == 300 + 360 + 150 + 50
    assert sums.社工岗位.tolist()[1:] == [500 + 620 + 260 + 80, 540 + 660 + 280 + 90, 600 + 720 + 300 + 100]
    assert set(zip(halves.stat_item, halves.unit, strict=True)) == {
        ("社会工作专业人才", "人"),
        ("持证社工", "人"),
        ("党员社工", "人"),
        ("社工岗位", "个"),
    }


def test_a_prefecture_that_did_not_report_has_nothing_rather_than_zero(snapshot):
    dehong = asked(snapshot, "talent/by_half", "2020H1", "533100")
    last = dehong[dehong.report_period == "2020Q2"]
    assert last.stat_value.isna().all()
    assert last.period_label.unique().tolist() == ["2020年6月末（缺1州市）"]
    places = asked(snapshot, "talent/by_place", "2020H1").set_index("region_name")
    assert places.report_status["德宏"] == "未报送"
    assert places.loc["德宏", ["social_workers", "workers_per_10k", "posts"]].isna().all()
    assert places.loc["怒江", ["social_workers", "certified_workers", "party_workers", "posts"]].tolist() == [
        *(560, 140, 56, 112)
    ]
    assert asked(snapshot, "talent/by_half", "2020H1", "533103").empty  # counties do not report
    assert asked(snapshot, "talent/by_place", "2020H1", "533103").empty


def test_social_workers_by_prefecture(snapshot):
    places = asked(snapshot, "talent/by_place", "2019Q3")  # the half-year before: no report in a third quarter
    assert len(places) == 16
    known = places[places.report_status == "已报"]
    assert rows(known, "region_name", "report_period", "social_workers", "certified_workers", "posts") == [
        ("昭通", "2019Q2", 2700, 675, 540),
        ("大理", "2019Q2", 3300, 825, 660),
        ("德宏", "2019Q2", 1400, 350, 280),
        ("怒江", "2019Q2", 450, 112, 90),
    ]
    # residents 5,092,611 and 552,694
    assert known.workers_per_10k.iloc[[0, 3]].tolist() == pytest.approx([2700 / 509.2611, 450 / 55.2694])


def test_winners_of_the_prize_are_listed_once_somebody_reports_them(snapshot, varied):
    assert asked(snapshot, "talent/awards").empty
    columns = ("region_code", "region_name", "report_period", "award_winners")
    assert rows(asked(varied, "talent/awards"), *columns) == [("530600", "昭通", "2019Q4", 30000)]
    assert asked(varied, "talent/awards", "2019H1").empty
    assert asked(varied, "talent/awards", place="533300").empty


def test_trainings_of_the_period_for_whom_and_where(snapshot):
    # 怒江 50 (35 local, 30 minority, 4 volunteers, 9 Party members) and 大理 30 (12, 10, 9, 8)
    totals = snapshot.row("talent/training_totals", period="2019", place="530000")
    assert (totals.trainings, totals.organizations, totals.participants) == (2, 2, 80)
    assert totals.local_rate == pytest.approx(47 / 80)
    groups = asked(snapshot, "talent/training_groups")
    assert rows(groups, "training_group", "participants") == [
        ("本土社工", 47),
        ("少数民族骨干", 40),
        ("志愿者", 13),
        ("党员", 17),
    ]
    assert groups.share_rate.tolist() == pytest.approx([47 / 80, 40 / 80, 13 / 80, 17 / 80])
    places = asked(snapshot, "talent/trainings_by_place")
    assert len(places) == 16  # nothing of the province's own level
    assert rows(
        places[places.trainings > 0],
        *("region_name", "trainings", "participants", "local_participants", "minority_participants", "volunteers"),
        "local_rate",
    ) == [("大理", 1, 30, 12, 10, 9, 0.4), ("怒江", 1, 50, 35, 30, 4, 0.7)]
    assert places[places.trainings == 0].local_rate.isna().all()
    dali = asked(snapshot, "talent/trainings_by_place", place="532900")
    assert rows(dali[dali.trainings > 0], "region_code", "participants") == [("532900", 30)]  # no county is named


def test_a_period_without_a_training_has_no_local_share(snapshot):
    totals = snapshot.row("talent/training_totals", period="2019Q1", place="530000")
    assert (totals.trainings, totals.participants) == (0, 0)
    assert pd.isna(totals.local_rate)
    groups = asked(snapshot, "talent/training_groups", "2019Q1")
    assert groups.participants.tolist() == [0, 0, 0, 0]
    assert groups.share_rate.isna().all()


# Parts make wholes, and agree with the indicators


@pytest.mark.parametrize("period", PERIODS)
def test_parts_make_the_whole(snapshot, period):
    for place in ALL_PLACES:
        told = asked(snapshot, "publicity/by_occasion", period, place).set_index("publicity_occasion").organizations
        parts = asked(snapshot, "publicity/by_place", period, place).groupby("publicity_occasion").organizations.sum()
        assert parts.to_dict() == told.to_dict()
        trained = snapshot.row("talent/training_totals", period=period, place=place)
        parts = asked(snapshot, "talent/trainings_by_place", period, place)
        assert (parts.trainings.sum(), parts.participants.sum()) == (trained.trainings, trained.participants)
        totals = snapshot.row("policies/totals", period=period, place=place)
        classes = asked(snapshot, "policies/by_class", period, place)
        assert classes.documents.sum() == totals.documents_above + totals.documents_local
        library = asked(snapshot, "policies/library", period, place)
        assert (library.status == "现行").sum() == classes.documents.sum()
        assert (library.status == "研制中").sum() == totals.documents_drafted
        known = asked(snapshot, "talent/by_place", period, place)
        halves = asked(snapshot, "talent/by_half", period, place)
        same = halves[halves.report_period.isin(known.report_period) & (halves.stat_item == "社会工作专业人才")]
        assert known.social_workers.dropna().sum() == same.stat_value.dropna().sum()
        assert known.social_workers.notna().sum() == same.places_reported.sum()


def test_a_document_without_a_date_counts_from_when_it_was_certainly_there():
    rows = read_tiny()["policies"].to_pylist()
    named = (
        {"title": "社会组织2020年党建工作要点"},
        {"doc_no": "民发〔2017〕46号"},
        {"title": "2019—2020年行动方案"},
        {"title": "意见"},
    )
    blank = rows[0] | {"doc_no": None, "issue_date": None, "parent_policy_id": None, "level": "省级"}
    rows = [row for row in rows if row["policy_id"] in ("L001", "L002", "M004")]
    rows += [blank | {"policy_id": f"N{n:03d}"} | more for n, more in enumerate(named, 1)]
    with duckdb.connect() as db:
        load(db, read_tiny() | {"policies": pa.Table.from_pylist(rows)}, date(2020, 6, 30))
        db.execute(queries.load("publish/documents").sql, {"asof": date(2020, 6, 30)})
        told = {code: str(day) for code, day in db.execute("select policy_id, known_date from policies").fetchall()}
    assert told == {
        "N001": "2020-01-01", "N002": "2017-01-01", "N003": "2019-01-01", "N004": "2020-06-30",
        "M004": "2019-01-15", "L002": "2019-01-15", "L001": "2019-01-15",
    }  # fmt: skip


def test_a_document_of_unknown_date_is_counted_for_no_period_before_it_was_there_and_says_so(snapshot):
    first = snapshot.table("rows/P2_01", period="2018Q1", place="530000")
    assert set(first.item_id) == {"L003"}, "L001 and L002 count from June, when M001 carried them out"
    later = snapshot.table("rows/P2_01", period="2018H1", place="530000").set_index("item_id")
    assert "发文日期不详，按2018-06-01起计" in later.detail["L002"]


@pytest.mark.parametrize("period", PERIODS)
def test_the_mechanisms_agree_with_the_indicators(snapshot, period):
    for place in ("530000", *FOUR.values()):
        totals = snapshot.row("policies/totals", period=period, place=place)
        in_force = totals.documents_local + (totals.documents_above if place == "530000" else 0)
        assert in_force == counted(snapshot, "P2-01", period, place)
        matrix = asked(snapshot, "policies/follow_up_by_place", period, place)
        followed = indicator(snapshot, "P2-02", period, place)
        assert (matrix.is_followed.sum(), len(matrix)) == (followed.num, followed.den)
        chains = asked(snapshot, "policies/chains", period, place)
        assert chains.places_followed.sum() == followed.num
        told = asked(snapshot, "publicity/by_occasion", period, place).set_index("publicity_occasion").organizations
        reached = indicator(snapshot, "P2-03", period, place)
        assert (told.sum() - told["未宣传"], told.sum()) == (reached.num, reached.den)
        held = snapshot.row("qualifications/totals", period=period, place=place)
        for code, number in (("P2-05", held.charities), ("P2-06", held.fundraisers), ("P2-07", held.tax_deductible)):
            assert number == counted(snapshot, code, period, place), code
        workers = asked(snapshot, "talent/by_place", period, place).social_workers
        assert workers.dropna().sum() == counted(snapshot, "P2-08", period, place)
        trained = snapshot.row("talent/training_totals", period=period, place=place)
        assert trained.participants == counted(snapshot, "P2-09", period, place)


# The page


def captions(app) -> list[str]:
    return [c.value for c in app.caption]


def test_the_page_of_the_province(snapshot):
    app = open_page(PAGE, period="2019")
    assert_whole(app, "2019年")
    assert metric(app, "省级及以上现行文件").value == "5件"
    assert metric(app, "州市、县现行文件").value == "6件"
    assert metric(app, "税收类现行文件").value == "0件"
    assert metric(app, "省级税前扣除资格（2019年度名单）").value == "3个"
    assert metric(app, "参训人次").value == "80人次"
    assert metric(app, "本土占比").value == "58.8%"  # 0.5875, half up
    matrix = table(app, "州市配套落实")
    assert matrix.shape == (16, 5)
    assert matrix.loc["昭通"].tolist() == ["✓ 2018-06-01", "✓ 2018-12-31", "✓ 2019-10-01", "未配套", "3/4"]
    assert matrix.loc["大理"].tolist() == ["✓ 2019-01-15", "未配套", "未配套", "未配套", "1/4"]
    assert matrix.loc["德宏"].tolist() == ["未配套"] * 4 + ["0/4"]
    assert list(matrix.columns) == [
        "① 工作规范·贯彻落实",
        "② 工作思路·印发",
        "③ 工作规范·联合转发",
        "④ 业务指导·联合印发",
        "已配套",
    ]
    assert any("①《省级重点文件一》　②《省级重点文件二》" in text for text in captions(app))
    assert table(app, "政策文件链").州市配套.tolist() == ["2/16", "1/16", "1/16", "0/16", "—"]
    assert table(app, "政策文件").shape[0] == 13
    assert table(app, "税前扣除资格名单").社会组织.tolist() == ["组织甲基金会", "组织乙", "组织癸"]
    assert chart(app, "bars_四个时机的政策宣传")["data"][0]["y"] == ["年检", "抽查", "评估", "换届", "未宣传"]
    assert len(chart(app, "curves_三项资格：各年末")["data"]) == 3
    assert any("兴滇人才奖获奖社工：本报告期、本地区没有记录" in text for text in captions(app))


def test_what_is_not_yet_told_is_grey_and_counts_have_whole_ticks(snapshot):
    app = open_page(PAGE, period="2019")
    pieces = {trace["name"]: trace["marker"]["color"] for trace in chart(app, "pieces_各地政策宣传")["data"]}
    assert pieces["未宣传"] == "#D6DAE0"
    assert list(pieces.values()).count("#D6DAE0") == 1
    axis = chart(app, "curves_各季度协调会议")["layout"]["yaxis"]
    assert axis["dtick"] == 1
    assert "60k" not in json.dumps(chart(app, "curves_社会工作专业人才：各半年末"))
    assert chart(app, "curves_社会工作专业人才：各半年末")["layout"]["yaxis"]["tickformat"] == ","


def test_the_page_of_a_prefecture(snapshot):
    app = open_page(PAGE, period="2020H1", place="533300")
    assert_whole(app, "2020年上半年")
    assert table(app, "州市配套落实").loc["怒江"].tolist() == ["未配套", "未配套", "未配套", "✓ 2020-03-01", "1/4"]
    assert metric(app, "州市、县现行文件").value == "2件"
    assert metric(app, "慈善组织").value == "0个"
    assert metric(app, "本土占比").value == "100.0%"  # 45 of 45 in 福贡
    assert table(app, "各州市社会工作人才").地区.tolist() == ["怒江"]
    told = captions(app)
    assert "三项资格：截至本报告期末，本地区没有具备资格的社会组织。" in told
    assert "协调会议：截至本报告期末，本地区没有记录。" in told
    assert "税前扣除资格名单：本报告期、本地区没有记录。" in told


def test_the_page_of_a_county(snapshot):
    app = open_page(PAGE, period="2019", place="533301")
    assert_whole(app, "2019年")
    assert table(app, "州市配套落实").index.tolist() == ["怒江"]
    assert metric(app, "参训人次").value == "50人次"
    assert metric(app, "本土占比").value == "70.0%"
    told = captions(app)
    assert "社会工作专业人才：各半年末：本报告期、本地区没有记录。" in told
    assert "各州市社会工作人才：本报告期、本地区没有记录。" in told


def test_a_period_without_data_is_calm(snapshot):
    app = open_page(PAGE, period="2018Q1", place="533323")
    assert_whole(app, "2018年一季度")
    assert metric(app, "培训场次").value == "0场"
    assert metric(app, "本土占比").value == "—"
    told = captions(app)
    for name in ("公开募捐资格名单", "慈善组织名单", "税前扣除资格名单", "兴滇人才奖获奖社工"):
        assert f"{name}：本报告期、本地区没有记录。" in told


def test_the_facts_of_this_pillar_are_all_there():
    with open("tests/facts/P2.csv", encoding="utf-8") as file:
        facts = list(csv.DictReader(file))
    assert [fact["id"] for fact in facts] == [f"S{n:03d}" for n in range(30, 52)]
    assert {fact["page"] for fact in facts} == {PAGE}
