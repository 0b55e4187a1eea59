"""Originals come in as they are: by a profile, without persons, what they do not know left unknown."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests import office
from tests.command_line import assert_refused, run
from tests.office import FUNDS, GIFT, UNITS, publish, rows
from tests.originals import (
    CHARITIES,
    COUNTY,
    CUT,
    HOME,
    LEDGER,
    PERSON,
    REGISTER,
    code,
    registered,
    write,
)
from tests.screens import FRONT, open_page
from yunnan import settings
from yunnan.data import snapshots

TEA = registered(1, "怒江州茶叶协会")
CHARITY = ("怒江州茶叶协会", code("1", "533300", 1), "怒江州民政局", "2016-03-08", PERSON, "是", "2020-02-01")
LEDGER_LINE = (
    *(1, code("1", "533300", 1), "怒江州茶叶协会", "社会团体", "怒江州民政局", "怒江州工商联", PERSON, HOME),
    *("2016.3.8", "正常", "3A", "合格", "否", "联合党支部", 5),
)
COUNTY_LINES = [
    (
        *("O900101", code("2", "530100", 1), "昆明市甲中心", "民办非企业单位", "市级", "昆明市民政局", "昆明市", ""),
        *("省民政厅", "2016-03-08", "正常", "未覆盖", "未评估"),
    ),
    (
        *("O900102", code("2", "530102", 2), "昆明市乙中心", "社会服务机构", "县级", "五华区", "昆明市", "五华区"),
        *("五华区教育体育局", "2016-03-08", "已注销", "未覆盖", "未评估"),
    ),
]


@pytest.fixture
def receive(office_data, tmp_path):
    """Receive an original of these rows; its report."""

    def received(head: tuple, *lines: tuple, file: str = "原件.xlsx", options: tuple = ("--period", "2026Q1")) -> dict:
        report = tmp_path / "report.json"
        result = run("ingest", str(write(tmp_path / file, head, *lines)), "--report", str(report), *options)
        assert result.exit_code in (0, 2, 3), result.output
        return json.loads(report.read_bytes()) | {"output": result.output}

    return received


def every_byte(folder: Path) -> bytes:
    """All that lies in a folder, what is packed in workbooks too."""
    data = b""
    for file in (path for path in folder.rglob("*") if path.is_file()):
        data += file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(BytesIO(file.read_bytes())) as pack:
                data += b"".join(pack.read(name) for name in pack.namelist())
    return data


def column(report: dict, name: str) -> list:
    return [row[name] for row in report["rows"]]


def test_the_public_register_comes_in_and_level_place_and_number_follow_from_it(receive):
    report = receive(REGISTER, TEA, registered(2, "怒江州核桃协会", "活动异常"))
    assert (report["status"], report["accepted"], report["prefecture"]) == ("accepted", 2, "533300"), report
    first = report["rows"][0]
    assert (first["reg_level"], first["reg_authority_code"], first["prefecture_code"]) == (
        "州市级", "533300", "533300"
    )  # fmt: skip
    assert column(report, "supervising_unit_code") == ["怒江州农业农村局"] * 2
    assert column(report, "status") == ["正常", "活动异常"]
    assert len(set(column(report, "org_id"))) == 2
    for name in ("party_cover_mode", "rating", "is_social_work_org", "county_code"):
        assert column(report, name) == [None, None], name
    notes = [note["message"] for note in report["normalised"]]
    assert any("法定代表人、住所涉及个人，没有读取，也没有保存" in message for message in notes)
    assert "不在代码表，照原表的名称收下：怒江州农业农村局（2行）" in notes
    assert "2行由登记机关得出" in notes


@pytest.mark.parametrize(("head", "line"), [(REGISTER, TEA), (LEDGER, LEDGER_LINE), (CHARITIES, CHARITY)])
def test_persons_of_an_original_stand_nowhere_afterwards(head, line, receive, office_data, tmp_path):
    wrong = [cell if cell != "2016-03-08" else "二〇一六年春" for cell in line]
    report = receive(head, line, tuple(wrong))
    text = every_byte(office_data) + report["output"].encode() + (tmp_path / "report.json").read_bytes()
    for secret in (PERSON, HOME):
        for encoding in ("utf-8", "utf-16-le", "unicode_escape"):
            assert secret.encode(encoding) not in text, (secret, encoding)


def test_without_a_profile_a_column_of_persons_still_refuses_the_file(receive):
    report = receive((*UNITS, "法定代表人姓名"), ("O1", *("",) * 10, PERSON))
    assert report["status"] == "refused"
    assert PERSON not in report["output"]
    strange = receive((*REGISTER, "经办人手机"), (*TEA, "13812345678"), file="多一列.xlsx")
    assert strange["status"] == "refused"
    assert "13812345678" not in strange["output"]


def test_seven_columns_are_enough_and_the_code_says_the_kind(receive):
    line = ("云南茶业基金会", code("3", "530000", 7), "云南省民政厅", "省民政厅", PERSON, "2016-03-08", "正常")
    report = receive(CUT, line)
    assert (report["accepted"], report["prefecture"]) == (1, "530000")
    assert (column(report, "org_type"), column(report, "reg_level")) == (["基金会"], ["省级"])


def test_a_county_ledger_with_units_of_its_own_and_closed_ones_without_a_date(receive):
    report = receive(COUNTY, *COUNTY_LINES)
    assert (report["status"], report["accepted"]) == ("accepted", 2), report["refused"]
    assert column(report, "supervising_unit_code") == ["省民政厅", "五华区教育体育局"]
    assert column(report, "status") == ["正常", "注销"]
    assert any("1行已退出登记而没有注销日期" in note["message"] for note in report["warnings"])


def test_who_is_unknown_is_in_no_rate(receive):
    receive(REGISTER, TEA, registered(2, "怒江州核桃协会"))
    receive(COUNTY, *COUNTY_LINES, file="县.xlsx")
    snapshot = publish()
    figures = "select region_code, num::integer, den::integer from {indicator_values} where indicator_code = 'P1-01'"
    place = " and level = 'prefecture' and period = '2026Q1' and region_code in ('530100', '533300') order by 1"
    assert rows(snapshot, figures + place) == [("530100", 0, 1), ("533300", None, 2)]
    opened = snapshots.find(snapshot.name)
    ways = opened.table("party/ways", period="2026Q1", place="530000").set_index("party_cover_mode")
    assert (ways.organizations["不详"], ways.organizations["未覆盖"], ways.share_rate["未覆盖"]) == (2, 1, 1.0)
    quality = opened.table("party/quality", period="2026Q1", place="530000").set_index(["aspect", "grade"])
    assert quality.organizations["评估等级", "不详"] == 2
    listed = opened.table("places/organizations", period="2026Q1", place="533300")
    assert listed.party_cover_mode.isna().all()
    assert listed.rating.isna().all()


STANDS = "select status::varchar, supervising_unit_code, rating::varchar, party_cover_mode::varchar, charity_date"
STANDS += "::varchar, inspection_result::varchar from {organizations}"
PART = ("--period", "2026Q1", "--part", "2")


def test_later_lists_add_what_they_know_and_blank_nothing(receive):
    receive(REGISTER, TEA)
    receive(CHARITIES, CHARITY, file="慈善.xlsx", options=("--period", "2026Q1", "--prefecture", "530000"))
    both = publish()
    assert rows(both, STANDS) == [("正常", "怒江州农业农村局", None, None, "2020-02-01", None)]
    receive(LEDGER, LEDGER_LINE, file="台账.xlsx", options=PART)
    all_three = publish()
    assert rows(all_three, STANDS) == [("正常", "怒江州工商联", "3A", "联合成立", "2020-02-01", "合格")]
    again = registered(1, "怒江州茶叶协会", "活动异常")
    receive(REGISTER, again, file="公示二.xlsx", options=("--period", "2026Q2"))
    later = publish("2026-06-30")
    assert rows(later, STANDS) == [("活动异常", "怒江州农业农村局", "3A", "联合成立", "2020-02-01", "合格")]


def test_a_list_of_an_earlier_quarter_fills_only_what_is_open(receive):
    receive(REGISTER, registered(1, "怒江州茶叶协会", "活动异常"), options=("--period", "2026Q2"))
    receive(LEDGER, LEDGER_LINE, file="台账.xlsx")
    assert rows(publish("2026-06-30"), STANDS) == [("活动异常", "怒江州农业农村局", "3A", "联合成立", None, "合格")]


def test_a_list_that_is_taken_back_or_replaced_leaves_what_the_others_say(receive, office_data):
    receive(REGISTER, TEA)
    receive(LEDGER, LEDGER_LINE, file="台账.xlsx", options=PART)
    assert rows(publish(), STANDS) == [("正常", "怒江州工商联", "3A", "联合成立", None, "合格")]
    better = (*LEDGER_LINE[:10], "4A", "", *LEDGER_LINE[12:])
    receive(LEDGER, better, file="台账改.xlsx", options=(*PART, "--replace"))
    assert rows(publish(), STANDS) == [("正常", "怒江州工商联", "4A", "联合成立", None, None)]
    first, second = sorted(path.name for path in (office_data / "staging").glob("*-2"))
    assert run("withdraw", second, "--why", "台账有误").exit_code == 0  # the one that it replaced stands again
    assert rows(publish(), STANDS) == [("正常", "怒江州工商联", "3A", "联合成立", None, "合格")]
    assert run("withdraw", first, "--why", "台账有误").exit_code == 0
    assert rows(publish(), STANDS) == [("正常", "怒江州农业农村局", None, None, None, None)]


def test_who_is_on_no_register_is_not_made_up_from_a_list_of_charities(receive):
    report = receive(CHARITIES, CHARITY)
    assert (report["accepted"], report["refused"][0]["column"]) == (0, "业务主管单位")
    assert "请先报有这些内容的登记名册" in report["refused"][0]["message"]


def test_an_office_adds_a_profile_and_words_of_its_own(receive, office_data):
    folder = office_data / "profiles"
    folder.mkdir(parents=True)
    (folder / "字.toml").write_text('[values.status]\n"停业整顿" = "活动异常"\n', encoding="utf-8")
    (folder / "本局.toml").write_text(
        'name = "本局名单"\ntable = "organizations"\npersons = ["会长"]\n[columns]\n"机构" = "org_name"\n'
        '"代码号" = "uscc"\n"登记局" = "reg_authority_code"\n"主管" = "supervising_unit_code"\n'
        '"成立" = "registered_date"\n"近况" = "status"\n[values.status]\n"在" = "正常"\n',
        encoding="utf-8",
    )
    head = ("机构", "代码号", "登记局", "主管", "成立", "近况", "会长")
    line = ("怒江州茶叶协会", code("1", "533300", 1), "怒江州民政局", "省民政厅", "2016-03-08")
    report = receive(head, (*line, "在", PERSON), ("怒江州核桃协会", code("1", "533300", 2), *line[2:], "停业整顿", ""))
    assert (report["status"], column(report, "status")) == ("accepted", ["正常", "活动异常"]), report["refused"]


def test_an_office_names_the_county_of_a_zone_once_for_all_its_returns(office_send, office_data):
    """Mangshi's zone is no county: without a word of the office the row is refused, and says that it is none."""
    zone = (*GIFT[:5], "德宏州", "德宏芒市经济开发区", "")
    assert office_send(FUNDS, zone)["accepted"] == 0
    (office_data / "profiles").mkdir(parents=True)
    (office_data / "profiles" / "功能区.toml").write_text(
        '[values.county_code]\n"德宏芒市经济开发区" = "芒市"\n', encoding="utf-8"
    )
    report = office_send(FUNDS, zone)
    assert report["accepted"] == 1
    assert any("按本单位的用词读作芒市" in change["message"] for change in report["normalised"])
    assert rows(publish(), "select prefecture_code, county_code from {funds}") == [("533100", "533103")]


PAIRED = 'name = "甲"\ntable = "pairings"\n[columns]\n"名" = "partner"\n'


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('[values.county_code]\n"某开发区" = "没有的县"', "“没有的县”不在区划目录"),
        ('[values.county_code]\n"瑞丽市" = "芒市"', "“瑞丽市”本来就是一个地区"),
        ("name = ", "不是写对的 TOML"),
        ('name = "甲"\ntable = "organizations"\n[columns]\n"名" = "nobody"', "“nobody”不是"),
        ('name = "甲"\ntable = "组织"\n[columns]\n"名" = "org_name"', "“组织”不是报表"),
        ('name = "甲"\ntable = "organizations"', "只写了一样"),
        ('[values.org_type]\n"协会" = "好"', "“好”不是可填的值"),
        ('[values.nothing]\n"在" = "好"', "“nothing”不是一列"),
        ('persons = "法人"', "不是一列文字"),
        ("[values]\nstatus = 3", "不是"),
        ("other = 1", "不认识的“other”"),
        ('[constants]\nkind = "其他"', "要与 table、columns 一起写"),
        (f'{PAIRED}[constants]\nkind = "朋友"', "constants.kind 写的“朋友”不是可填的值"),
        (f'{PAIRED}[constants]\npartner = "甲"', "constants 写的“partner”不是 columns 以外的一列"),
        (f'{PAIRED}[spans]\n"时间" = "valid_to"', "spans 写的“时间”不在 columns 里"),
        (f'{PAIRED}[spans]\n"名" = "nothing"', "spans 写的“nothing”不是 pairings 的列"),
    ],
)
def test_a_profile_that_cannot_be_used_is_one_sentence(text, part, office_data, tmp_path):
    (office_data / "profiles").mkdir(parents=True)
    (office_data / "profiles" / "坏.toml").write_text(text, encoding="utf-8")
    file = write(tmp_path / "原件.xlsx", REGISTER, TEA)
    assert_refused(run("ingest", str(file), "--period", "2026Q1"), "坏.toml", part)


PAIRS = (
    *("序号", "国家乡村振兴重点帮扶县", "省外社会组织名称", "登记管理机关", "帮扶项目名称", "帮扶领域"),
    *("投入资金（万元）", "受益人数", "实施时间"),
)


def pair(county: str, days: str) -> tuple:
    return (1, county, "上海示例公益中心", "上海市民政局", "青少年关爱", "教育帮扶", 35.5, 1200, days)


def test_a_list_of_pairings_says_who_where_and_from_when_to_when_and_books_no_money(office_data, tmp_path):
    lines = [
        pair("泸水市", "2024年3月—12月"),
        pair("福贡县", "2023年11月15日至2025年2月"),
        pair("贡山县", "2024年"),
        pair("没有的县", "2024年3月—12月"),
    ]
    file = write(tmp_path / "结对清单.xlsx", PAIRS, *lines)
    report = tmp_path / "report.json"
    result = run("ingest", str(file), "--period", "2024Q4", "--report", str(report))
    assert result.exit_code == 2, result.output
    told = json.loads(report.read_bytes())
    refused = {(note["row"], note["column"]) for note in told["refused"]}
    assert refused == {(4, "实施时间"), (5, "国家乡村振兴重点帮扶县")}
    (remark,) = [note["message"] for note in told["normalised"] if "导入方案" in note["message"]]
    assert "投入资金（万元）" in remark
    assert "截止日期是方案给的：“实施时间”的末尾" in remark
    assert "结对类别是方案给的：每行都填“社会组织结对帮扶”" in remark
    columns = "region_code, kind, partner, valid_from::varchar, valid_to::varchar"
    sql = f"select {columns} from {{pairings}} where source_file is not null"
    whose = ("社会组织结对帮扶", "上海示例公益中心")
    assert sorted(rows(publish("2024-12-31"), sql)) == [
        ("533301", *whose, "2024-03-01", "2024-12-31"),
        ("533323", *whose, "2023-11-15", "2025-02-28"),
    ]


def test_a_word_that_two_files_read_as_two_values_is_refused_and_both_are_named(office_data, tmp_path):
    (office_data / "profiles").mkdir(parents=True)
    for name, county in (("甲", "芒市"), ("乙", "瑞丽市")):
        words = f'[values.county_code]\n"某开发区" = "{county}"\n'
        (office_data / "profiles" / f"{name}.toml").write_text(words, encoding="utf-8")
    file = write(tmp_path / "原件.xlsx", REGISTER, TEA)
    assert_refused(run("ingest", str(file), "--period", "2026Q1"), "甲.toml", "乙.toml", "“某开发区”有两个读法")
    (office_data / "profiles" / "乙.toml").unlink()
    assert run("ingest", str(file), "--period", "2026Q1").exit_code == 0


def test_every_profile_that_ships_can_be_used(office_data):
    from yunnan.ingest import profiles

    made = profiles.made(profiles.read(office_data))
    assert {profile.table for profile in made} <= {"organizations", "funds", "pairings"}
    assert len({profile.name for profile in made}) == len(made) >= 5
    assert office_data == settings.DATA_DIR
    assert office.snapshots() == []


PAGES = ("pages/pillars/party.py", "pages/records/organizations.py", "pages/places/organization.py")


@pytest.mark.parametrize("page", [*PAGES, "pages/places/prefecture.py", FRONT])
def test_pages_stand_where_party_and_rating_are_unknown(page, receive):
    report = receive(REGISTER, TEA, registered(2, "怒江州核桃协会", "注销"))
    publish()
    opened = open_page(page, place="533300", period="2026Q1", org=column(report, "org_id")[0])
    assert not opened.exception
