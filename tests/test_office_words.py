"""Sectors, categories of people and kinds of help are an office's words: they enter by data, and figures know them."""

import re
import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests import office
from tests.command_line import run
from tests.conftest import publish_tiny, read_tiny, reference
from tests.office import UNITS, rows
from tests.screens import FRONT, open_page, words_of
from yunnan import settings
from yunnan.data import snapshots
from yunnan.publication import publish as publication

WORDS = ("代码表", "代码", "名称", "排列顺序", "依据", "指标里算作")
LISTS = [
    ("行业领域", "产业振兴", "产业振兴", "1", "乡村振兴规划", ""),
    ("行业领域", "人才振兴", "人才振兴", "2", "乡村振兴规划", ""),
    ("行业领域", "生态振兴", "生态振兴", "3", "乡村振兴规划", ""),
    ("对象类别", "监测对象", "监测对象", "1", "防返贫监测办法", ""),
    ("对象类别", "脱贫人口", "脱贫人口", "2", "防返贫监测办法", "建档立卡"),  # the former word of 帮扶人口
    ("帮扶方式", "就业帮扶", "就业帮扶", "1", "乡村振兴规划", ""),
    ("帮扶方式", "富民贷", "富民贷", "2", "乡村振兴规划", "小额信贷"),
]
PROJECTS = (
    *("项目编号", "项目名称", "项目状态", "牵头组织编号", "行业领域", "帮扶类型", "需求发布日期", "开工日期"),
    *("计划完成日期", "需求资金(元)", "实施县(市、区)", "主实施州市", "省外合作方"),
)
ORG = (
    *("O000001", "怒江州助农协会", "社会团体", "州市级", "怒江州民政局", "怒江州", "不适用", "2019-03-01"),
    *("正常", "单独成立", "未评估", "2020-01-01", "2020-01-01"),
)
PEOPLE = (
    *("服务日期", "项目编号", "对象类型", "对象匿名键", "人数", "次数", "常住州市", "常住县(市、区)"),
    *("对象类别", "帮扶方式"),
)

HERE = "region_code = '530000' and period = '2026Q1'"


def project(number: int, sector: str, helps: str) -> tuple:
    return (
        *(f"P{number:05d}", f"怒江州{sector}项目", "实施中", "O000001", sector, helps, "2026-01-05", "2026-02-01"),
        *("2026-12-31", "100000", "泸水市", "怒江州", "无"),
    )


def helped(who: int, category: str, help_type: str) -> tuple:
    return (
        *("2026-02-10", "P00001", "个人", f"{who:016x}", "1", "1", "怒江州", "泸水市"),
        *(category, help_type),
    )


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> Path:
    """A data folder with the office's lists, an organization, two projects in its sectors, and 42 people."""
    people = [
        *(helped(0xA00 + n, "脱贫人口", "就业帮扶") for n in range(20)),
        *(helped(0xB00 + n, "监测对象", "就业帮扶") for n in range(12)),
        *(helped(0xC00 + n, "脱贫人口", "富民贷") for n in range(10)),
    ]
    folder = tmp_path_factory.mktemp("words")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", folder / "data")
        for head, lines, options in (
            (WORDS, LISTS, ("--period", "2026Q1")),
            ((*UNITS, "党组织覆盖日期", "党的工作覆盖日期"), [ORG], ("--period", "2026Q1", "--prefecture", "533300")),
            (PROJECTS, [project(1, "产业振兴", "就业帮扶;扶智"), project(2, "人才振兴", "就业帮扶")],
             ("--period", "2026Q1", "--prefecture", "533300")),
            (PEOPLE, people, ("--period", "2026Q1", "--prefecture", "533300")),
        ):  # fmt: skip
            report = office.send(folder, head, *lines, options=options)
            assert (report["status"], report["accepted"]) == ("accepted", len(lines)), report
    return folder / "data"


@pytest.fixture
def received(sent, office_data) -> None:
    """The office has received that, and has published nothing."""
    shutil.copytree(sent, office_data)


@pytest.fixture(scope="module")
def published_once(sent, tmp_path_factory) -> Path:
    data = Path(shutil.copytree(sent, tmp_path_factory.mktemp("published") / "data"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", data)
        return office.publish()


@pytest.fixture
def published(published_once, monkeypatch) -> Path:
    """The folder of the snapshot that holds it, which nobody changes."""
    monkeypatch.setattr(settings, "DATA_DIR", published_once.parents[1])
    return published_once


def test_what_an_office_lists_takes_the_place_of_what_ships_but_for_what_is_cited(published):
    listed = (
        "select list, code from {code_lists} where list in ('sector', 'poverty_category', 'help_type') order by all"
    )
    assert rows(published, listed) == [
        *(("help_type", word) for word in ("富民贷", "就业帮扶", "扶智")),
        *(("poverty_category", word) for word in ("监测对象", "脱贫人口")),
        *(("sector", word) for word in ("产业振兴", "人才振兴", "生态振兴")),
    ]
    assert rows(published, "select count(*) from {code_lists} where list = 'ethnic_code'") == [(56,)]


def test_indicators_count_the_words_as_the_office_says(published):
    value = (
        f"select num::double, den::double, value from {{{{indicator_values}}}} where indicator_code = '{{}}' and {HERE}"
    )
    assert rows(published, value.format("P3-03")) == [(2, 3, pytest.approx(2 / 3))]
    assert rows(published, value.format("P1-09"))[0][0] == 30, "脱贫人口 alone is 帮扶人口"
    assert rows(published, value.format("P4-09"))[0][0] == 10
    counts = f"select member, value from {{people_counts}} where dimension = 'poverty_category' and {HERE} order by 1"
    assert rows(published, counts) == [("监测对象", 12), ("脱贫人口", 30)]


PAGES = [
    ("pages/pillars/guidance.py", {"aspect": "help"}, ["就业帮扶", "富民贷"]),
    ("pages/pillars/guidance.py", {"aspect": "units"}, ["产业振兴", "生态振兴"]),
    ("pages/province/background.py", {}, ["人才振兴"]),
    ("pages/records/projects.py", {}, ["产业振兴"]),
    (FRONT, {}, []),
]


def test_pages_show_the_words_of_the_office_and_none_of_the_articles_sectors(published):
    for page, url, words in PAGES:
        app = open_page(page, period="2026Q1", **url)
        assert [e.message for e in app.exception] == [], page
        text = "\n".join(words_of(app))
        assert [word for word in words if word not in text] == [], page
        lists = "".join(frame.value.to_csv() for frame in app.dataframe if "主管单位" not in frame.proto.alt)
        assert "金融扶贫" not in lists, page


@pytest.mark.parametrize("is_published", [False, True])
def test_a_form_offers_the_words_of_the_office_and_no_longer_those_that_ship(request, tmp_path, is_published):
    request.getfixturevalue("published" if is_published else "received")
    form = tmp_path / "表.xlsx"
    made = run("template", "--table", "projects", "--prefecture", "533300", "--period", "2026Q2", "--out", str(form))
    assert made.exit_code == 0, made.output
    offered = {cell for line in openpyxl.load_workbook(form)["_选项"].iter_rows(values_only=True) for cell in line}
    assert {"产业振兴", "生态振兴"} <= offered
    assert "科技扶贫" not in offered


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("行业领域", "CY", "产业振兴", "1", "规划", ""), "代码", "这张代码表的代码就是名称；请填“产业振兴”"),
        (("行业领域", "产业振兴", "产业振兴", "1", "规划", "建档立卡"), "指标里算作", "这张代码表可填：不填"),
        (("对象类别", "脱贫户", "脱贫户", "1", "规划", "小额信贷"), "指标里算作", "这张代码表可填：帮扶人口"),
        (("资金来源", "衔接补助", "衔接补助", "1", "规划", ""), "指标里算作", "每个词都要写"),
        (("项目状态", "在建", "在建", "1", "规划", "在建"), "指标里算作", "这张代码表可填：需求发布、"),
        (("组织状态", "停业整顿", "停业整顿", "1", "规定", ""), "指标里算作", "可填：正常、活动异常、"),
        (("文件效力", "有效", "有效", "1", "规定", "正常"), "指标里算作", "这张代码表可填：现行、研制中、失效"),
        (("活动小类", "下乡", "下乡", "1", "规划", "文艺扶贫"), "指标里算作", "这张代码表可填：主题教育、"),
    ],
)
def test_a_word_that_cannot_be_is_refused_with_a_way_out(office_send, row, column, says):
    report = office_send(WORDS, row)
    assert report["accepted"] == 0
    assert [note["message"] for note in report["refused"] if note["column"] == column and says in note["message"]]


def test_a_word_that_is_in_no_list_is_refused_with_those_that_are(received, office_send):
    report = office_send(
        PROJECTS, project(3, "乡村旅游", ""), options=("--period", "2026Q1", "--prefecture", "533300", "--part", "2")
    )
    assert report["accepted"] == 0
    (note,) = report["refused"]
    assert note["message"].startswith("行业领域“乡村旅游”不在代码表；可填：")
    assert {"产业振兴", "科技扶贫"} <= set(note["message"].partition("可填：")[2].split("、"))


@pytest.mark.parametrize(
    ("table", "column", "word"),
    [
        ("beneficiaries", "help_type", "看相"),
        ("projects", "sector", "看相"),
        ("projects", "aid_types", "[看相]"),
        ("projects", "status", "看相"),
        ("funds", "source", "看相"),
        ("activities", "activity_type", "看相"),
        ("organizations", "status", "看相"),
        ("policies", "status", "看相"),
    ],
)
def test_a_row_that_cites_a_word_of_no_list_is_not_published_and_its_line_is_named(tmp_path, table, column, word):
    rows_of = read_tiny()[table]
    words = [word, *rows_of[column].to_pylist()[1:]]
    line = f"{rows_of['source_file'][0]} 第{rows_of['source_row'][0]}行"
    changed = rows_of.set_column(rows_of.column_names.index(column), column, [words])
    with pytest.raises(publication.Refused, match=rf"不在代码表里.*看相、{re.escape(line)}"):
        publish_tiny(tmp_path, **{table: changed})


def test_counts_stay_protected_beside_a_snapshot_whose_lists_were_in_another_order(tmp_path):
    """A cell of both snapshots is one cell, wherever its word stands in the lists: what one hides none may show."""
    lists = reference("code_lists")
    of_people = [name == "poverty_category" for name in lists["list"].to_pylist()]
    order = [str(99 - int(n)) if own else n for n, own in zip(lists["sort_order"].to_pylist(), of_people, strict=True)]
    first = publish_tiny(tmp_path)
    second = publish_tiny(
        tmp_path, revision=2, code_lists=lists.set_column(lists.column_names.index("sort_order"), "sort_order", [order])
    )
    key = "measure, dimension, member, period, region_code"
    with duckdb.connect() as db:
        both = db.execute(
            f"select count(*), count(*) filter (a.is_hidden), count(*) filter (a.is_hidden != b.is_hidden)"
            f" from read_parquet('{first}/people_counts.parquet') as a"
            f" inner join read_parquet('{second}/people_counts.parquet') as b using ({key})"
        ).fetchone()
    assert both[0] > 1000
    assert both[1] > 50
    assert both[2] == 0


LIST_OF = {"组织状态": "org_status", "文件效力": "policy_status"}
STATES = [
    ("组织状态", "存续", "存续", "1", "登记办法", "正常"),  # what ships is read as 正常, until the office lists it
    ("组织状态", "停业整顿", "停业整顿", "2", "登记办法", "活动异常"),
    ("组织状态", "已销号", "已销号", "3", "登记办法", "注销"),
    ("文件效力", "有效", "有效", "1", "公文办法", "现行"),
    ("文件效力", "起草中", "起草中", "2", "公文办法", "研制中"),
    ("文件效力", "废止", "废止", "3", "公文办法", "失效"),
]


def registered(number: int, state: str, left: str = "") -> tuple:
    return (f"O{number:06d}", f"怒江州第{number}协会", *ORG[2:8], state, *ORG[9:], left)


def issued(number: int, state: str) -> tuple:
    return (
        f"L{number}",
        f"第{number}号文件",
        "",
        "怒江州民政局",
        "州市级",
        "工作思路",
        "",
        "怒江州",
        "2025-05-01",
        state,
    )


def test_states_of_organizations_and_documents_are_the_offices_and_count_as_it_says(office_send):
    assert office_send(WORDS, *STATES)["accepted"] == 6
    own = ("--period", "2026Q1", "--prefecture", "533300")
    heads = (*UNITS, "党组织覆盖日期", "党的工作覆盖日期", "注销日期")
    orgs = [
        registered(1, "存续"),
        registered(2, "停业整顿"),
        registered(3, "已销号", "2025-12-31"),
        registered(4, "已销号"),
    ]
    report = office_send(heads, *orgs, options=own)
    assert report["accepted"] == 3
    assert [note["message"] for note in report["refused"]] == ["状态是已销号，却没有注销日期；请补上"]
    papers = [issued(1, "有效"), issued(2, "起草中"), issued(3, "废止")]
    assert office_send(office.DOCUMENTS, *papers, options=own, file="文件.csv")["accepted"] == 3
    snapshot = office.publish()
    held = "select list, code from {code_lists} where list in ('org_status', 'policy_status') order by sort_order, list"
    assert sorted(rows(snapshot, held)) == sorted((LIST_OF[name], code) for name, code, *_ in STATES)
    value = "select num::double, den::double from {{indicator_values}}"
    value += f" where indicator_code = '{{}}' and {HERE} and level = 'province'"
    assert rows(snapshot, value.format("P1-01")) == [(2, 2)], "已销号 is off the books"
    assert rows(snapshot, value.format("P2-01")) == [(1, 1)], "有效 is in force"
    opened, where = snapshots.find(snapshot.name), {"period": "2026Q1", "place": "530000"}
    assert list(opened.table("party/irregular", **where).org_status) == ["停业整顿"]
    grades = opened.table("party/quality", **where).set_index(["aspect", "grade"]).organizations
    assert grades["登记状态"].to_dict() == {"正常": 1, "活动异常": 1, "严重违法失信": 0, "此后退出": 0}
    (totals,) = opened.table("policies/totals", **where).itertuples(index=False)
    assert (totals.documents_local, totals.documents_drafted) == (1, 1)
    assert opened.table("policies/by_class", **where).documents.sum() == 1
    text = "\n".join(words_of(open_page("pages/pillars/mechanism.py", period="2026Q1")))
    assert "有效" in text
