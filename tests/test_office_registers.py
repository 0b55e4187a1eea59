"""What an office knows besides its returns comes as files do: targets, documents, programmes, poverty, lists."""

import json
import re
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.command_line import run
from tests.conftest import reference
from tests.file_answers import Client
from tests.office import (
    DOCUMENTS,
    ENDED,
    FIGURES,
    FUNDS,
    GIFT,
    LINKING,
    LISTED,
    MONEY,
    NAMES,
    NOTICE,
    PAIR,
    PAIRINGS,
    PLAN,
    POOR,
    POVERTY,
    PROGRAMME,
    PROGRAMMES,
    RAISED,
    RATE,
    SPANS,
    STAGES,
    TARGETS,
    TRAITS,
    UNIT,
    UNITS,
    WORDS,
    publish,
    rows,
)
from tests.screens import drawn, open_page, visible_text, words_of
from yunnan import settings
from yunnan.data import snapshots, two_snapshots
from yunnan.data.view import View
from yunnan.drawing.charts import maps
from yunnan.drawing.cockpit import resource
from yunnan.front.trust import changes
from yunnan.publication import staging


def test_what_is_sent_stands_in_the_snapshot_and_nothing_of_the_article_does(office_send):
    for head, sent in (
        (TARGETS, [MONEY, RATE]), (DOCUMENTS, [NOTICE, PLAN]), (PROGRAMMES, [PROGRAMME]), (POVERTY, [POOR]),
        (WORDS, [UNIT]), (FUNDS, [GIFT]),
    ):  # fmt: skip
        report = office_send(head, *sent)
        assert (report["status"], report["accepted"]) == ("accepted", len(sent)), report
    snapshot = publish()
    targets = (
        "select indicator_code, region_code, target_value::double, phasing::varchar, q1_share::double from {targets}"
    )
    assert sorted(rows(snapshot, targets)) == [
        ("P1-01", "530000", 0.75, "时点", None), ("P1-08", "530000", 1_000_000, "时期", 0.25)
    ]  # fmt: skip
    words = dict(rows(snapshot, "select indicator_code, target_logic from {indicators}"))
    assert words["P1-01"] == "2026年75.0%（2026年工作要点）"
    assert words["P1-08"] == "2026年100万元（2026年工作要点）"
    assert words["P1-07"] == "没有下达全省目标"
    documents = "select policy_id, parent_policy_id, known_date::varchar, status::varchar from {policies} order by 1"
    assert rows(snapshot, documents) == [("L1", None, "2022-03-01", "现行"), ("L2", "L1", "2022-05-01", "现行")]
    assert rows(snapshot, "select name_zh, supervising_unit from {programmes}") == [PROGRAMME[1::2]]
    poor = (
        "select region_code, year, poor_population, poor_rate::double, certainty::varchar from {county_poverty_annual}"
    )
    assert rows(snapshot, poor) == [("530000", 2019, 442_000, 0.0132, "sourced")]
    own = "select label from {code_lists} where source_file is not null"
    assert rows(snapshot, own) == [("省乡村振兴局",)]
    assert rows(snapshot, "select count(*) > 50 from {code_lists} where source_file is null") == [(True,)]


def test_without_registers_nobody_is_held_against_the_targets_of_the_article(office_send):
    office_send(FUNDS, ("2019-02-03", *GIFT[1:]), options=("--period", "2019Q1"))
    snapshot = publish("2019-03-31")
    for table in ("targets", "policies", "county_poverty_annual", "programmes"):
        assert rows(snapshot, f"select count(*) from {{{table}}}") == [(0,)], table
    judged = (
        "select count(*) from {indicator_values} where target_value is not null or status::varchar in ('达标', '滞后')"
    )
    assert rows(snapshot, judged) == [(0,)]


def test_a_programme_of_the_article_comes_where_money_names_it(office_send):
    report = office_send(FUNDS, (*GIFT[:-1], "科技助力精准扶贫工程"))
    assert report["accepted"] == 1
    assert rows(publish(), "select programme_code, source_file from {programmes}") == [("PG-KJZL", None)]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (TARGETS, MONEY),
        (PROGRAMMES, PROGRAMME),
        (POVERTY, POOR),
        (WORDS, UNIT),
        (FIGURES, RAISED),
        (TRAITS, LISTED[0]),
        (PAIRINGS, PAIR),
    ],
)
def test_a_register_of_the_province_is_not_taken_from_a_prefecture(office_send, head, row):
    report = office_send(head, row, options=("--period", "2026Q1", "--prefecture", "533300"))
    assert (report["status"], report["accepted"]) == ("refused", 0)
    assert "登记表只由省里报，这里写的是怒江傈僳族自治州" in report["refused"][0]["message"]


def test_a_changed_target_alone_is_a_reason_to_publish_and_stands_in_the_ledger(office_send):
    office_send(FUNDS, GIFT)
    office_send(TARGETS, MONEY, RATE)
    first = publish()
    office_send(TARGETS, (*MONEY[:3], "120万元", *MONEY[4:]), file="目标改.csv")
    second = publish()
    assert second.name == "2026-03-31.r2"
    values = "select indicator_code, target_value::double from {targets}"
    assert rows(second, values) == [("P1-08", 1_200_000)]  # the rate stood only in the return that was replaced
    both = two_snapshots.between(snapshots.find(first.name), snapshots.find(second.name))
    changed = both.table("changes/rows", table="targets", place="530000", causes=(), most=10)
    told = [(row.cause, row.column_name, row.old_content, row.new_content) for row in changed.itertuples(index=False)]
    assert ("更正", "target_value", "1000000.0", "1200000.0") in told
    assert [cause for cause, *_ in told if cause == "撤回"] == ["撤回"]


def test_registers_are_due_at_no_time_and_make_no_quarter_complete(office_send):
    office_send(FUNDS, GIFT)
    office_send(DOCUMENTS, (*NOTICE[:8], "2014-03-01", ""), options=("--period", "2014Q1"))
    snapshot = publish()
    assert rows(
        snapshot, "select count(*) from {quality_issues} where rule_id = 'DQ-26' and batch_id like 'policies%'"
    ) == [(0,)]
    assert rows(snapshot, "select min(year) from {periods}") == [(2026,)]


def test_a_register_without_a_period_holds_from_the_quarter_in_which_it_comes(office_send):
    report = office_send(TARGETS, RATE, options=())
    today = settings.today()
    assert (report["period"], report["prefecture"]) == (f"{today.year}Q{(today.month + 2) // 3}", "530000")


def test_a_document_that_is_sent_again_in_another_state_is_the_same_one(office_send):
    office_send(FUNDS, GIFT)
    office_send(DOCUMENTS, ("", *NOTICE[1:]))
    ((code, state),) = rows(publish(), "select policy_id, status::varchar from {policies}")
    office_send(DOCUMENTS, ("", *NOTICE[1:-1], "失效"), options=("--period", "2026Q2"))
    again = publish("2026-06-30")
    assert state == "现行"
    assert rows(again, "select policy_id, status::varchar from {policies}") == [(code, "失效")]


def test_what_a_register_brings_may_be_cited_in_the_same_run_and_later(office_send, office_data):
    office_send(WORDS, UNIT)
    office_send(PROGRAMMES, PROGRAMME)
    org = (
        "O000001",
        "昆明助农协会",
        "社会团体",
        "州市级",
        "昆明市",
        "昆明市",
        "省乡村振兴局",
        "2015-03-02",
        "正常",
        "未覆盖",
        "未评估",
    )
    assert office_send(UNITS, org)["accepted"] == 1
    assert office_send(FUNDS, (*GIFT[:-1], "乡村振兴专项行动"))["accepted"] == 1
    publish()
    words = snapshots.find(snapshots.published()[0]).table("intake/lists")
    listed = set(words.itertuples(index=False, name=None))
    assert {("programme", *PROGRAMME[:2], ""), ("supervising_unit", *UNIT[1:3], "")} <= listed
    for path in staging.paths():  # what is staged is no longer needed to know the words
        path.rename(path.with_name(f".{path.name}"))
    assert office_send(UNITS, ("O000002", *org[1:]), file="组织二.csv")["accepted"] == 1
    unheard = office_send(UNITS, (*org[:6], "没有登记的局", *org[7:]), file="组织三.csv")
    assert (unheard["accepted"], unheard["refused"][0]["column"]) == (0, "业务主管单位")


RENAMED = ("武定县", "武定市", "", "532399", "2024-05-01", "政府公告")


@pytest.mark.parametrize(
    ("head", "row", "column", "part"),
    [
        (TARGETS, ("P9-99", *RATE[1:]), "指标", "不在代码表"),
        (TARGETS, (*RATE[:2], "泸水市", *RATE[3:]), "地区", "州市为止"),
        (TARGETS, (*RATE[:2], "广东省", *RATE[3:]), "地区", "不是本省的地区"),
        (TARGETS, (*RATE[:3], "85", *RATE[4:]), "目标值", "请写85%或0.85"),
        (TARGETS, (*RATE[:3], "0", *RATE[4:]), "目标值", "应大于0"),
        (TARGETS, (*RATE[:3], "约80%", *RATE[4:]), "目标值", "不是确切的数"),
        (TARGETS, (*RATE[:4], "时期", *RATE[5:]), "进度口径", "与指标类型不符"),
        (TARGETS, (*RATE[:5], "100%", *RATE[6:]), "一季度占比", "不分季度"),
        (TARGETS, (*MONEY[:8], "", MONEY[9]), "一季度占比", "没有填全"),
        (TARGETS, (*MONEY[:8], "20%", MONEY[9]), "一季度占比", "合计95.00%"),
        (DOCUMENTS, (*PLAN[:6], "L2", *PLAN[7:]), "上级文件编号", "就是它自己"),
        (DOCUMENTS, (*NOTICE[:7], "怒江州", *NOTICE[8:]), "地区", "核对层级与地区"),
        (DOCUMENTS, (*PLAN[:7], "省本级", *PLAN[8:]), "地区", "核对层级与地区"),
        (DOCUMENTS, (*NOTICE[:8], "2026-05-01", ""), "印发日期", "晚于报告期末"),
        (POVERTY, (*POOR[:1], "2026", *POOR[2:]), "年末", "晚于报告期末"),
        (POVERTY, (*POOR[:2], "", "", POOR[4]), "未脱贫人口", "至少填一项"),
        (POVERTY, (*POOR[:3], "132%", POOR[4]), "贫困发生率", "不在0至1之间"),
        (POVERTY, (*POOR[:4], "演示"), "确定性", "不在代码表"),
        (WORDS, ("民族", *UNIT[1:]), "代码表", "不在代码表"),
        (PAIRINGS, ("云南省", *PAIR[1:]), "地区", "不能是全省；请填州市或县"),
        (PAIRINGS, (PAIR[0], "帮扶", *PAIR[2:]), "结对类别", "社会组织结对帮扶"),
        (PAIRINGS, (*PAIR[:4], "2020-12-31", "通知"), "截止日期", "早于起始日期2023-06-01"),
        (TRAITS, ("[名单](x)", *LISTED[0][1:]), "名单", "“[]()”不能用在名称里"),
        (TRAITS, (LISTED[0][0], "云南省", *LISTED[0][2:]), "地区", "不能是全省"),
        (TRAITS, (LISTED[0][0], "怒江州", *LISTED[0][2:]), "地区", "算作重点县的名单逐县列出"),
        (TRAITS, ("重点州", "泸水市", "倾斜州市", *LISTED[0][3:]), "地区", "算作倾斜州市的名单逐州市列出"),
        (TRAITS, (*LISTED[0][:2], "贫困县", *LISTED[0][3:]), "指标里算作", "重点县、最困难县、边境县"),
        (TRAITS, (*LISTED[0][:4], "2020-12-31", "通知"), "截止日期", "早于起始日期2021-08-27"),
        (NAMES, ("楚雄州", *RENAMED[1:]), "地区", "只有县（市、区）改名"),
        (NAMES, (RENAMED[0], "武定", *RENAMED[2:]), "全称", "请写以县、市或区结尾的全称"),
        (NAMES, (RENAMED[0], "泸水市", *RENAMED[2:]), "全称", "“泸水市”是泸水市（533301）的名称或代码"),
        (NAMES, (RENAMED[0], "禄丰市", *RENAMED[2:]), "全称", "“禄丰市”是禄丰县（532331）的名称或代码"),
        (NAMES, (RENAMED[0], "县", *RENAMED[2:]), "全称", "不像县级地名"),
        (NAMES, (RENAMED[0], "武<b>定市", *RENAMED[2:]), "全称", "“<>”不能用在名称里"),
        (NAMES, (*RENAMED[:2], "泸水市", *RENAMED[3:]), "简称", "“泸水市”是泸水市（533301）的名称或代码"),
        (NAMES, (*RENAMED[:3], "533301", *RENAMED[4:]), "新的区划代码", "“533301”是泸水市（533301）的名称或代码"),
        (NAMES, (*RENAMED[:3], "433301", *RENAMED[4:]), "新的区划代码", "应如532302"),
        (SPANS, (*ENDED[:2], "", ENDED[3]), "起始日期", "起始日期与截止日期都是空的"),
        (SPANS, (ENDED[0], "2026-01-01", *ENDED[2:]), "截止日期", "早于起始日期2026-01-01"),
        (FIGURES, ("一", *RAISED[1:]), "编号", "应如GB-01"),
        (FIGURES, (*RAISED[:2], "几十万元", *RAISED[3:]), "公布写法", "不是一个以元为单位的数"),
        (FIGURES, (*RAISED[:2], "30万", *RAISED[3:]), "公布写法", "不是一个以元为单位的数"),
        (FIGURES, (*RAISED[:3], "P9-99", *RAISED[4:]), "指标", "不在代码表"),
        (FIGURES, (*RAISED[:4], "2026年", *RAISED[5:]), "所属时期", "2025H1"),
        (FIGURES, (*RAISED[:2], "300人", "P1-09", "2026Q1", "怒江州", "通报"), "地区", "只核对到全省"),
        (FIGURES, (*RAISED[:2], "5个", "P2-07", "2026Q1", "泸水市", "通报"), "地区", "只核对到州市"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_column_and_a_way_out(head, row, column, part, office_send):
    report = office_send(head, row)
    assert report["accepted"] == 0
    refused = [note for note in report["refused"] if note["column"] == column]
    assert refused, report["refused"]
    assert part in refused[0]["message"]


def test_a_document_may_not_carry_out_one_that_nobody_has_sent(office_send):
    office_send(FUNDS, GIFT)
    publish()
    report = office_send(DOCUMENTS, PLAN)
    assert (report["accepted"], report["refused"][0]["column"]) == (0, "上级文件编号")
    assert office_send(DOCUMENTS, NOTICE, PLAN)["accepted"] == 2


@pytest.mark.parametrize(
    ("head", "row", "column"), [(PROGRAMMES, PROGRAMME, "计划名称"), (WORDS, UNIT, "名称")], ids=["programmes", "lists"]
)
def test_two_codes_may_not_have_one_name(head, row, column, office_send):
    at = 0 if head is PROGRAMMES else 1
    twin = (*row[:at], f"{row[at]}B", *row[at + 1 :])
    report = office_send(head, row, twin)
    assert (report["accepted"], report["refused"][0]["column"], report["refused"][0]["row"]) == (1, column, 3)


STATUSES = """select region_code, status::varchar from {indicator_values} where indicator_code = 'P1-08'
    and period = '2026Q1' and level = 'prefecture' and region_code in ('533300', '530100') order by 1"""
KUNMING = ("2026-02-03", "到账", "社会捐赠", "资金", "700000", "昆明市", "盘龙区", "")


def test_a_list_of_the_whole_province_is_a_return_of_each_prefecture_where_somebody_says_so(office_send):
    assert office_send(FUNDS, GIFT, KUNMING)["status"] == "refused"  # of two prefectures: whose is it?
    part = office_send(FUNDS, GIFT, KUNMING, options=("--period", "2026Q1", "--prefecture", "530000"))
    assert (part["status"], part["accepted"]) == ("accepted", 2)
    assert rows(publish(), STATUSES) == [("530100", "未报送"), ("533300", "未报送")]
    whole = office_send(FUNDS, GIFT, KUNMING, options=("--period", "2026Q1", "--whole-province"))
    assert (whole["status"], whole["prefecture"]) == ("accepted", "530000")
    snapshot = publish()
    assert rows(snapshot, STATUSES) == [("530100", "无目标"), ("533300", "无目标")]
    for scope in (None, ("533300",)):
        opened = snapshots.find(snapshot.name, scope)
        due = opened.table("places/returns", period="2026", place="533300").set_index("return_name")
        assert due.report_status["资金"] != "未收到"
        assert due.report_status["项目"] == "未收到"
        assert due.rows_in.isna().all()


def test_a_prefectures_return_is_no_list_of_the_whole_province(office_send):
    report = office_send(FUNDS, GIFT, options=("--period", "2026Q1", "--prefecture", "533300", "--whole-province"))
    assert report["status"] == "refused"


def offered(path: Path, sheet_name: str, column: str) -> list[str]:
    """What the drop-down of a column of a form lists."""
    book = openpyxl.load_workbook(path)
    sheet = book[sheet_name]
    index = next(cell.column_letter for cell in sheet[2] if cell.value == column)
    (source,) = [one.formula1 for one in sheet.data_validations.dataValidation if f"{index}4" in one.sqref]
    first, last = re.findall(r"\$([A-Z]+)\$(\d+)", source)
    return [row[0].value for row in book["_选项"][f"{first[0]}{first[1]}:{last[0]}{last[1]}"]]


def test_a_form_offers_the_words_and_programmes_of_the_office_staged_and_published(office_send, tmp_path):
    office_send(WORDS, UNIT)
    office_send(PROGRAMMES, PROGRAMME, (PROGRAMME[0][:-1] + "2", "计划二", *PROGRAMME[2:]))

    def lists() -> tuple[list[str], list[str]]:
        for table in ("organizations", "projects"):
            assert run("template", "--table", table, "--out", str(tmp_path / f"{table}.xlsx")).exit_code == 0
        units = offered(tmp_path / "organizations.xlsx", "社会组织", "supervising_unit_code")
        return units, offered(tmp_path / "projects.xlsx", "项目", "programme_code")

    units, programmes = lists()
    assert {"省乡村振兴局", "省民政厅"} <= set(units)  # the office's beside what ships
    assert {"乡村振兴专项行动", "计划二"} <= set(programmes)
    office_send(FUNDS, GIFT)
    publish()
    for path in staging.paths():
        path.rename(path.with_name(f".{path.name}"))
    again, later = lists()
    assert sorted(again) == sorted(units)
    assert "乡村振兴专项行动" in later
    assert len(later) == len(set(later))


def test_a_word_with_a_new_name_is_offered_once_by_the_new_one(office_send, tmp_path):
    office_send(WORDS, UNIT)
    office_send(WORDS, (*UNIT[:2], "省农业农村厅（乡村振兴）", UNIT[3]), options=("--period", "2026Q2"), file="二.csv")
    assert run("template", "--table", "organizations", "--out", str(tmp_path / "a.xlsx")).exit_code == 0
    units = offered(tmp_path / "a.xlsx", "社会组织", "supervising_unit_code")
    assert "省农业农村厅（乡村振兴）" in units
    assert "省乡村振兴局" not in units


def counties_offered(file: Path, *typed: str) -> set[str]:
    """The counties of 楚雄州 that were renamed, as a form of this period offers them; each place is offered once."""
    assert run("template", *typed, "--out", str(file)).exit_code == 0
    names = offered(file, "资金", "county_code")
    assert len(names) == len(set(names)) == len(reference("counties"))
    return set(names) & {"禄丰县", "禄丰市", "武定县", "武定市"}


def test_a_form_offers_the_counties_by_their_names_on_the_last_day_of_its_period(office_send, tmp_path):
    kinds = (("--table", "funds"), ("--all",))
    for typed in kinds:
        assert counties_offered(tmp_path / "a.xlsx", *typed, "--period", "2020Q4") == {"禄丰县", "武定县"}
        assert counties_offered(tmp_path / "b.xlsx", *typed, "--period", "2021Q1") == {"禄丰市", "武定县"}
    assert counties_offered(tmp_path / "c.xlsx", *kinds[0]) == {"禄丰市", "武定县"}  # no period: today
    office_send(NAMES, RENAMED, options=("--period", "2024Q2"))  # from 1 May 2024
    office_send(FUNDS, GIFT)
    for is_published in (False, True):
        if is_published:
            publish()
            for path in staging.paths():
                path.rename(path.with_name(f".{path.name}"))
        assert counties_offered(tmp_path / "d.xlsx", *kinds[0], "--period", "2024Q1") == {"禄丰市", "武定县"}
        assert counties_offered(tmp_path / "e.xlsx", *kinds[0], "--period", "2024Q2") == {"禄丰市", "武定市"}


def test_a_list_of_places_ends_and_another_takes_its_place_and_its_name(office_send):
    office_send(FUNDS, GIFT)
    first = publish()
    flagged = "select count(*) from {counties} where is_poverty_county or is_deep_poverty"
    assert rows(first, flagged) == [(0,)]  # the lists that ship ended with 2020
    until = [(*row[:4], "2025-12-31", row[5]) for row in LISTED]
    other = ("欠发达县", "泸水市", "重点县", "2026-01-01", "", "省里的名单")
    assert office_send(TRAITS, *until, other)["accepted"] == 4
    second = publish()
    assert rows(second, "select short_zh from {counties} where is_poverty_county") == [("泸水市",)]
    assert snapshots.find(second.name).stage.say("贫困县") in ("欠发达县", "重点县")
    office_send(TRAITS, *LISTED, other, file="又报.csv")
    refused = run("publish", "--as-of", "2026-03-31")
    assert refused.exit_code == 1
    assert "两个地区名单同时算作一项" in refused.stderr


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (PAIRINGS, ("昆明市", "东西部协作", "上海市普陀区", "2021-01-01", "", "通知")),
        (TRAITS, ("三区三州", "怒江州", "倾斜州市", "2027-01-01", "", "通知")),
        (TRAITS, ("贫困县", "泸水市", "", "2021-01-01", "", "通知")),
    ],
)
def test_what_goes_on_after_a_list_or_a_pair_that_ships_stands_beside_it(head, row, office_send):
    office_send(FUNDS, GIFT)
    assert office_send(head, row)["accepted"] == 1
    snapshot = publish()
    table, name = ("pairings", "partner") if head is PAIRINGS else ("place_traits", "trait")
    spans = f"""select valid_from::varchar, source_file is null from {{{table}}}
        where {name} = '{row[2 if head is PAIRINGS else 0]}' and region_code = (
            select region_code from {{{table}}} where source_file is not null) order by 1"""
    (_, ships), (since, ours_ships) = rows(snapshot, spans)
    assert (ships, since, ours_ships) == (True, row[3], False)


def test_one_name_or_code_is_of_one_county_in_a_file_and_beside_what_was_sent_before(office_send):
    since = ("2024-05-01", "公告")
    twins = [("贡山县", "新贡市", "", "", *since), ("福贡县", "新贡市", "", "", *since)]
    codes = [("德钦县", "德钦市", "", "533499", *since), ("维西县", "维西市", "", "533499", *since)]
    report = office_send(NAMES, *twins, *codes)
    assert report["accepted"] == 2
    assert [(note["row"], note["column"]) for note in report["refused"]] == [(3, "全称"), (5, "新的区划代码")]
    again = office_send(
        NAMES, ("兰坪县", "新贡市", "", "", *since), options=("--period", "2026Q1", "--part", "2"), file="二.csv"
    )
    assert (again["accepted"], again["refused"][0]["column"]) == (0, "全称")
    gift = ("2026-02-01", *GIFT[1:5], "怒江州", "新贡市", "")
    assert office_send(FUNDS, gift)["accepted"] == 1
    assert rows(publish(), "select county_code from {funds}") == [("533324",)]


def test_published_figures_of_an_office_are_held_against_what_it_sent_in_any_stage(office_send):
    rate = ("GB-02", "组织覆盖率", "85.2%", "P1-01", "2026Q1", "云南省", "通报")
    part = ("GB-03", "怒江款物", "约31万元", "P1-08", "2026Q1", "怒江州", "通报")
    later = ("GB-04", "全年款物", "300万元", "P1-08", "2027", "云南省", "通报")
    county = ("GB-05", "泸水款物", "20多万元", "P1-08", "2026Q1", "泸水市", "通报")
    assert office_send(FIGURES, RAISED, rate, part, later, county)["accepted"] == 5
    assert office_send(FUNDS, GIFT)["accepted"] == 1
    snapshot = publish()
    figures = "select figure_code, computed, holds, seed_fact from {published_figures} order by sort_order"
    assert rows(snapshot, figures) == [
        ("GB-01", "30万元", True, None), ("GB-02", "未报送", None, None), ("GB-03", "约30万元", False, None),
        ("GB-04", "—", None, None), ("GB-05", "30多万元", False, None),
    ]  # fmt: skip
    app = open_page("pages/trust/reconciliation.py")
    assert not app.exception
    assert not app.error
    text = "\n".join(words_of(app))
    assert "文献：" not in text
    assert "2026年一季度工作通报" in text
    again = open_page("pages/trust/reconciliation.py", figure="GB-04")
    assert any("没有这个时期" in caption.value for caption in again.caption)
    of_others = snapshots.find(snapshot.name, frozenset({"533400"})).table("definitions/published_figures")
    assert list(of_others.figure_code) == ["GB-01", "GB-02", "GB-04"]


def test_a_published_figure_alone_is_a_reason_to_publish_and_goes_when_it_is_withdrawn(office_send):
    office_send(FUNDS, GIFT)
    publish()
    office_send(FIGURES, RAISED)
    codes = "select figure_code from {published_figures}"
    assert rows(publish(), codes) == [("GB-01",)]
    (batch,) = [path.name for path in staging.paths() if path.name.startswith("office_figures")]
    assert run("withdraw", batch, "--why", "这个数写错了").exit_code == 0
    assert rows(publish(), codes) == []


@pytest.mark.parametrize(
    ("trait", "places", "column"),
    [
        ("贫困县", "counties", "is_poverty_county"),
        ("深度贫困县", "counties", "is_deep_poverty"),
        ("边境县", "counties", "is_border"),
        ("民族自治县", "counties", "is_autonomous_county"),
        ("三区三州", "prefectures", "is_sqsz"),
    ],
)
def test_the_lists_of_places_that_ship_are_those_of_the_file_of_places(trait, places, column):
    code = {"counties": "county_code", "prefectures": "prefecture_code"}[places]
    of_places = {row[code] for row in reference(places).to_pylist() if row[column] == "1"}
    listed = [row["region_code"] for row in reference("place_traits").to_pylist() if row["trait"] == trait]
    assert sorted(listed) == sorted(of_places)


GRANT = ("2026-02-03", "获批", "中央财政", "资金", "300000", "怒江州", "泸水市", "")
TILT = "select num::double, value, status from {indicator_values} where indicator_code = 'P4-05' and period = '2026Q1'"


def test_without_a_list_of_favoured_prefectures_their_share_is_no_zero(office_send):
    office_send(FUNDS, GRANT)
    snapshot = publish()
    assert rows(snapshot, f"{TILT} and region_code = '530000'") == [(0, None, "不适用")]
    opened = snapshots.find(snapshot.name)
    where = {"period": "2026Q1", "place": "530000"}
    assert list(opened.table("grants/areas", **where).area) == ["其他地区", "其他地区"]
    assert opened.table("grants/tilt", period="2026Q1").sqsz_yuan.isna().all()
    assert opened.table("rows/P4_05", **where).empty
    assert list(opened.table("compare/preset").region_name) == ["昆明市", "昭通市"]
    page = "\n".join(words_of(open_page("pages/pillars/platform.py", topic="grants", part="tilt", period="2026Q1")))
    assert "没有登记截至日有效的倾斜州市名单" in page
    autonomous = "select count(*) filter (is_autonomous_county), count(*) filter (is_sqsz) from {counties}"
    assert rows(snapshot, autonomous) == [(29, 0)]  # what is no list of a stage does not end with it


def test_a_list_of_favoured_prefectures_of_the_office_is_counted_under_its_name(office_send):
    office_send(FUNDS, GRANT)
    office_send(FUNDS, (*GRANT[:4], "100000", "昭通市", "", ""), file="昭通.csv")
    office_send(STAGES, LINKING)
    office_send(TRAITS, ("帮扶重点州", "怒江州", "倾斜州市", "2022-01-01", "", "省里的通知"))
    snapshot = publish()
    assert rows(snapshot, f"{TILT} and region_code = '530000'") == [(300_000, 0.75, "观察")]
    names = dict(rows(snapshot, "select indicator_code, name_zh from {indicators}"))
    assert names["P4-05"] == "“帮扶重点州”资金倾斜度"
    assert rows(snapshot, "select count(*) from {counties} where is_sqsz") == [(4,)]
    assert list(snapshots.find(snapshot.name).table("compare/preset").region_name) == ["怒江州", "昆明市"]
    for page, part in (("pages/pillars/platform.py", "tilt"), ("pages/pillars/platform.py", "approved")):
        text = "\n".join(words_of(open_page(page, topic="grants", part=part, period="2026Q1")))
        assert "帮扶重点州" in text
        assert "三区三州" not in text
    assert "帮扶重点州" in "\n".join(words_of(open_page("pages/places/county.py", place="533301", period="2026Q1")))
    compared = "\n".join(words_of(open_page("pages/province/compare.py", period="2026Q1")))
    assert "地区为全省的比怒江州、昆明市；" in compared


def lufeng(year: int, name: str) -> tuple:
    return (f"{year}-02-03", *GIFT[1:5], "楚雄州", name, "")


@pytest.fixture
def of_two_years(office_send) -> dict[str, snapshots.Snapshot]:
    """Snapshots of 2019 and of 2023 by what 禄丰 was called on their as-of dates, with money for it by both."""
    for year, name in ((2019, "禄丰县"), (2023, "禄丰市")):
        report = office_send(FUNDS, lufeng(year, name), options=("--period", f"{year}Q1"), file=f"{year}.csv")
        assert report["accepted"] == 1
    paths = [publish("2019-03-31"), publish("2023-03-31")]
    return {name: snapshots.find(path.name) for name, path in zip(("禄丰县", "禄丰市"), paths, strict=True)}


def test_a_county_is_called_as_it_was_on_the_as_of_date_on_pages_in_files_and_in_briefings(of_two_years, tmp_path):
    for name, snapshot in of_two_years.items():
        (other,) = set(of_two_years) - {name}
        period = f"{snapshot.id[:4]}Q1"
        asked = {"asof": snapshot.id, "period": period, "part": ""}  # with the head, which paper has not
        county = open_page("pages/places/county.py", place="532331", **asked)
        prefecture = open_page("pages/places/prefecture.py", place="532300", **asked)
        briefing = ("--asof", snapshot.id, "--place", "532300", "--period", period)
        assert run("brief", *briefing, "--out", str(tmp_path / period)).exit_code == 0
        (written,) = (tmp_path / period).iterdir()
        document = Document(str(written))
        table = View(snapshot, period, "532300").by_county("P1-08")
        texts = {
            "page": "\n".join(words_of(county)),
            "head of the county": json.dumps(drawn(county), ensure_ascii=False),
            "head of the prefecture": json.dumps(drawn(prefecture), ensure_ascii=False),
            "prefecture": "\n".join(words_of(prefecture)),
            "briefing": "\n".join(cell.text for t in document.tables for row in t.rows for cell in row.cells),
            "file": Client().get(f"/export/funds.csv?asof={snapshot.id}&place=532331").text,
            "map": "、".join(place.short_zh for place in maps.places_of(table, "532300")),
        }
        for kind, text in texts.items():
            assert name in text, kind
            assert other not in text, kind
        assert other not in json.dumps(resource.resource(snapshot), ensure_ascii=False)
        kind = {"禄丰县": "县", "禄丰市": "县级市"}[name]
        assert list(snapshot.table("places/county", period=period, place="532331").kind) == [kind]


@pytest.mark.parametrize("asked", ["532331", "532302", "532302000000", "禄丰县", "禄丰市"])
def test_an_address_with_any_of_its_codes_or_names_opens_a_renamed_county(of_two_years, asked):
    for snapshot in of_two_years.values():
        app = open_page("pages/trust/quality.py", asof=snapshot.id, place=asked)
        assert [w.value for w in app.warning] == []
        assert app.session_state["view"].place == "532331"
        answer = Client().get(f"/export/funds.csv?asof={snapshot.id}&place={asked}")
        assert answer.status_code == 200
        assert "300000" in answer.text
        assert "532331" in set(snapshot.table("frame/found", search=asked[:6], most_rows=9).code)


def test_a_county_that_an_office_renames_is_read_and_called_by_its_new_name_and_code(office_send):
    assert office_send(NAMES, RENAMED, options=("--period", "2024Q2"))["accepted"] == 1
    for n, name in enumerate(("武定市", "532399", "武定县"), 1):
        gift = (f"2026-02-0{n}", *GIFT[1:5], "楚雄州", name, "")
        report = office_send(FUNDS, gift, options=("--period", "2026Q1", "--part", str(n)), file=f"{n}.csv")
        assert report["accepted"] == 1, report["refused"]
    snapshot = publish()
    assert rows(snapshot, "select county_code, count(*) from {funds} group by all") == [("532329", 3)]
    named = "select name_zh, kind::varchar from {counties} where county_code = '532329'"
    assert rows(snapshot, named) == [("武定市", "县级市")]
    called = "select name_zh, source_file is null from {county_names} where region_code = '532329' order by valid_from"
    assert rows(snapshot, called) == [("武定县", True), ("武定市", False)]
    opened = snapshots.find(snapshot.name)
    others = opened.table("frame/other_names")
    assert set(others[others.place == "532329"].alias) == {"武定县", "武定市", "532399"}
    assert set(opened.table("intake/county_names").alias) == {"武定市", "532399"}  # 禄丰 is read by what ships
    assert open_page("pages/trust/quality.py", place="532399").session_state["view"].place == "532329"


def test_a_list_without_dates_holds_from_the_quarter_that_it_is_sent_for_and_says_so(office_send):
    head = ("名单", "地区", "指标里算作", "依据")
    listed = [("欠发达县", name, "重点县", "省里的名单") for name in ("泸水市", "福贡县")]
    report = office_send(head, *listed, options=("--period", "2025Q3"))
    assert (report["status"], report["accepted"]) == ("accepted", 2)
    doubts = [note["message"] for note in report["warnings"]]
    assert [text.partition("；")[0] for text in doubts if "起始日期" in text] == [
        "2行没有起始日期，从所报的2025Q3的第一天（2025-07-01）起算"
    ]
    undated = (listed[0][0], "贡山县", "重点县", "", "2025-01-01", "省里的名单")
    (refused,) = office_send(TRAITS, undated, options=("--period", "2025Q3", "--part", "2"), file="二.csv")["refused"]
    assert "截止日期2025-01-01早于起始日期2025-07-01" in refused["message"]
    office_send(FUNDS, GIFT)
    office_send(FUNDS, ("2025-05-03", *GIFT[1:]), options=("--period", "2025Q2"), file="前.csv")
    counted = "select count(*) filter (is_poverty_county) from {counties}"
    assert rows(publish("2025-06-30"), counted) == [(0,)]
    assert rows(publish(), counted) == [(2,)]


def test_without_a_list_of_key_counties_their_coverage_is_not_registered_and_no_zero(office_send):
    office_send(FUNDS, GIFT)
    value = "select distinct value from {indicator_values} where indicator_code = 'P4-08' and period = '2026Q1'"
    first = publish()
    assert rows(first, value) == [(None,)]
    assert list(snapshots.find(first.name).table("places/lists").counts_as) == ["自治县", "边境县"]
    where = {"topic": "plans", "part": "coverage", "period": "2026Q1"}
    shown = {metric.label: metric.value for metric in open_page("pages/pillars/platform.py", **where).metric}
    assert (shown["覆盖重点县"], shown["覆盖最困难县"]) == ("没有登记名单", "没有登记名单")
    office_send(TRAITS, *LISTED)
    publish()
    shown = {metric.label: metric.value for metric in open_page("pages/pillars/platform.py", **where).metric}
    assert (shown["覆盖重点县"], shown["覆盖最困难县"]) == ("0/3", "没有登记名单")


def test_every_register_is_in_the_preview_and_row_by_row_in_the_ledger(office_send):
    office_send(FUNDS, GIFT)
    first = publish()
    of_table = {
        "targets": (TARGETS, [RATE]), "policies": (DOCUMENTS, [NOTICE]), "programmes": (PROGRAMMES, [PROGRAMME]),
        "county_poverty_annual": (POVERTY, [POOR]), "code_lists": (WORDS, [UNIT]), "stages": (STAGES, [LINKING]),
        "office_figures": (FIGURES, [RAISED]), "place_traits": (TRAITS, LISTED), "pairings": (PAIRINGS, [PAIR]),
        "county_names": (NAMES, [RENAMED]), "indicator_spans": (SPANS, [ENDED]),
    }  # fmt: skip
    for head, sent in of_table.values():
        report = office_send(head, *sent)
        assert report["accepted"] == len(sent), report
    preview = run("publish", "--as-of", "2026-03-31", "--preview").stdout
    pair = two_snapshots.between(snapshots.find(first.name), snapshots.find(publish().name))
    counted = pair.table("changes/by_table").set_index("return_name")
    assert list(counted.index[counted.rows_now.isna()]) == ["受益"]
    names = dict(pair.now.table("lineage/files").drop_duplicates("table_name")[["table_name", "return_name"]].values)
    for table, (_, sent) in of_table.items():
        name = changes.ITEMS[table]
        new = len(sent) + (table == "county_names")  # the name that the county had until then becomes a row, too
        assert f"{name}：新增{new}行\n" in preview
        assert counted.rows_new[name] == new, name
        everywhere = pair.table("changes/rows", table=table, place="530000", causes=(), most=100)
        assert sorted(everywhere.new_row.dropna()) == list(range(2, 2 + len(sent)))
        of_nujiang = pair.table("changes/rows", table=table, place="533300", causes=(), most=100)
        assert len(of_nujiang) == {"pairings": 1, "place_traits": 2}.get(table, 0), table
        assert names[table] == name


def test_an_indicator_that_has_ended_is_not_applicable_and_has_no_target(office_send):
    """Nor a score: it drops out of what is scored; before its last day it speaks as before."""
    target = ("P1-08", "2026", "云南省", "1000000", "时期", *MONEY[5:])
    office_send(FUNDS, GIFT, ("2025-12-03", *GIFT[1:]))
    office_send(TARGETS, target)
    before = publish()
    status = """select value, target_value, status from {indicator_values}
        where indicator_code = 'P1-08' and level = 'province' and period = '2026Q1'"""
    assert rows(before, status) == [(300_000, 1_000_000, "数据不全")]
    report = office_send(SPANS, ("P1-08", "", "2025-12-31", "2025年工作通知"))
    assert report["accepted"] == 1, report
    later = ("P1-08", "2027", *target[2:])

    def refusal() -> dict:
        report = office_send(TARGETS, later, file="目标.csv", options=("--period", "2026Q1", "--part", "2"))
        assert report["accepted"] == 0
        return report["refused"][0]

    staged, after = refusal(), publish()
    for path in staging.paths():
        path.rename(path.with_name(f".{path.name}"))
    assert staged == refusal()
    assert (staged["column"], "至2025-12-31止" in staged["message"]) == ("年度", True)
    assert list(snapshots.find(after.name).table("intake/spans").indicator_code) == ["P1-08"]
    assert rows(after, status) == [(None, None, "不适用")]
    assert rows(after, status.replace("2026Q1", "2025Q4")) == rows(before, status.replace("2026Q1", "2025Q4"))
    scored = (
        "select indicators_scored from {scores} where pillar_code = 'P1' and level = 'province' and period = '2026Q1'"
    )
    ((then,),), ((now,),) = rows(before, scored), rows(after, scored)
    assert now == then - 1
    folder = after.parent.parent / "brief"
    assert run("brief", "--period", "2026Q1", "--out", str(folder)).exit_code == 0
    written = "".join(one.text for one in Document(next(folder.glob("*.docx"))).paragraphs)
    assert "本报告期应报而未报送的有" in written
    assert "均已报送" not in written
    card = snapshots.find(after.name).row("definitions/card", indicator_code="P1-08")
    assert (card.valid_to.isoformat()[:10], card.valid_basis) == ("2025-12-31", "2025年工作通知")
    page = visible_text(open_page("pages/trust/definitions.py", indicator="P1-08", period="2026Q1", place="530000"))
    assert "至2025年12月31日止；全部在此以外的报告期不适用，跨过起止的按全期计（2025年工作通知）" in page
