"""数据质量 and the notes beside figures: what was due and came, lights, issues, control totals; the way of a number."""

from datetime import date
from types import SimpleNamespace

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from tests.conftest import read_tiny
from tests.screens import assert_whole, html, metric, open_page, table, visible_text
from yunnan import settings
from yunnan.data import queries, snapshots
from yunnan.front.address import entry
from yunnan.front.kit import returns_note
from yunnan.front.trust import quality
from yunnan.publication import derived_tables
from yunnan.publication.publish import load

PAGE = "pages/trust/quality.py"
NOTES = "pages/trust/data_notes.py"
PROVINCE, LINCANG, DALI, DEHONG, NUJIANG, YUXI = "530000", "530900", "532900", "533100", "533300", "530400"
AFTER = "2020-07-20T09:00:00"  # later than 2020-07-15 18:00, when the tiny province's second quarter was due
LIT, DARK, NOT_YET, UNKNOWN = "达到", "未达", "未到期", "无从判断"


def lights(snapshot, period: str, published_at: str = AFTER) -> pd.DataFrame:
    found = snapshot.table("returns/lights", period=period, place=PROVINCE, published_at=published_at)
    return found[found.period == period].set_index("prefecture_code")


def four(row) -> tuple[str, ...]:
    return tuple(row[name] for name in quality.LIGHTS)


# Queries, by hand: tests/snapshot/snapshot_manifest.csv, returns_received.csv, quality_issues.csv


def test_what_is_due_is_six_tables_a_prefecture_and_finished_quarter(snapshot):
    found = snapshot.table("returns/lights", period="2020", place=PROVINCE, published_at=AFTER)
    assert len(found) == 16 * 10
    assert (found.returns_due == 6).all()
    # organizations and projects come once, with the last return: 德宏 with the first quarter of 2020
    assert found.returns_received.sum() == (16 * 4 - 3) + 7 * 16 * 4 + (16 * 4 + 2) + 15 * 6
    assert len(snapshot.table("returns/lights", period="2019", place="533323", published_at=AFTER)) == 8  # 怒江's


def received_on(day: str, due: str) -> pd.DataFrame:
    """Lights and returns of 昭通 whose six tables of 2018Q1 came on a day and were due on another."""
    first = read_tiny()["snapshot_manifest"].to_pylist()[0]
    tables = ("organizations", "projects", "funds", "beneficiaries", "activities", "reported_stats")
    sent = [first | {"batch_id": table, "table_name": table, "source_file": table, "prefecture_code": "530600",
                     "report_period": "2018Q1", "received_at": day, "due_date": due} for table in tables]  # fmt: skip
    with duckdb.connect() as db:
        load(db, read_tiny() | {"snapshot_manifest": pa.Table.from_pylist(sent)}, date(2020, 6, 30))
        derived_tables.fill_periods(db, date(2020, 6, 30))
        db.execute(queries.load("publish/regions").sql)
        asked = {"period": "2018Q1", "place": "530600"}
        lit = db.execute(queries.load("returns/lights").sql, asked | {"published_at": AFTER}).df()
        returns = db.execute(queries.load("places/returns").sql, asked).df()
        rates = db.execute(queries.load("returns/rates_by_quarter").sql, asked | {"published_at": AFTER}).df().iloc[0]
        late = db.execute(queries.load("checks/warn_return_late").sql).fetchall()
    told = " ".join(sorted(set(returns.report_status)))
    return lit.assign(told=told, warned=len(late), timely_rate=rates.timely_rate).iloc[0]


@pytest.mark.parametrize(
    ("day", "light", "days", "told", "came"),
    [
        ("2018-04-10 09:00:00", LIT, 0, "按时", "6/6"),
        ("2018-04-20 18:00:00", DARK, 10, "迟报", "6/6 迟10天"),
        ("2019-04-10 17:00:00", DARK, 365, "迟报", "6/6 迟365天"),
        ("2021-12-01 09:00:00", UNKNOWN, 0, "补录", "6/6 补录6张"),
    ],
)
def test_history_entered_more_than_a_year_later_is_told_apart_from_what_came_late(day, light, days, told, came):
    row = received_on(day, "2018-04-10 18:00:00")
    assert (row.timely_light, row.days_late, row.told, quality._returns_text(row)) == (light, days, told, came)
    assert row.complete_light == LIT
    assert row.returns_late == row.warned == (6 if told == "迟报" else 0)
    assert row.returns_backfilled == (6 if told == "补录" else 0)
    assert pd.isna(row.timely_rate) if told == "补录" else row.timely_rate == (1 if told == "按时" else 0)


def test_the_four_lights_of_a_quarter(snapshot):
    found = lights(snapshot, "2020Q2")
    # 怒江: all in time; one row of the activities was refused and is still to be mended
    assert tuple(found.loc[NUJIANG, ["returns_received", "returns_late", "days_late", "open_errors"]]) == (6, 0, 0, 1)
    assert four(found.loc[NUJIANG]) == (LIT, LIT, DARK, LIT)
    # the quarter before: four tables of six
    assert tuple(lights(snapshot, "2020Q1").loc[NUJIANG, ["returns_received", "returns_late"]]) == (4, 0)
    assert four(lights(snapshot, "2020Q1").loc[NUJIANG])[:2] == (DARK, DARK)
    # 德宏: one file, refused whole, which is as if it had not come
    assert tuple(found.loc[DEHONG, ["returns_received", "days_late", "open_errors"]]) == (0, 5, 1)
    assert four(found.loc[DEHONG]) == (DARK, DARK, DARK, UNKNOWN)
    # 大理 2020Q1: declared 3 rows and 15万, sent 2 rows of 13万
    assert four(lights(snapshot, "2020Q1").loc[DALI]) == (DARK, DARK, DARK, LIT)
    assert lights(snapshot, "2020Q1").loc[LINCANG].returns_late == 1  # 18 April, due on the 15th


def test_before_it_is_due_a_missing_return_is_grey(snapshot):
    found = lights(snapshot, "2020Q2", "2020-07-15T09:00:00")
    assert four(found.loc[DEHONG]) == (NOT_YET, NOT_YET, NOT_YET, NOT_YET)
    assert four(found.loc[NUJIANG])[:2] == (LIT, LIT)
    assert found.loc[DEHONG].days_late == 0


def test_six_tables_in_time_that_agree_and_can_be_traced_light_all_four(revised_data, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", revised_data)
    found = lights(snapshots.find("2020-06-30.r2"), "2018Q1")
    assert four(found.loc[YUXI]) == (LIT, LIT, LIT, LIT)
    assert found.loc[YUXI].days_late == 0


def test_the_rows_of_a_return_about_few_people_are_told_nowhere(snapshot):
    """Six rows in a year of 昭通 would say that a hidden count of its people, or households, is six at most."""
    where = {"period": "2020Q2", "place": PROVINCE}
    tables = (
        snapshot.table("returns/files", **where),
        snapshot.table("returns/control_totals", **where),
        snapshot.table("lineage/files"),
        snapshot.table("places/returns", period="2020Q2", place="530600"),
    )
    for listed in tables:
        about_people = listed[listed.return_name == "受益"]
        counts = [name for name in listed.columns if name.startswith(("rows_", "declared_rows"))]
        assert not about_people[counts].stack().between(1, 9).any()
        assert about_people[counts].isna().any(axis=None)
        assert listed[listed.return_name == "资金"][counts].stack().between(1, 9).any(), "of money rows are told"


def test_rates_are_returns_over_returns_due(snapshot):
    found = snapshot.table("returns/rates_by_quarter", period="2020", place=PROVINCE, published_at=AFTER)
    first = found.set_index("period").loc["2020Q1"]
    assert (first.returns_due, first.returns_received, first.returns_in_time) == (96, 66, 65)  # 临沧 is late
    assert (first.report_rate, first.timely_rate) == (pytest.approx(66 / 96), pytest.approx(65 / 96))
    last = found.set_index("period").loc["2020Q2"]
    assert (last.rows_in, last.rows_accepted) == (
        46,
        45,
    )  # 25 of them organizations and projects; without 4 about people
    early = snapshot.table("returns/rates_by_quarter", period="2020", place=DEHONG, published_at="2020-07-15T09:00:00")
    assert "2020Q2" not in set(early.period)  # nothing was due


def test_issues_are_counted_by_rule_and_by_quarter(snapshot):
    where = {"period": "2020", "place": PROVINCE}
    rules = snapshot.table("returns/issues_by_rule", **where).set_index("rule_id")
    assert tuple(rules.loc["DQ-10", ["issues", "issues_open", "issues_mended", "files"]]) == (2, 1, 1, 2)
    assert rules.loc["DQ-28"].rule_zh == "其中数大于总数（党员>参加人数）"
    quarters = snapshot.table("returns/issues_by_quarter", **where).set_index(["rule_id", "period"])
    assert quarters.issues.sum() == rules.issues.sum() == 7
    assert quarters.issues_open["DQ-10", "2019Q4"] == 0
    own = snapshot.table("returns/issues_by_rule", period="2020", place=NUJIANG)
    assert set(own.rule_id) == {"DQ-10", "DQ-28"}
    assert snapshot.table("returns/issues_by_rule", period="2019", place=NUJIANG).empty


def test_control_totals_that_differ_stand_first(snapshot):
    found = snapshot.table("returns/control_totals", period="2020", place=PROVINCE)
    assert len(found) == 679
    assert list(found.is_agreed[:2]) == [False, True]
    first = found.iloc[0]
    assert (first.declared_rows, first.rows_in, first.rows_missing, first.yuan_missing) == (3, 2, -1, -20_000)
    # a refused row is an issue of its own, not a difference
    refused = found.set_index("batch_id").loc["2020Q2-533300-activities"]
    assert (refused.declared_rows, refused.rows_in, refused.rows_accepted, refused.is_agreed) == (3, 3, 2, True)


def test_files_refused_whole_and_of_unknown_senders_are_listed(snapshot):
    found = snapshot.table("returns/files", period="2020", place=PROVINCE).set_index("batch_id")
    assert len(found) == 681
    unknown, refused = found.iloc[0], found.iloc[1]
    assert (unknown.place_name, unknown.return_name, unknown.status) == ("认不出", "认不出", "整份拒收")
    assert (refused.place_name, refused.rows_in, refused.rows_refused, refused.rows_dropped) == ("德宏州", 4, 3, 1)
    assert (found.rows_in == found.rows_accepted + found.rows_refused + found.rows_dropped).all()
    own = snapshot.table("returns/files", period="2020Q2", place=DEHONG)
    assert own.batch_id.iloc[0] == refused.name
    issues = snapshot.table("returns/issues_of_file", batch=refused.name)
    assert list(issues.rule_id) == ["DQ-20", "DQ-24"]
    assert "raw_value" not in issues


def test_issues_and_files_of_others_are_not_seen(tiny_data, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", tiny_data)
    own = snapshots.find("2020-06-30.r1", frozenset({DALI}))
    assert set(own.table("returns/files", period="2020", place=PROVINCE).place_name) == {"大理州"}
    assert set(own.table("returns/issues_by_rule", period="2020", place=PROVINCE).rule_id) == {"DQ-10", "DQ-25"}
    assert own.table("returns/issues_of_file", batch="2020Q2-533300-funds").empty


# Notes


def notes(snapshot, period: str, place: str, *tables: str) -> str:
    where = {"period": period, "place": place, "tables": list(tables), "published_at": AFTER}
    return returns_note.note(snapshot.table("returns/notes", **where), len(tables))


def test_a_note_tells_only_of_the_tables_and_quarters_of_the_figure(snapshot):
    assert (
        notes(snapshot, "2020Q2", DEHONG, "funds")
        == "德宏州2020年二季度未报送资金；德宏州2020年二季度有待处理的错误（资金）"
    )
    assert notes(snapshot, "2020Q1", LINCANG, "funds") == "临沧市2020年一季度迟报（资金，3天）"
    assert notes(snapshot, "2020Q1", DALI, "funds") == "大理州2020年一季度控制总数不符（资金）"
    assert notes(snapshot, "2020Q2", LINCANG, "funds") == ""
    assert notes(snapshot, "2019", DEHONG, "funds") == ""
    assert notes(snapshot, "2020Q1", NUJIANG, "funds", "organizations") == "怒江州2020年一季度缺组织表"
    assert notes(snapshot, "2020Q1", PROVINCE, "organizations").startswith("昆明市2020年一季度未报送组织、昭通市")


def test_a_whole_quarter_that_did_not_come_needs_no_list_of_tables(snapshot):
    said = notes(snapshot, "2020Q2", DEHONG, *returns_note.RETURNED)
    assert said.startswith("德宏州2020年二季度未报送；")


def test_several_of_the_lesser_kinds_are_counted():
    row = {
        "prefecture_name": "临沧市",
        "period_label": "2019年三季度",
        "defect": "迟报",
        "return_names": "资金",
        "days_late": 2,
    }
    assert returns_note.note(pd.DataFrame([row]), 1) == "临沧市2019年三季度迟报（资金，2天）"
    assert returns_note.note(pd.DataFrame([row, row, row]), 1) == "迟报3处"
    assert returns_note.note(pd.DataFrame([row]).iloc[:0], 1) == ""


def test_a_figure_is_made_of_the_tables_that_its_sql_reads():
    assert returns_note.tables_of(["P1-08"]) == ["funds"]
    assert returns_note.tables_of(["P1-07"]) == ["organizations", "projects", "funds"]  # organizations by a macro
    assert returns_note.tables_of(["P3-02"]) == ["projects"]  # by a view
    assert returns_note.tables_of(["P1-09", "P2-08"]) == ["beneficiaries", "reported_stats"]
    assert returns_note.tables_of(["P2-01"]) == []  # documents are in no return
    assert returns_note.tables_of(["SCORE"]) == list(returns_note.RETURNED)
    assert returns_note.tables_of(["PER_POOR"]) == ["funds"]
    assert all(queries.sources(card.name) for card in queries.folder("indicators"))


def captions(app) -> list[str]:
    return [c.value for c in app.caption if c.value.startswith("△ 报送提示")]


@pytest.mark.parametrize(
    ("page", "url"),
    [
        ("pages/province/overview.py", {}),
        ("pages/places/prefecture.py", {"place": DEHONG}),
        ("pages/places/county.py", {"place": "533103"}),
        ("pages/pillars/platform.py", {"place": DEHONG, "indicator": "P4-03"}),
        ("pages/trust/definitions.py", {"place": DEHONG, "indicator": "P1-08", "evidence": "true"}),
    ],
)
def test_the_note_stands_beside_the_figures_with_a_way_to_the_quality(snapshot, page, url):
    app = open_page(page, period="2020Q2", **url)
    assert_whole(app, "2020年二季度")
    said = [text for text in captions(app) if "德宏州2020年二季度未报送" in text]
    assert said
    links = [link.proto for link in app.get("page_link") if link.proto.label == "数据质量"]
    assert {f"place={url.get('place', PROVINCE)}" in link.query_string for link in links} >= {True}
    assert all("period=2020Q2" in link.query_string for link in links)


def test_where_all_is_well_there_is_no_note(snapshot):
    app = open_page("pages/trust/definitions.py", place=LINCANG, period="2020Q2", indicator="P1-08", evidence="true")
    assert [text for text in captions(app) if "临沧" in text] == []


# Pages


def test_the_page_shows_the_heat_the_rules_and_the_refused_files(snapshot):
    app = open_page(PAGE, period="2020Q2")
    assert_whole(app, "2020年二季度")
    came = table(app, "各州市各季度应报与已报")
    assert came.shape == (16, 10)
    assert came.loc["德宏州", "2020Q2"] == "0/6 未到期"  # the tiny province is published on the day it is due
    assert came.loc["怒江州", "2020Q2"] == "6/6 不一致"  # why its cell is yellow
    assert came.loc["红河州", "2020Q2"] == "6/6"
    assert came.loc["临沧市", "2020Q1"] == "4/6 逾期91天"
    assert table(app, "各州市各季度四灯").loc["大理州", "2020Q1"] == "■■■●"
    text = visible_text(app)
    assert all(rule in text for rule in queries.load("returns/lights")["rule"].split("|"))
    assert "整份拒收 **2** 份" in text
    assert metric(app, "不符").value == "1份"
    assert (
        table(app, "控制总数不符的报表")["差别"].iloc[0] == "申报3行，收到2行，少1行；申报15万元，入库13万元，少2万元"
    )
    files = table(app, "收到的报表")
    assert list(files["状态"][:2]) == ["■ 整份拒收", "■ 整份拒收"]
    assert len(files["文件指纹（sha256）"].iloc[0]) == 12
    assert app.selectbox(key="w_batch").value == "unknown-000000-2020Q2-fedcba987654"
    assert "./export/feedback/" not in "".join(e.value for e in app.html)  # none was made


def test_a_prefecture_narrows_everything_and_a_file_opens_its_issues(snapshot):
    app = open_page(PAGE, period="2020Q2", place=NUJIANG, batch="2020Q2-533300-activities")
    assert_whole(app, "2020年二季度")
    quarters = table(app, "各季度报送四灯")
    assert list(quarters["报告期"][:2]) == ["2020Q2", "2020Q1"]
    assert set(table(app, "收到的报表")["地区"]) == {"怒江州"}
    assert list(table(app, "本份报表的问题")["规则"]) == ["DQ-28"]
    (said,) = html(app, "finding")
    assert said.count("怒江州截至2020年二季度应报60张表") == 1
    app.selectbox(key="w_batch").set_value("2020Q2-533300-funds").run()
    assert app.query_params["batch"] == "2020Q2-533300-funds"
    assert list(table(app, "本份报表的问题")["规则"]) == ["DQ-10"]


def test_a_county_has_the_returns_of_its_prefecture(snapshot):
    app = open_page(PAGE, period="2020", place="533323")
    assert "福贡县随所属州市报送，以下为该州市的报表。" in [c.value for c in app.caption]
    assert set(table(app, "收到的报表")["地区"]) == {"怒江州"}


def test_a_feedback_workbook_has_an_address_of_its_own_snapshot():
    assert entry.feedback_address("funds-533100-2020Q2-0123456789ab", "2020-06-30.r1") == (
        "./export/feedback/funds-533100-2020Q2-0123456789ab.xlsx?asof=2020-06-30.r1"
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((312, 309, 309, None, None), "申报312行，收到309行，少3行"),
        ((309, 312, 310, None, None), "申报309行，收到312行，多3行；另拒收2行"),
        ((2, 2, 2, 150_000, 130_000), "申报15万元，入库13万元，少2万元"),
        ((2, 2, 2, 130_000, 150_000), "申报13万元，入库15万元，多2万元"),
    ],
)
def test_a_difference_is_told_in_words(row, said):
    declared, came, accepted, declared_yuan, accepted_yuan = row
    told = SimpleNamespace(
        declared_rows=declared, rows_in=came, rows_accepted=accepted, declared_yuan=declared_yuan,
        accepted_yuan=accepted_yuan, yuan_missing=accepted_yuan and accepted_yuan - declared_yuan,
    )  # fmt: skip
    assert quality.difference(told) == said


# The way of a number


def test_a_file_leads_to_its_rows_and_the_indicators_they_are_counted_in(snapshot):
    app = open_page(NOTES, file="2020Q2-533300-funds", period="2020H1", indicator="P1-08")
    assert_whole(app, "2020年上半年")
    text = visible_text(app)
    assert "接收 **3** 行 → 表“资金”（`funds`），快照中现有 **3** 行。" in text
    fed = table(app, "由这份报表的行算出的指标").set_index("指标代码")["记录（条）"]
    # F34 获批 中央财政, F35 到账 中央财政, F36 支出 福彩公益金, in the second quarter
    assert (fed["P1-08"], fed["P3-04"], fed["P4-03"], fed["P4-04"]) == ("1", "1", "1", "0")
    assert "P1-09" not in fed.index
    files = table(app, "构成该指标的报表文件")
    # 到账 of the half-year: F31 大理, F32 昭通, F35 怒江, F37 德宏
    assert set(files["来源文件"]) == {
        f"资金_{p}.xlsx" for p in ("大理_2020Q1", "昭通_2020Q1", "怒江_2020Q2", "德宏_2020Q1")
    }
    assert files["记录（条）"].sum() == 4
    assert set(files["报表"]) == {"资金"}


def test_people_are_led_to_protected_sums_and_never_to_rows(snapshot):
    app = open_page(NOTES, file="2020Q2-533300-beneficiaries", period="2019", indicator="P1-09")
    assert_whole(app, "2019年")
    assert "从不逐行打开" in visible_text(app)
    fed = table(app, "由这份报表的行算出的指标").set_index("指标代码")["记录（条）"]
    assert set(fed) == {"人数由受保护的汇总得出"}
    assert list(table(app, "构成该指标的报表文件")["来源文件"]) == ["受益人数立方（小数保护）"]
