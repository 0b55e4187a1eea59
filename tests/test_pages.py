"""Every page on disk opens through dashboard.py; filters move its numbers, nonsense does no harm, empty is calm."""

import io
import json
import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl

import duckdb
import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import publish_tiny, read_tiny
from tests.screens import (
    DEFINITIONS,
    FRONT,
    HEADING,
    HEADINGS,
    INDICATORS,
    PAGES,
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
    spoil,
    table,
    visible_text,
)
from yunnan import settings
from yunnan.data import citations, figure_codes, snapshots
from yunnan.front.address import navigation, parameter_names
from yunnan.server import health
from yunnan.words import geography, wording

PERIODS = {
    "2018": "2018年",
    "2019": "2019年",
    "2019H1": "2019年上半年",
    "2020H1": "2020年上半年",
    "2020Q2": "2020年二季度",
    "2020": "2020年（1—6月）",
}
COUNTING_PEOPLE = ("P1-09", "P4-09")
PERSONS = "惠及人数（去重）（人）"


@pytest.fixture(scope="module")
def three_snapshots(tiny_data, empty_data, tmp_path_factory) -> Path:
    """The tiny province; a correction that brings 2019 to the article's 4.4亿; an earlier date without a single row."""
    folder = tmp_path_factory.mktemp("three")
    shutil.copytree(tiny_data, folder, dirs_exist_ok=True)
    rows = read_tiny()
    corrected = {
        "funds": replaced(rows["funds"], "fund_id", "F000028", "amount_yuan", "438960000.00"),
        "snapshot_manifest": replaced(
            rows["snapshot_manifest"], "batch_id", "2019Q4-530000-funds", "sum_amount_ok", "438960000.00"
        ),
    }
    publish_tiny(folder, revision=2, **corrected)
    shutil.copytree(empty_data, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def corrected(three_snapshots, monkeypatch) -> Path:
    monkeypatch.setattr(settings, "DATA_DIR", three_snapshots)
    return three_snapshots


@pytest.fixture
def damaged(three_snapshots, tmp_path, monkeypatch) -> Path:
    """All three snapshots, one bit of the newest changed."""
    shutil.copytree(three_snapshots, tmp_path, dirs_exist_ok=True)
    spoil(tmp_path / "snapshots" / "2020-06-30.r2" / "funds.parquet")
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    return tmp_path


# Every page opens


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_for_every_kind_of_period_and_no_file_has_an_english_yes_or_no(snapshot, files, page):
    app = open_page(page, period="2019H1")
    for period in ("2019H1", "2020Q2", "2020"):
        if period != "2019H1":
            app.query_params["period"] = period
            app.run()
        assert_whole(app, PERIODS[period])
        # The agendas that ship are of the demo's snapshots, which are not here.
        assert [w.value for w in app.warning if not w.value.startswith("议程文件")] == []
        assert app.query_params["period"] == period
    for name, data in files.items():
        assert not re.search(rb"\b(True|False|None|nan|NaT)\b", data), name


def test_the_page_of_a_place_is_a_choice_of_16_until_one_is_chosen(snapshot):
    app = open_page(PLACE)
    assert {b.label for b in app.button} == {p.name_zh for p in geography.prefectures()}
    app.button(key="open_533300").click().run()
    assert app.title[0].value == "怒江傈僳族自治州　2019年"
    assert app.query_params["place"] == "533300"


@pytest.mark.parametrize("code", ["530600", "532900", "533300", "533100", "533400"])
def test_a_prefecture_opens_for_every_period_and_tells_no_count_of_people_below_ten(snapshot, files, code):
    # Counts of people change by the year; three very different prefectures stand for the parts of a year.
    periods = PERIODS if code in ("530600", "532900", "533300") else {p: PERIODS[p] for p in ("2019", "2020")}
    app = open_page(PLACE, place=code, measure="P1-09")
    for period, label in periods.items():
        files.clear()
        app.query_params["period"] = period
        app.run()
        assert_whole(app, label)
        assert app.query_params["place"] == code
        told = [*persons_told(app), *persons_in_files(files)]
        assert len(told) > 4  # zeros are told
        assert [n for n in told if 0 < n < 10] == []
        assert re.findall(r"(?<![\d.,])[1-9][人户](?!次|/)", visible_text(app)) == []


def persons_told(app: AppTest) -> Iterator[float]:
    """Every number of people or households in the tables, charts and cards of a prefecture's page."""
    for frame in (d.value for d in app.dataframe):
        yield from persons_in(frame)
    yield from metric(app, "惠及贫困人口").proto.chart_data
    for key in ("bars_help_type", "bars_poverty_category", "ranking"):
        for trace in chart(app, key)["data"]:
            yield from numbers(trace["x"])


def persons_in_files(files: dict[str, bytes]) -> Iterator[float]:
    for data in files.values():
        yield from persons_in(pd.read_csv(io.BytesIO(data), dtype={"指标代码": str}))


def persons_in(frame: pd.DataFrame) -> Iterator[float]:
    columns = [c for c in ("数值", "上年同期值", "全省值") if c in frame]
    if PERSONS in frame:
        yield from frame[PERSONS].dropna()
    elif columns and "指标代码" in frame:
        for column in columns:
            yield from frame.loc[frame.指标代码.isin(COUNTING_PEOPLE), column].dropna()
    elif columns:  # counties, measure P1-09
        for column in columns:
            yield from frame[column].dropna()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_a_single_row_is_calm(corrected, page):
    app = open_page(page, asof="2018-12-31.r1", place="533103")
    assert_whole(app, "2018年", asof="2018年12月31日")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_an_official_snapshot_says_nowhere_that_it_is_a_demonstration(official_data, monkeypatch, page):
    monkeypatch.setattr(settings, "DATA_DIR", official_data)
    of_a_place = [{"place": "530500", "theme": "brand"}] if "pillars" in page or "places" in page else []
    for url in ({"theme": "plans", "topic": "plans"}, *of_a_place):
        app = open_page(page, **url)
        assert app.exception == []
        assert app.error == []
        told = visible_text(app)
        # a target, a document and a number of the poor say their own source
        for of_the_rows in (
            "（演示）",
            "（演示；旁证",
            "（演示，仅观察）",
            "；演示）",
            "<td>演示</td>",
            "，演示）",
            "“演示”不代表真实情况",
            "联合成立",
        ):
            told = told.replace(of_the_rows, "")
        assert re.findall(r".{0,20}(?:演示|合成).{0,20}", told) == [], url


def test_a_name_with_markdown_in_it_is_shown_as_it_is_and_links_nowhere(tmp_path, monkeypatch):
    name = "[甲](http://evil.example)协会"
    organizations = replaced(read_tiny()["organizations"], "org_id", "O000001", "org_name", name)
    publish_tiny(tmp_path, organizations=organizations)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    app = open_page("pages/places/organization.py", org="O000001")
    assert app.exception == []
    assert app.title[0].value == wording.literal(name)
    assert "](http" not in app.title[0].value
    for page in ("pages/pillars/platform.py", "pages/pillars/mechanism.py", "pages/pillars/guidance.py"):
        app = open_page(page)
        assert not [e.value for kind in (app.markdown, app.caption, app.title) for e in kind if "[甲](" in e.value]


# Choices


def test_period_place_and_asof_survive_the_menu_which_drops_them_from_the_url(corrected):
    chosen = {"asof": "2020-06-30.r1", "period": "2018", "place": "533300"}
    app = open_page(FRONT, **chosen)
    for page in PAGES:
        app.query_params = {}
        app.switch_page(page).run()
        assert_whole(app, "2018年")
        assert chosen.items() <= app.query_params.items()
        drawn = {name: box.value for name in chosen for box in app.selectbox if box.key == f"w_{name}"}
        has_period = "/records/" not in page and page != FRONT
        assert drawn == {name: chosen[name] for name in chosen if name != "period" or has_period}


def test_choosing_a_place_in_the_frame_opens_its_page_and_the_province_leads_back(snapshot):
    app = open_page("pages/province/scorecard.py", period="2018")
    app.selectbox(key="w_place").select("533300").run()
    assert app.title[0].value == "怒江傈僳族自治州　2018年"
    assert "全省 › 怒江州" in html(app, "masthead")[0]
    app.switch_page(PLACE)  # a browser hears which page it is on now
    app.selectbox(key="w_place").select("533301").run()
    assert app.title[0].value == "怒江州泸水市　2018年"
    assert "全省 › 怒江州 › 泸水市" in html(app, "masthead")[0]
    app.switch_page("pages/places/county.py")
    app.selectbox(key="w_place").select("530000").run()
    assert app.title[0].value == "总览"
    assert app.query_params["period"] == "2018"


def test_a_filter_moves_the_numbers(snapshot):
    app = open_page(FRONT, part="figures")
    assert metric(app, "筹集款物").value == "109万元"
    app.query_params["period"] = "2018"
    app.run()
    assert metric(app, "筹集款物").value == "65万元"  # 6 4 20 5 10 8 3 9万
    app = open_page(FRONT, part="places", period="2018", measure="P1-09")
    assert chart(app, "map")["layout"]["title"]["text"] == "惠及贫困人口数（2018年）"
    app = open_page("pages/pillars/party.py", period="2018")
    app.selectbox(key="w_period").select("2019").run()
    assert app.query_params["period"] == "2019"


@pytest.mark.parametrize(
    ("page", "indicator"),
    [("party", "P1-05"), ("mechanism", "P2-03"), ("guidance", "P3-02"), ("platform", "P4-07")],
)
def test_an_old_link_to_an_indicator_of_a_pillar_shows_it_and_no_other_part_is_made(snapshot, page, indicator):
    app = open_page(f"pages/pillars/{page}.py", part="", indicator=indicator, period="2019")
    assert drawn(app)["choice"] == {"period": "2019", "measure": indicator, "place": "530000"}
    assert [e.value for e in app.subheader if not e.value.startswith("需要关注")] == []
    assert indicator in [row["code"] for row in drawn(app)["rows"]]
    on_paper = open_page(f"pages/pillars/{page}.py", paper="true", part="", indicator=indicator, period="2019")
    assert chart(on_paper, "map")["layout"]["title"]["text"].endswith("（2019年）")
    (box,) = [box for box in on_paper.selectbox if box.key == "w_indicator"]
    assert box.value == indicator


@pytest.mark.parametrize("place", ["530000", "533300", "533323"])
def test_the_rows_of_a_head_say_what_the_table_for_paper_says(snapshot, place):
    rows = drawn(open_page("pages/pillars/party.py", part="", period="2019", place=place))["rows"]
    paper = open_page("pages/pillars/party.py", paper="true", part="", period="2019", place=place)
    on_paper = next(table.value for table in paper.dataframe if table.proto.alt == HEADINGS["P1"])
    for row, written in zip(rows, on_paper.to_dict("records"), strict=True):
        assert [row["name"], row["value"], row["light"]] == [written["指标"], written["本期"], written["状态"]]
        assert row["change"].removeprefix("同比") == written["同比"].replace(wording.NONE, "")
        assert row["goal"].removeprefix("目标") == written["本期目标"].replace(wording.NONE, "")
        assert row["attained"].removeprefix("完成") == written["完成率"].replace(wording.NONE, "")
        assert (row["done"] < 0) == (not row["attained"])
        assert len(row["heights"]) == len(row["texts"])


NONSENSE = [
    (FRONT, "asof", "zzz", "2020-06-30.r1"),
    (FRONT, "asof", "../2020-06-30.r1", "2020-06-30.r1"),
    (FRONT, "period", "1999", "2019"),
    (FRONT, "place", "999999", "530000"),
    (FRONT, "measure", "x", "P1-08"),
    ("pages/province/scorecard.py", "pillar", "P9", "P1"),
    (DEFINITIONS, "indicator", "<script>alert(1)</script>", "P1-08"),
    ("pages/trust/reconciliation.py", "figure", "' or 1=1 --", "CAL-01"),
    (PLACE, "place", "昆明", "530000"),
]


@pytest.mark.parametrize(("page", "name", "value", "default"), NONSENSE)
def test_a_value_that_does_not_exist_is_said_and_replaced(snapshot, page, name, value, default):
    app = open_page(page, **{name: value})
    assert_whole(app, "2019年")
    (warning,) = app.warning
    assert value[:40] in warning.value
    assert re.fullmatch(r"网址中的.+不存在，已改用“.+”。", warning.value)
    assert app.query_params[name] == default


def test_a_revision_that_is_not_there_is_the_newest_of_its_date_and_said_again_after_a_reload(corrected):
    app = open_page(FRONT, asof="2020-06-30.r9")
    for _ in range(2):
        assert_whole(app, "2019年")
        assert [w.value for w in app.warning] == [
            "网址中的数据截至“`2020-06-30.r9`”不存在，已改用“2020年6月30日（第2版）”。"
        ]
        app = open_page(FRONT, **{n: v if isinstance(v, str) else v[0] for n, v in app.query_params.items()})
    app.selectbox(key="w_asof").select("2020-06-30.r1").run()
    assert [w.value for w in app.warning] == []


def test_a_bare_date_is_its_newest_revision_and_no_mistake(corrected):
    app = open_page(FRONT, asof="2018-12-31")
    assert_whole(app, "2018年", asof="2018年12月31日")
    assert [w.value for w in app.warning] == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [("怒江州", "533300"), ("533300000000", "533300"), ("532302", "532331"), ("禄丰县", "532331"), ("全省", "530000")],
)
def test_a_place_is_understood_by_its_name_its_long_code_and_its_code_of_another_edition(snapshot, asked, code):
    app = open_page("pages/trust/quality.py", place=asked)
    assert [w.value for w in app.warning] == []
    assert app.session_state["view"].place == code


def test_a_name_of_the_address_that_no_page_knows_is_said_and_an_escaped_one_is_understood(snapshot):
    app = open_page("pages/trust/quality.py", plcae="533300")
    assert "网址中有不认识的参数：plcae" in app.warning[0].value
    app = open_page("pages/trust/quality.py", **{"embed": "true", "amp;place": "533300", "_t": "1", "from": "timeline"})
    assert [w.value for w in app.warning] == []
    assert app.session_state["view"].place == "533300"


def test_every_choice_of_a_page_is_a_name_that_the_address_may_hold():
    files = [*settings.ROOT.glob("pages/*/*.py"), *settings.ROOT.glob("yunnan/front/*/*.py")]
    calls = r"(?:choices|navigation)\.(?:choose|choose_several|flag|item|put|put_flag)\(\s*\"(\w+)\""
    chosen = {name for file in files for name in re.findall(calls, file.read_text(encoding="utf-8"))}
    assert len(chosen) > 15
    assert chosen <= {*navigation.CARRIED, *parameter_names.OF_PAGES, *parameter_names.OF_LISTS}


def test_a_value_of_the_url_is_shown_as_it_is_and_not_as_markdown(snapshot):
    app = open_page(FRONT, place="![x](https://example.org/x.png)\n\n# 标题`")
    assert app.warning[0].value.startswith("网址中的地区“`![x](https://example.org/x.png) # 标题`”不存在")


def test_a_period_the_other_snapshot_does_not_know_is_said_and_replaced(corrected):
    app = open_page(FRONT, period="2020Q2")
    app.selectbox(key="w_asof").select("2018-12-31.r1").run()
    assert_whole(app, "2018年", asof="2018年12月31日")
    assert "2020Q2" in app.warning[0].value
    assert app.query_params["period"] == "2018"


def test_what_a_page_hands_on_is_not_called_a_mistake_of_the_url(snapshot):
    app = open_page(FRONT, measure="SCORE")
    app.selectbox(key="w_place").select("533300").run()  # counties have no score: the head says so
    assert drawn(app)["choice"]["measure"] == "SCORE"
    assert [w.value for w in app.warning] == []
    app.run()  # the form for paper again, of the address that the first run has written; it has another map
    assert chart(app, "map")["layout"]["title"]["text"] == "筹集款物总额（2019年）"
    assert [w.value for w in app.warning] == []


# Snapshots


def test_without_a_snapshot_the_page_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    app = open_page(FRONT)
    assert not app.exception
    assert app.title[0].value == "还没有数据快照"
    assert "make demo" in app.info[0].value


def test_a_damaged_snapshot_is_named_and_refused_and_an_older_one_offered(damaged):
    app = open_page(FRONT)
    assert not app.exception
    assert not app.metric
    assert app.title[0].value == "这份快照不能使用"
    assert "2020-06-30.r2" in app.error[0].value
    assert "funds.parquet" in app.error[0].value
    (link,) = app.get("link_button")
    assert link.proto.url == "?asof=2020-06-30.r1"
    app.query_params = {"asof": "2020-06-30.r1", "part": "figures"}
    app.run()
    assert_whole(app, "2019年")
    assert metric(app, "筹集款物").value == "109万元"


def test_a_snapshot_damaged_while_it_is_shown_is_refused_until_it_is_restored(three_snapshots, tmp_path, monkeypatch):
    shutil.copytree(three_snapshots, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    newest = tmp_path / "snapshots" / "2020-06-30.r2"
    app = open_page("pages/records/funds.py", place="533300")
    assert_whole(app, "怒江")
    spent = (newest / "funds.parquet").read_bytes()
    for damage in (lambda: spoil(newest / "funds.parquet"), (newest / "funds.parquet").unlink):
        damage()
        app.run()
        assert not app.exception
        assert app.title[0].value == "这份快照不能使用"
        assert "2020-06-30.r2 已损坏" in app.error[0].value
        assert "funds.parquet" in app.error[0].value
        (link,) = app.get("link_button")
        told = dict(parse_qsl(link.proto.url.removeprefix("?")))
        assert told == {"asof": "2020-06-30.r1", "period": "2019", "place": "533300"}
        ready = health.is_ready()
        assert (ready.status_code, "funds.parquet" in json.loads(ready.body)["reason"]) == (503, True)
    (newest / "funds.parquet").write_bytes(spent)
    app.run()
    assert_whole(app, "怒江")
    assert health.is_ready().status_code == 200


def test_an_older_snapshot_that_opens_does_not_make_a_server_ready_that_refuses_the_newest(damaged):
    answer = health.is_ready()
    assert answer.status_code == 503
    assert json.loads(answer.body)["snapshot"] == "2020-06-30.r2"


def test_no_figure_is_read_from_a_file_that_was_damaged_after_the_page_had_been_let_in(
    corrected, tmp_path, monkeypatch
):
    shutil.copytree(corrected, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    app = open_page(FRONT)
    kept = app.session_state["view"]
    spoil(tmp_path / "snapshots" / "2020-06-30.r2" / "funds.parquet")
    with pytest.raises(snapshots.Damaged, match=r"2020-06-30\.r2.*funds\.parquet"):
        kept.snapshot.table("funds/by_source", period="2018", place="530100")


def test_an_old_link_keeps_its_numbers_after_a_correction_and_says_that_there_is_one(corrected):
    old = open_page(FRONT, asof="2020-06-30.r1", period="2019")
    assert metric(old, "筹集款物").value == "109万元"
    assert any("最新快照：2020年6月30日（第2版）" in c.value for c in old.caption)
    new = open_page(FRONT, period="2019")
    assert new.query_params["asof"] == "2020-06-30.r2"
    assert metric(new, "筹集款物").value == "约4.4亿元"
    assert not any("最新快照" in c.value for c in new.caption)


def test_a_running_session_keeps_its_snapshot_when_a_newer_one_is_published(
    tiny_data, three_snapshots, tmp_path, monkeypatch
):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    shutil.copytree(tiny_data, tmp_path, dirs_exist_ok=True)
    app = open_page(FRONT)
    shutil.copytree(three_snapshots, tmp_path, dirs_exist_ok=True)
    app.query_params = {}
    app.switch_page("pages/province/scorecard.py").run()
    assert app.query_params["asof"] == "2020-06-30.r1"
    assert any("有更新的快照：2020年6月30日（第2版）" in c.value for c in app.caption)
    app.switch_page(FRONT).run()
    assert metric(app, "筹集款物").value == "109万元"


# Numbers


def test_card_sentence_map_bars_table_and_file_say_what_the_rows_add_up_to(snapshot, files):
    received = dict(
        duckdb.execute(
            "select prefecture_code, sum(if(is_reversal, -amount_yuan, amount_yuan)) from read_parquet($file)"
            " where stage = '到账' and event_date between date '2019-01-01' and date '2019-12-31'"
            " group by prefecture_code",
            {"file": str(snapshot.path / "funds.parquet")},
        ).fetchall()
    )
    total = sum(received.values())
    by_place = {code: float(received.get(code, 0)) for code in [*PREFECTURES.values(), "530000"]}
    app = open_page(FRONT, period="2019", measure="P1-08")
    card = metric(app, "筹集款物")
    assert card.value == wording.amount(total) == "109万元"
    assert f"准确值：{total:,.0f}元" in card.help
    assert "筹集款物109万元" in finding_of(app)

    shown = table(app, "筹集款物总额")
    assert dict(zip(shown.地区代码, shown.数值, strict=True)) == by_place
    assert Decimal(shown.数值.sum()) == total
    (data,) = [data for name, data in files.items() if "筹集款物总额" in name]
    filed = pd.read_csv(io.BytesIO(data), dtype={"地区代码": str})
    assert dict(zip(filed.地区代码, filed.数值, strict=True)) == by_place

    bars = chart(app, "ranking")["data"][0]
    assert dict(zip(bars["customdata"], numbers(bars["x"]), strict=True)) == by_place
    assert max(by_place.values()) == numbers(bars["x"])[0]
    drawn = [t for trace in chart(app, "map")["data"] if trace["type"] == "choropleth" for t in trace["text"] if t]
    said = {f"{name}：{wording.amount(by_place[code])}" for name, code in PREFECTURES.items()}
    assert len(drawn) == 16
    assert set(drawn) == said


def test_the_articles_words_stand_only_where_the_number_is_the_published_one(corrected):
    for url, expected in (
        ({"asof": "2020-06-30.r2", "period": "2019"}, "约4.4亿元"),
        ({"asof": "2020-06-30.r2", "period": "2018"}, "65万元"),
        ({"asof": "2020-06-30.r1", "period": "2019"}, "109万元"),
    ):
        app = open_page(FRONT, **url)
        assert metric(app, "筹集款物").value == expected
        assert ("文献写法" in metric(app, "筹集款物").help) == expected.startswith("约")
    place = open_page(PLACE, asof="2020-06-30.r2", period="2019", place="533300")
    assert metric(place, "筹集款物").value == "60万元"
    assert "文献写法" not in metric(place, "筹集款物").help


def test_a_prefecture_with_a_missing_return_is_warned_of_and_not_judged(snapshot):
    app = open_page(PLACE, place="533100", period="2020Q2")
    assert "德宏州本报告期应报1个季度，缺报1个" in app.warning[0].value
    assert metric(app, "筹集款物").value == "（未报送）"
    assert {m.value for m in app.metric if m.label.startswith("P")} == {"数据不足"}
    elsewhere = open_page(PLACE, place="533300", period="2020Q2")
    assert not elsewhere.warning


def test_a_file_opens_in_a_chinese_office_and_says_what_it_is(snapshot, files):
    open_page(PLACE, place="533300", period="2019")
    assert "云南模式_筹集款物总额_怒江州_2019_截至20200630r1.csv" in files
    for name, data in files.items():  # those of the front page, which is run first, are of no single place
        assert re.fullmatch(r"云南模式_.+?(_怒江州)?_2019_截至20200630r1\.csv", name)
        assert data.startswith(b"\xef\xbb\xbf")
        frame = pd.read_csv(io.BytesIO(data))
        assert all(re.search("[一-鿿]", column) for column in frame.columns)
        assert set(frame.数据截至) == {"2020-06-30"}
        assert set(frame.数据性质) == {wording.DEMO}


def test_each_row_of_a_map_or_an_indicator_table_carries_its_code(snapshot, files):
    open_page(PLACE, place="533300", period="2019")
    for name, figures in (("筹集款物总额", 4), (f"怒江{HEADING}", INDICATORS)):
        frame = pd.read_csv(io.BytesIO(files[f"云南模式_{name}_怒江州_2019_截至20200630r1.csv"]))
        cited = frame.dropna(subset="数字凭证")
        assert len(cited) == figures
        column = "数值" if "数值" in frame else "本期"
        for code, value in zip(cited.数字凭证, cited[column], strict=True):
            found = citations.figure(snapshot, figure_codes.parse(code)).value
            assert found == value or (found is None and np.isnan(value))
