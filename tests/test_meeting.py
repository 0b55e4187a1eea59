"""Meetings: agendas are read or refused in a sentence, each view opens as written, the box jumps where it should."""

import re

import pytest

from tests.screens import FRONT, html, open_page
from yunnan import settings
from yunnan.data import agendas, search
from yunnan.drawing.briefing.request import MEETING as NAMED
from yunnan.drawing.briefing.request import CannotBrief
from yunnan.drawing.briefing.request import meeting as slides

MEETING = "pages/province/meeting.py"
TITLES = {
    "总览": "overview",
    "四个突出评分": "scorecard",
    "党建引领": "party",
    "一个州市": "prefecture",
    "资金": "funds",
}
GOOD = """title = "例会"
[[view]]
page = "overview"
period = "2019"
asof = "2020-06-30.r1"
note = "先说<b>结论</b>"
with = { measure = "SCORE" }
[[view]]
page = "party"
place = "533300"
period = "2018"
asof = "2020-06-30.r1"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch, snapshot):
    """The folder of agendas, with one that is right."""
    monkeypatch.setattr(settings, "AGENDAS_DIR", tmp_path)
    (tmp_path / "例会.toml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_the_samples_that_ship_are_well_formed_and_cover_the_three_kinds_of_meeting():
    assert {"年终总结", "三区三州", "怒江州"} <= set(agendas.names())


def test_the_samples_that_ship_show_every_one_of_their_views_on_the_demo(demo_data, monkeypatch, tmp_path):
    """Over the newest demo snapshot alone: what is wrong with a view can only be that its snapshot is not there."""
    monkeypatch.setattr(settings, "DATA_DIR", demo_data)
    for name in agendas.names():
        text = (settings.AGENDAS_DIR / f"{name}.toml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.toml").write_text(text.replace("2019-12-31.r2", "2020-06-30.r1"), encoding="utf-8")
    monkeypatch.setattr(settings, "AGENDAS_DIR", tmp_path)
    for name in agendas.names():
        assert agendas.read(name).problems == ()
        assert len(agendas.read(name).stops) >= 5


def test_an_agenda_holds_its_views_in_order_with_all_their_addresses_hold(folder):
    agenda = agendas.read("例会")
    assert (agenda.title, agenda.problems) == ("例会", ())
    assert [stop.page for stop in agenda.stops] == ["overview", "party"]
    assert agenda.stops[0].address == {
        "measure": "SCORE", "asof": "2020-06-30.r1", "period": "2019", "place": "530000",
    }  # fmt: skip
    assert agenda.stops[1].address["place"] == "533300"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('page = "nowhere"', "第2个画面：没有“nowhere”这个页面"),
        ('place = "539999"', "第2个画面：没有地区“539999”"),
        ('asof = "2011-01-01.r1"', "第2个画面：没有快照“2011-01-01.r1”"),
        ('asof = "../../etc"', "第2个画面：没有快照“../../etc”"),
        ('period = "1999"', "第2个画面：快照 2020-06-30.r1 没有报告期“1999”"),
        ('colour = "red"', "第2个画面：不认识 colour"),
        ('with = "x"', "第2个画面：with 应写成"),
        ('with = { "a b" = "x" }', "第2个画面：with 应写成"),
    ],
)
def test_a_view_that_cannot_be_shown_is_named_and_the_others_still_are(folder, line, said):
    name = line.partition(" ")[0]
    head, _, second = GOOD.rpartition("[[view]]")
    kept = re.sub(rf"(?m)^{name} = .*\n", "", second)
    (folder / "坏.toml").write_text(f"{head}[[view]]{kept}{line}\n", encoding="utf-8")
    agenda = agendas.read("坏")
    assert [stop.page for stop in agenda.stops] == ["overview"]
    (problem,) = agenda.problems
    assert problem.startswith(f"议程文件 坏.toml {said}")
    assert problem.endswith("已略过。")


def test_a_place_may_be_written_by_a_code_that_it_got_later(folder):
    (folder / "禄丰.toml").write_text(GOOD.replace('place = "533300"', 'place = "532302"'), encoding="utf-8")
    agenda = agendas.read("禄丰")
    assert agenda.problems == ()
    assert [stop.address["place"] for stop in agenda.stops] == ["530000", "532331"]


@pytest.mark.parametrize("seconds", ["4", "3601", "true", "2.5", '"30"', "-30"])
def test_seconds_that_cannot_be_meant_are_named_and_replaced(folder, seconds):
    (folder / "坏.toml").write_text(f"seconds = {seconds}\n{GOOD}", encoding="utf-8")
    agenda = agendas.read("坏")
    assert agenda.problems == ("议程文件 坏.toml 的 seconds 应是5到3600的整数（秒），现按30秒办。",)
    assert (agenda.seconds, len(agenda.stops)) == (30, 2)


def test_an_agenda_runs_by_itself_only_where_the_address_says_so(folder):
    (folder / "轮.toml").write_text(f"seconds = 45\n{GOOD}", encoding="utf-8")
    app = open_page(FRONT, agenda="轮", view="2")
    assert "data-seconds" not in html(app, "agenda")[0]
    assert app.button(key="agenda_next").disabled
    app.button(key="agenda_auto").click().run()
    assert app.query_params["auto"] == "true"
    (bar,) = [element.value for element in app.html if 'class="agenda"' in element.value]
    assert 'data-seconds="45"' in bar
    app.button(key="agenda_next").click().run()
    assert (app.query_params["view"], app.query_params["auto"]) == ("1", "true")
    app.button(key="agenda_auto").click().run()
    assert "auto" not in app.query_params


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'title = "x\n', "议程文件 坏.toml 第1行不合 TOML 写法，请检查引号与等号。"),
        ("title = '例'".encode("gbk"), "议程文件 坏.toml 无法读取（不是 UTF-8 编码），请检查文件。"),
        (b'title = "x"\n', "议程文件 坏.toml 里没有 [[view]]，请至少写一个画面。"),
        (b'view = "x"\n', "议程文件 坏.toml 里没有 [[view]]，请至少写一个画面。"),
        (b'[[view]]\npage = "overview"\n', "议程文件 坏.toml 第1个画面：缺少 period、asof，已略过。"),
        (b"view = [1]\n", "议程文件 坏.toml 第1个画面：不是一个画面，已略过。"),
    ],
)
def test_a_file_that_is_no_agenda_is_refused_in_a_sentence_and_the_others_still_open(folder, content, said):
    (folder / "坏.toml").write_bytes(content)
    app = open_page(MEETING)
    assert [e.message for e in app.exception] == []
    assert [re.sub(r"\\(.)", r"\1", w.value) for w in app.warning] == [said]
    assert [b.key for b in app.button if str(b.key).startswith("begin_")] == ["begin_例会"]
    led = open_page(FRONT, agenda="坏", auto="true")
    (sentence,) = [re.sub(r"\\(.)", r"\1", w.value) for w in led.warning]
    assert re.fullmatch(f"议程“(x|坏)”没有能打开的画面：{re.escape(said)}", sentence)
    assert led.title[0].value.startswith("总览")
    led.run()
    assert len(led.warning) == 1  # it stays as long as the address is the same


def test_a_folder_of_agendas_that_cannot_be_listed_is_not_one_without_agendas(folder, monkeypatch):
    monkeypatch.setattr(settings, "AGENDAS_DIR", folder / "例会.toml")  # which is no folder
    said = "议程文件夹 agendas 列不出来（路径中有一段不是文件夹）"
    app = open_page(MEETING)
    assert ([w.value[: len(said)] for w in app.warning], list(app.info)) == ([said], [])
    led = open_page(FRONT, agenda="例会", view="1")
    assert ([w.value[: len(said)] for w in led.warning], list(led.exception)) == ([said], [])
    assert led.title[0].value.startswith("总览")
    with pytest.raises(CannotBrief, match=said):
        slides({NAMED: "例会"}, None)


def test_a_meeting_goes_from_view_to_view_as_the_agenda_says_and_back(folder):
    app = open_page(MEETING, theme="dark")
    app.button(key="begin_例会").click().run()
    assert (app.title[0].value, app.query_params["period"]) == ("总览", "2019")
    asked = {"agenda": "例会", "view": "1", "period": "2019", "measure": "SCORE", "theme": "dark"}
    assert asked.items() <= dict(app.query_params).items()
    assert "<b>1/2</b>" in html(app, "agenda")[0]
    assert app.button(key="agenda_prev").disabled
    app.button(key="agenda_next").click().run()
    assert app.title[0].value == "党建引领·怒江傈僳族自治州　2018年"
    assert "measure" not in app.query_params
    assert app.button(key="agenda_next").disabled
    app.button(key="agenda_prev").click().run()
    assert (app.title[0].value, app.query_params["period"]) == ("总览", "2019")


def test_what_leaves_the_agendas_view_says_so_and_one_click_leads_back(folder):
    app = open_page(FRONT, agenda="例会", view="1", period="2019", measure="SCORE", asof="2020-06-30.r1")
    assert not [b for b in app.button if b.key == "agenda_back"]
    app.query_params["period"] = "2018"
    app.run()
    app.button(key="agenda_back").click().run()
    assert (app.title[0].value, app.query_params["period"]) == ("总览", "2019")
    app.button(key="agenda_end").click().run()
    assert html(app, "agenda") == []
    assert "agenda" not in app.query_params


def test_the_speakers_note_is_shown_only_when_asked_for_and_as_text(folder):
    app = open_page(FRONT, agenda="例会", view="1")
    assert html(app, "note") == []
    app.button(key="agenda_notes").click().run()
    (note,) = html(app, "note")
    assert "先说&lt;b&gt;结论&lt;/b&gt;" in note
    assert app.query_params["notes"] == "true"


@pytest.mark.parametrize("asked", [{"agenda": "没有"}, {"agenda": "../例会"}, {"agenda": "例会", "view": "99"},
                                   {"agenda": "例会", "view": "-1"}, {"agenda": "例会", "view": "x"}])  # fmt: skip
def test_nonsense_in_the_address_of_a_meeting_does_no_harm(folder, asked):
    app = open_page(FRONT, **asked)
    assert [e.message for e in app.exception] == []
    assert len(html(app, "agenda")) == (asked["agenda"] == "例会")
    assert len(app.warning) == 1


# The box


@pytest.mark.parametrize(
    ("asked", "page", "address"),
    [
        ("怒江 党建", "party", {"place": "533300"}),
        ("党建 怒江", "party", {"place": "533300"}),
        ("nj djyl", "party", {"place": "533300"}),
        ("党建引领", "party", {}),
        ("zl", "overview", {}),
        ("533323", "county", {"place": "533323"}),
        ("福贡县", "county", {"place": "533323"}),
        ("fgx", "county", {"place": "533323"}),
        ("怒江", "prefecture", {"place": "533300"}),
        ("NJ", "prefecture", {"place": "533300"}),
        ("同心圆梦", "guidance", {"aspect": "united"}),
        ("P00002", "project", {"project": "P00002"}),
        ("O000001", "organization", {"org": "O000001"}),
    ],
)
def test_a_word_or_two_lead_to_the_view(snapshot, asked, page, address):
    first = search.find(snapshot, asked, TITLES)[0]
    assert (first.page, first.address) == (page, address)


@pytest.mark.parametrize("asked", ["", "   ", "没有这样的地方", "' or 1=1 --", "怒江 没有这样的页"])
def test_words_that_mean_nothing_lead_nowhere(snapshot, asked):
    assert search.find(snapshot, asked, TITLES) == []


def test_every_programme_that_is_told_on_a_page_leads_to_it(snapshot):
    for code, (page, _) in search.PROGRAMMES.items():
        text = (settings.ROOT / f"yunnan/front/pillars/{page}_parts.py").read_text(encoding="utf-8")
        assert f'"{code}"' in text


def test_the_box_opens_what_has_one_meaning_and_offers_what_has_several(folder):
    app = open_page(FRONT, agenda="例会", view="1", period="2018")
    app.text_input(key="jump").input("533323").run()
    assert app.title[0].value == "怒江州福贡县　2018年"
    assert "<b>1/2</b>" in html(app, "agenda")[0], "the meeting goes on"
    app.text_input(key="jump").input("怒江 县").run()
    labels = [b.label for b in app.button if str(b.key).startswith("jump_")]
    assert labels[:2] == ["怒江州福贡县（地区）", "怒江州贡山县（地区）"]
    app.button(key="jump_1").click().run()
    assert app.title[0].value == "怒江州贡山县　2018年"
    app.text_input(key="jump").input("怒江 党建").run()
    assert app.title[0].value == "党建引领·怒江傈僳族自治州　2018年"
    app.text_input(key="jump").input("同心圆梦").run()
    assert app.query_params["aspect"] == "united"
    app.text_input(key="jump").input("[x](http://y)").run()
    assert any("没有找到" in c.value and "](http" not in c.value for c in app.caption)
