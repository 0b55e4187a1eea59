"""Lists of records: what a reader chooses is what is counted, added up, shown and written into the address."""

import re
from urllib.parse import parse_qsl, urlencode

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import publish_tiny, read_tiny
from tests.screens import assert_whole, chart, html, open_page, table
from tests.selections import PLACES, keys, some_of
from yunnan import settings as house
from yunnan.data import queries, record_selection, snapshots
from yunnan.data.record_selection import Selection
from yunnan.words import columns

TITLES = {table: record_selection.title_of(table) for table in record_selection.TABLES}


def ask(table: str, place: str = record_selection.PROVINCE, **told: str) -> Selection:
    """The selection of an address."""
    found, unusable = record_selection.read(table, told, place=place)
    assert unusable == []
    return found


def numbers(*parts: int) -> list[str]:
    return [f"F{n:06d}" for n in parts]


# What a filter finds


def test_money_received_in_a_prefecture_in_a_year(snapshot):
    # funds.csv: 到账, 533300, 2019: F17 200,000 + F19 100,000 + F24 300,000; the latest first
    asked = ask("funds", "533300", stage="到账", year="2019")
    assert keys(snapshot, asked) == numbers(24, 17, 19)
    total = snapshot.total(asked.query, asked.sums, **asked.params)
    assert (total.rows, total.amount_yuan) == (3, 600_000)


def test_a_quarter_a_source_and_a_form_together(snapshot):
    # 2019Q3, 社会捐赠: F24 资金, F26 物资
    assert keys(snapshot, ask("funds", quarter="2019Q3", source="社会捐赠")) == numbers(24, 26)
    assert keys(snapshot, ask("funds", quarter="2019Q3", source="社会捐赠", form="物资")) == numbers(26)


def test_several_values_of_a_facet_are_alternatives(snapshot):
    # 港澳台侨捐赠: F9, F23; 其他财政: F28
    assert keys(snapshot, ask("funds", source="港澳台侨捐赠,其他财政")) == numbers(28, 23, 9)


def test_the_sector_of_money_is_that_of_its_project(snapshot):
    # 健康扶贫 is P11, which has no money; 教育扶贫 is P6 and P9, of which P9 has F11, F12, F13
    assert keys(snapshot, ask("funds", sector="健康扶贫")) == []
    assert keys(snapshot, ask("funds", sector="教育扶贫")) == numbers(13, 12, 11)


def test_a_reversal_is_negative_and_taken_off_the_sum(tmp_path, monkeypatch):
    funds = read_tiny()["funds"]
    flags = ["true" if n == "F000024" else "false" for n in funds["fund_id"].to_pylist()]
    at = funds.column_names.index("is_reversal")
    publish_tiny(tmp_path, revision=7, funds=funds.set_column(at, "is_reversal", [flags]))
    monkeypatch.setattr(house, "DATA_DIR", tmp_path)
    asked = ask("funds", "533300", stage="到账", year="2019")
    found = snapshots.find("2020-06-30.r7")
    assert found.page(asked.query, size=9, **asked.params).amount_yuan.tolist() == [-300_000, 200_000, 100_000]
    assert found.total(asked.query, asked.sums, **asked.params).amount_yuan == 0


def test_projects_of_a_county_are_those_that_reach_it(snapshot):
    # county_codes has 533323: P4, P5, P10; 怒江 and 大理 share P4, which has 532929
    assert keys(snapshot, ask("projects", county="533323")) == ["P00004", "P00005", "P00010"]
    assert keys(snapshot, ask("projects", "533323")) == ["P00004", "P00005", "P00010"]
    assert keys(snapshot, ask("projects", "532900")) == [f"P000{n}" for n in ("04", "06", "07", "08", "12", "14")]
    assert keys(snapshot, ask("projects", "532900", prefecture="533300")) == ["P00004"]


def test_a_project_with_many_counties_and_payments_is_one_row(snapshot):
    asked = ask("projects")
    total = snapshot.total(asked.query, asked.sums, **asked.params)
    # need: 100+500+300+800+200+250+150+120+90+400+60+70+180+160 thousand
    # received: P1 100, P2 400, P3 100, P4 200, P5 300, P8 80, P9 90, P10 300, P12 70
    # spent: 90+120+100+180+120+50+30+200+70
    assert (total.rows, total.need_amount_yuan) == (14, 3_380_000)
    assert (total.received_yuan, total.spent_yuan) == (1_640_000, 960_000)


def test_a_models_case_is_asked_in_yes_and_no(snapshot):
    assert keys(snapshot, ask("projects", is_model_case="true")) == ["P00001", "P00004", "P00008"]
    assert snapshot.total("records/projects", (), **ask("projects", is_model_case="false").params).rows == 11
    assert ask("projects", is_model_case="true").in_words({}) == ["典型案例：是"]


def test_organizations_by_traits_those_struck_off_among_them(snapshot):
    assert keys(snapshot, ask("organizations", status="注销,活动异常")) == ["O000009", "O000017"]
    assert keys(snapshot, ask("organizations", "530600", org_type="社会服务机构")) == ["O000006", "O000008"]
    # registered in 2018: O6 2018-05-20, O16 2018-10-10
    assert keys(snapshot, ask("organizations", year="2018")) == ["O000006", "O000016"]
    assert keys(snapshot, ask("organizations", is_social_work_org="true", prefecture="530000")) == ["O000004"]


def test_an_organization_has_the_money_it_received_and_spent(snapshot):
    asked = ask("organizations", search="O000001")
    (row,) = snapshot.page(asked.query, size=9, **asked.params).itertuples()
    # 到账 F1 60 + F2 40 + F19 100 + F20 100; 支出 F3 50 + F4 40 + F22 80 + F36 100 (thousand); leads P1, P4
    assert (row.received_yuan, row.spent_yuan, row.projects_led) == (300_000, 270_000, 2)


def test_participants_of_trainings(snapshot):
    # 培训: A2 60, A6 50, A12 30, A21 45
    asked = ask("activities", category="培训")
    total = snapshot.total(asked.query, asked.sums, **asked.params)
    assert (total.rows, total.participants) == (4, 185)


def test_a_place_has_the_documents_of_the_whole_province_too(snapshot):
    # L001-L006 and L010 hold everywhere; M001-M003 are 昭通's
    assert len(keys(snapshot, ask("policies", "530600"))) == 10
    assert keys(snapshot, ask("policies", "530600", level="州市级")) == ["M001", "M002", "M003"]
    assert keys(snapshot, ask("policies", "530621", level="州市级")) == ["M001", "M002", "M003"]


def test_people_are_the_protected_cube_and_nothing_else(snapshot):
    """Row for row people_counts, less its zeros; hidden stays hidden."""
    asked = ask("beneficiaries")
    found = snapshot.page(asked.query, size=100_000, **asked.params)
    with duckdb.connect() as db:
        cube = db.execute(
            f"select period, region_code, member, value from '{snapshot.path}/people_counts.parquet'"
            " where is_hidden or value > 0"
        ).df()
    assert len(found) == len(cube) > 100
    ours, theirs = (
        frame.sort_values(list(frame.columns), ignore_index=True)
        for frame in (found[["period", "region_code", "member", "people_value"]].set_axis(cube.columns, axis=1), cube)
    )
    pd.testing.assert_frame_equal(ours, theirs, check_dtype=False)
    assert found.people_value.isna().equals(found.is_hidden)
    assert not found.people_value.between(1, 9).any()
    assert asked.sums == ()


# What a search finds


@pytest.mark.parametrize(
    ("table", "typed", "found"),
    [
        ("organizations", "组织甲", ["O000001"]),
        ("organizations", "ZZJ", ["O000001", "O000006"]),  # pinyin initials of 组织甲基金会 and 组织己
        ("organizations", "53530000mj00000016", ["O000001"]),
        ("organizations", "昭通", [f"O00000{n}" for n in range(5, 10)]),
        ("organizations", "基金会 组织寅", ["O000013"]),
        ("projects", "十二 项目", ["P00012"]),
        ("projects", "p00012", ["P00012"]),
        ("projects", "组织申", ["P00010"]),  # which it leads
        ("funds", "f000017", numbers(17)),
        ("funds", "昭通", numbers(32, 29, 15, 4, 13, 7, 12, 6, 11, 3, 5, 2, 1)),
        ("funds", "项目十", numbers(24, 25, 26, 27)),  # 项目十 F24 F25; 项目十二 F26 F27
        ("activities", "a000007", ["A000007"]),
        ("activities", "二 培训", ["A000006"]),  # a word anywhere in the title
        ("policies", "泸水", ["M008"]),
        ("policies", "机关戊", []),  # it only signed together with others
        ("projects", "没有这个", []),
    ],
)
def test_a_search_looks_into_names_codes_and_initials(snapshot, table, typed, found):
    assert sorted(keys(snapshot, ask(table, search=typed))) == sorted(found)


@pytest.mark.parametrize("between", [" ", ",", "，", "\n", "、"])
def test_several_codes_pasted_are_any_of_them(snapshot, between):
    typed = between.join(["P00001", "p00003", "P99999"])
    assert sorted(keys(snapshot, ask("projects", search=typed))) == ["P00001", "P00003"]


@pytest.mark.parametrize("typed", ["%", "_", "'", "\\", "{}", "$place", "--", "*", "😀", "§", "a" * 60])
@pytest.mark.parametrize("table", record_selection.TABLES)
def test_signs_in_a_search_are_only_signs(snapshot, table, typed):
    assert keys(snapshot, ask(table, search=typed)) == []


def test_blanks_alone_are_no_search():
    assert ask("funds", search=" \u3000\t ") == ask("funds")
    assert ask("funds", search=" 怒江 \n 泸水 ").search == "怒江 泸水"


# Facets and their counts


def test_a_facet_counts_the_rows_that_choosing_it_would_give(snapshot):
    asked = ask("funds", "533300", stage="到账", year="2019")
    counts = snapshot.counts(asked.query, ["source", "form", "county_code"], **asked.params)
    assert counts["source"] == {"中央财政": 1, "社会捐赠": 1, "福彩公益金": 1}
    assert counts["form"] == {"资金": 3}
    assert counts["county_code"] == {"533301": 2, "533323": 1}
    others = snapshot.counts(asked.query, ["stage"], **asked.with_facet("stage", ()).params)
    assert others["stage"] == {"到账": 3, "支出": 2, "获批": 2}  # 获批 F16 F18, 支出 F25 F30


def test_a_project_counts_in_each_of_its_counties(snapshot):
    counts = snapshot.counts("records/projects", ["county_codes"], **ask("projects").params)["county_codes"]
    # 533301: P4 P10 P11; 533323: P4 P5 P10; 532922: P6 P12 P14; 530621: P1 P2; 530627: P2 P9; 532901: P7 P8
    assert counts == {
        "532922": 3, "533301": 3, "533323": 3, "530621": 2, "530627": 2, "532901": 2,
        "532929": 1, "533102": 1, "533103": 1,
    }  # fmt: skip


@pytest.mark.parametrize("table", record_selection.TABLES)
def test_the_header_of_a_list_is_complete(table):
    query = queries.load(f"records/{table}")
    facets = record_selection.facets(table)
    assert set(query.params) == {"place", "search", *facets}
    assert set(facets.values()) <= set(query.returns)
    assert set(query["report"].split()) <= set(query.returns)
    assert set(ask(table).sums) <= set(query.returns)
    assert len({record_selection.title(table, facet) for facet in facets}) == len(facets)
    assert len({columns.label(column) for column in query.returns}) == len(query.returns)
    assert query.header.get("order", "").removeprefix("-") in {"", *query.returns}


@pytest.mark.parametrize("table", record_selection.TABLES)
def test_no_facet_is_called_as_the_frame_calls_something(table):
    taken = {"asof", "period", "place", "embed", "search", "sort", "columns", "encoding", "from", "page_size"}
    assert not set(record_selection.facets(table)) & {*taken, *(f"page_{name}" for name in record_selection.TABLES)}


# Order and columns


@pytest.mark.parametrize("table", record_selection.TABLES)
def test_an_order_sorts_by_its_column_and_is_the_same_each_time(snapshot, table):
    column = {"beneficiaries": "people_value"}.get(table, "place_name" if table != "projects" else "need_amount_yuan")
    up, down = (
        snapshot.page(f"records/{table}", size=10_000, order=order, **ask(table).params)[column].dropna().tolist()
        for order in (column, f"-{column}")
    )
    assert up == sorted(up)
    assert down == sorted(down, reverse=True)
    assert sorted(up) == sorted(down)


def test_pages_follow_each_other_without_gap_or_double(snapshot):
    asked = ask("funds", sort="stage")
    pages = [
        snapshot.page(asked.query, size=10, start=start, order=asked.order, **asked.params)
        for start in range(0, 40, 10)
    ]
    assert [len(page) for page in pages] == [10, 10, 10, 7]
    assert pd.concat(pages).fund_id.tolist() == keys(snapshot, asked)


def test_a_set_of_columns_is_in_the_querys_order_and_without_lists():
    every = ask("projects", columns="all").columns
    assert "county_codes" not in every
    assert len(every) == len(queries.load("records/projects").returns) - 1
    assert ask("funds", columns="amount_yuan,fund_id").columns == ("fund_id", "amount_yuan")
    assert ask("funds").columns == tuple(queries.load("records/funds")["report"].split())


# The address


values = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=8)


@st.composite
def selections(draw) -> Selection:
    table = draw(st.sampled_from(record_selection.TABLES))
    facets = draw(st.lists(st.sampled_from(sorted(record_selection.facets(table))), unique=True, max_size=4))
    chosen = {name: tuple(draw(st.lists(values, min_size=1, max_size=3, unique=True))) for name in facets}
    every = record_selection.showable(table)
    order = draw(st.sampled_from(["", *every, *(f"-{column}" for column in every)]))
    shown = draw(st.sampled_from(["report", "all", ",".join(every[:3])]))
    search = " ".join(draw(st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=60)).split())
    return Selection(table, draw(st.sampled_from(PLACES)), search, chosen, order, shown)


@settings(max_examples=300, deadline=None)
@given(selections())
def test_an_address_says_all_of_a_selection_whatever_signs_are_in_it(asked):
    carried = dict(parse_qsl(urlencode(asked.address())))
    assert record_selection.read(asked.table, carried, place=asked.place) == (asked, [])


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(record_selection.TABLES), st.dictionaries(st.sampled_from(["sort", "columns", "search"]), st.text())
)
def test_nonsense_in_an_address_is_named_and_leaves_something_that_can_be_shown(table, told):
    asked, unusable = record_selection.read(table, told)
    assert asked.columns
    assert set(asked.columns) <= set(record_selection.showable(table))
    assert asked.order.removeprefix("-") in {"", *record_selection.showable(table)}
    assert len(asked.search) <= record_selection.LONGEST_SEARCH
    if told.get("sort") and not asked.order:
        assert any("排序" in what for what in unusable)
    assert record_selection.read(table, asked.address())[0] == asked


def test_what_an_address_asks_wrongly_is_named():
    asked, unusable = record_selection.read(
        "projects", {"sort": "-nope", "columns": "county_codes,project_id", "search": "x" * 601}
    )
    assert unusable == ["排序“-nope”不存在", "列“county_codes”不存在", "搜索词第600字以后的部分"]
    assert (asked.order, asked.columns, asked.search) == ("", ("project_id",), "x" * 600)


def test_the_filters_are_said_in_words():
    names = {"533300": "怒江州", "2019": "2019年", "PG-STFP": "生态扶贫计划"}
    asked = ask("funds", "533300", programme="PG-STFP", year="2019,2018", stage="到账", search="泸水")
    assert asked.in_words(names) == [
        "地区：怒江州", "搜索：泸水", "年度：2019年、2018", "环节：到账", "品牌计划：生态扶贫计划",
    ]  # fmt: skip


def test_money_is_added_up_by_stage_and_never_over_stages():
    def parts(table: str, **url: str) -> list[tuple[str, tuple[str, ...]]]:
        summable = record_selection.summable(ask(table, **url))
        return [(stage, part.chosen.get("stage", ())) for stage, part in summable]

    assert parts("funds") == [(stage, (stage,)) for stage in ("获批", "到账", "支出")]
    assert parts("funds", stage="支出,到账") == [("到账", ("到账",)), ("支出", ("支出",))]
    assert parts("funds", stage="到账") == [("", ("到账",))]
    assert parts("projects") == [("", ())]


# The pages


def sentence(app) -> str:
    """The line of rows and sums, without its markup."""
    (line,) = html(app, "finding")
    return re.sub(r"<[^>]+>", "", line)


def chips(app) -> list[str]:
    return [button.label.partition("\u3000")[0] for button in app.button if button.key.startswith("chip_")]


def facet(app, table: str, name: str):
    return app.multiselect(key=f"facet_{table}_{name}")


@pytest.mark.parametrize("place", ["530000", "533300", "533323"])
@pytest.mark.parametrize("name", record_selection.TABLES)
def test_a_page_says_how_many_rows_it_has_and_offers_all_of_them(snapshot, name, place):
    app = open_page(f"pages/records/{name}.py", place=place, period="2019")
    assert_whole(app, "2019年")
    asked = ask(name, place)
    rows = snapshot.total(asked.query, (), **asked.params).rows
    assert f"共 {rows:,} 行" in sentence(app)
    assert "数据截至 2020年6月30日" in sentence(app)
    links, *_ = html(app, "files")
    assert f"将导出 {rows:,} 行" in links
    assert re.findall(r"\./export/(\w+\.\w+)\?", links) == [f"{name}.{kind}" for kind in ("csv", "xlsx", "zip", "csv")]
    shown = table(app, f"{TITLES[name]}记录，第1页") if rows else None
    assert (len(shown) if rows else 0) == min(rows, 50)


def test_a_facet_of_thousands_offers_the_most_frequent_and_what_is_chosen(snapshot, monkeypatch):
    counts = snapshot.counts("records/funds", ["org_name"], **ask("funds").params)["org_name"]
    *_, last = counts
    monkeypatch.setattr("yunnan.front.records.record_facets.MOST_VALUES", 2)
    app = open_page("pages/records/funds.py", organization=last)
    offered = facet(app, "funds", "organization")
    assert len(offered.options) == 3
    assert offered.value == [last]
    assert offered.placeholder == "全部（列出2个，其余请搜索）"
    assert f"共 {counts[last]:,} 行" in sentence(app)


def test_choosing_moves_rows_sum_chips_and_counts_together(snapshot):
    app = open_page("pages/records/funds.py", place="533300")
    assert "共 11 行" in sentence(app)  # 533300: F9 F16-F19 F24 F25 F30 F34-F36
    facet(app, "funds", "stage").set_value(["到账"]).run()
    facet(app, "funds", "year").set_value(["2019"]).run()
    assert sentence(app) == "共 3 行\u3000金额 60万元（600,000.00元）\u3000数据截至 2020年6月30日"
    assert chips(app) == ["地区：怒江州", "年度：2019年", "环节：到账"]
    assert "中央财政（1）" in facet(app, "funds", "source").options
    assert "○ 自筹（0）" in facet(app, "funds", "source").options
    assert app.query_params["stage"] == "到账"
    assert app.query_params["year"] == "2019"
    app.button(key="chip_2").click().run()
    assert chips(app) == ["地区：怒江州", "年度：2019年"]
    assert "共 7 行" in sentence(app)  # F16-F19 F24 F25 F30
    app.button(key="reset").click().run()
    assert "共 37 行" in sentence(app)
    assert chips(app) == []


def test_the_picture_counts_the_rows_of_the_sentence_by_what_the_reader_chooses(snapshot):
    app = open_page("pages/records/funds.py", place="533300", by_funds="stage")
    drawn = chart(app, "spread_funds")
    assert "资金行数按环节" in drawn["layout"]["title"]["text"]
    counted = dict(zip(drawn["data"][0]["y"], drawn["data"][0]["text"], strict=True))
    assert counted == {"到账": "5行", "获批": "3行", "支出": "3行"}  # of tests/snapshot/funds.csv, by hand
    facet(app, "funds", "year").set_value(["2019"]).run()
    rows = sum(table(app, "资金行数按环节").iloc[:, 1])
    assert f"共 {rows:.0f} 行" in sentence(app)
    assert app.query_params["by_funds"] == "stage"


def test_an_address_opens_the_same_view(snapshot):
    app = open_page("pages/records/funds.py", stage="到账,支出", sort="-amount_yuan", search="项目二", columns="all")
    assert facet(app, "funds", "stage").value == ["到账", "支出"]
    # 项目二 F5 200, F6 50, F15 150 received, F7 120 spent
    shown = table(app, "资金记录，第1页")
    assert shown["流水号"].tolist() == numbers(5, 15, 7, 6)
    assert "来源文件" in shown
    assert app.text_input(key="search_funds").value == "项目二"


def test_nonsense_in_the_address_is_said_and_draws_nothing_from_afar(snapshot):
    picture = "![](http://elsewhere.example/p.png)"
    app = open_page("pages/records/funds.py", stage=f"到账,{picture}", sort=picture, columns="fund_id,nope")
    assert [e.message for e in app.exception] == []
    told = [w.value for w in app.warning]
    assert any("排序" in text for text in told)
    assert any("nope" in text for text in told)
    drawn = [*told, *(c.value for c in app.caption), *(b.label for b in app.button)]
    assert not any("![" in text or "](" in text for text in drawn)
    assert any("没有一行是" in c.value for c in app.caption)
    assert table(app, "资金记录，第1页").columns.tolist() == ["流水号"]


def test_a_value_that_no_row_has_finds_none_and_can_be_taken_off(snapshot):
    app = open_page("pages/records/projects.py", status="没有这种状态")
    assert "共 0 行" in sentence(app)
    assert [i.value for i in app.info] == ["没有符合筛选条件的记录。请去掉一些筛选。"]
    app.button(key="chip_0").click().run()
    assert "共 14 行" in sentence(app)


def test_sums_of_nothing_are_zero(snapshot):
    app = open_page("pages/records/funds.py", stage="获批", form="物资")
    assert "金额 0元（0.00元）" in sentence(app)
    app = open_page("pages/records/funds.py", search="没有这样的记录")
    assert sentence(app) == "共 0 行\u3000数据截至 2020年6月30日"


def test_other_rows_or_another_order_begin_on_the_first_page(snapshot, monkeypatch):
    monkeypatch.setattr("yunnan.front.records.record_list.PAGE_SIZE", 5)
    app = open_page("pages/records/funds.py", page_funds="3")
    # 37 rows by fives; the third page begins with the eleventh row
    assert table(app, "资金记录，第3页")["流水号"].tolist()[0] == keys(snapshot, ask("funds"))[10]
    app.selectbox(key="sort_funds").set_value("-amount_yuan").run()
    assert table(app, "资金记录，第1页")["流水号"].tolist()[0] in numbers(24, 29)  # 300,000 each
    app.number_input(key="page_funds").set_value(2).run()
    facet(app, "funds", "form").set_value(["资金"]).run()
    assert app.number_input(key="page_funds").value == 1


def test_a_page_number_that_does_not_exist_is_the_first_page(snapshot):
    for number in ("0", "99", "abc"):
        app = open_page("pages/records/funds.py", page_funds=number)
        assert [e.message for e in app.exception] == []
        assert len(table(app, "资金记录，第1页")) == 37


def test_filters_are_kept_when_the_menu_drops_the_address_and_not_when_back_does(snapshot):
    app = open_page("pages/records/funds.py", stage="到账")
    full = dict(app.query_params)
    app.query_params = {}  # as the menu leaves it
    app.run()
    assert chips(app) == ["环节：到账"]
    app.query_params = {name: value for name, value in full.items() if name != "stage"}  # Back, to before the choice
    app.run()
    assert chips(app) == []


@pytest.mark.parametrize("name", record_selection.TABLES)
def test_a_list_without_a_row_is_calm(empty_data, monkeypatch, name):
    monkeypatch.setattr(house, "DATA_DIR", empty_data)
    app = open_page(f"pages/records/{name}.py")
    assert_whole(app, "2018年", "2018年12月31日")
    assert "共 0 行" in sentence(app)
    assert [i.value for i in app.info] == ["没有符合筛选条件的记录。请去掉一些筛选。"]
    assert all(box.options == [] for box in app.multiselect)


# Everything at once: whatever is chosen, the counts are those of plain pandas over the hand-made rows


@pytest.fixture(scope="module")
def tiny(tiny_data) -> snapshots.Snapshot:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(house, "DATA_DIR", tiny_data)
        return snapshots.find(snapshots.published()[0])


def plainly(table: str, asked: Selection) -> list[str]:
    """Keys of the rows that a selection without a search must find, by pandas and without a line of our SQL."""
    source = {name: rows.to_pandas() for name, rows in read_tiny().items()}
    rows = source[table]
    day = {"funds": "event_date", "projects": "posted_date", "activities": "activity_date", "policies": "issue_date"}
    days = rows[day.get(table, "registered_date")]
    year = days.str[:4]
    made = {"year": year, "quarter": year + "Q" + ((days.str[5:7].fillna("01").astype(int) + 2) // 3).astype(str)}
    made |= {"prefecture": rows.prefecture_code}
    if table == "projects":
        lists = rows.county_codes.str.strip("[]").str.split(", ")
        made |= {"county": lists, "programme": rows.programme_code, "supervising_unit": rows.supervising_unit_code}
    elif "county_code" in rows:
        made |= {"county": rows.county_code}
    if table == "funds":
        of = rows.project_id.map(source["projects"].set_index("project_id").sector)
        made |= {"sector": of, "programme": rows.programme_code}
    if table in ("funds", "projects", "activities"):
        whose = rows.lead_org_id if table == "projects" else rows.org_id
        made |= {"organization": whose.map(source["organizations"].set_index("org_id").org_name)}
    if table == "organizations":
        made |= {"supervising_unit": rows.supervising_unit_code}
    kept = pd.Series(True, rows.index)
    for name, wanted in asked.chosen.items():
        values = made[name] if name in made else rows[name]
        kept &= values.map(lambda v, w=wanted: bool(set(v if isinstance(v, list) else [v]) & set(w)))
    codes = made["county"] if table == "projects" else rows.get("county_code", pd.Series(index=rows.index, dtype=str))
    inside = [_within(asked.place, p, c, table) for p, c in zip(rows.prefecture_code, codes, strict=True)]
    kept &= pd.Series(inside, rows.index, dtype=bool)
    return rows[kept].iloc[:, 0].tolist()


def _within(place: str, prefecture: str, county, table: str) -> bool:
    if place in ("530000", prefecture, county):
        return True
    if table == "policies":
        return prefecture in ("530000", place[:4] + "00")
    counties = county if isinstance(county, list) else []
    return any(code == place or (place.endswith("00") and code[:4] == place[:4]) for code in counties)


@pytest.mark.parametrize("table", [name for name in record_selection.TABLES if name != "beneficiaries"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_selection_finds_what_plain_pandas_finds(tiny, table, data):
    asked = some_of(data, tiny, table)
    assert sorted(keys(tiny, asked)) == sorted(plainly(table, asked))


@pytest.mark.parametrize("table", record_selection.TABLES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_the_count_beside_a_value_is_what_choosing_it_gives(tiny, table, data):
    asked = some_of(data, tiny, table)
    name = data.draw(st.sampled_from(sorted(record_selection.facets(table))))
    rest = asked.with_facet(name, ())
    column = record_selection.facets(table)[name]
    counts = tiny.counts(asked.query, [column], **rest.params).get(column, {})
    for value, rows in list(counts.items())[:4]:
        assert tiny.total(asked.query, (), **rest.with_facet(name, [value]).params).rows == rows


def test_a_search_copied_from_a_pdf_is_the_search_as_typed():
    selection, unusable = record_selection.read("funds", {"search": "\u200e⻰陵⽂⼭\u202c"})
    assert (selection.params["search"], unusable) == ("龙陵文山", [])
