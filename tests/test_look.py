"""The same page on the wall and on dark ground: sizes, colours, and what stays reachable."""

import re

import pandas as pd
import pytest

from tests.screens import FRONT, PAGES, PLACE, chart, html, open_page
from yunnan import settings
from yunnan.drawing.charts import bar_charts, line_charts, maps, style, themes
from yunnan.words import palette

SCORECARD = "pages/province/scorecard.py"
SHOWN = [FRONT, SCORECARD, PLACE, *(page for page in PAGES if page.startswith("pages/pillars/"))]
TABLE = pd.DataFrame(
    {
        "region_code": ["530100", "533300"],
        "region_name": ["昆明", "怒江"],
        "value": [2e7, None],
        "status": ["达标", "未报送"],
    }
)
BARS = bar_charts.ranking(TABLE, unit="元", title="筹集款物", footnote="演示数据（合成）　数据截至2019年12月31日")
MAP = maps.choropleth(TABLE, unit="元", breaks=[1e6, 2e6, 1e7, 3e7], title="筹集款物", footnote="演示数据（合成）")


def text_sizes(part) -> list[float]:
    """Every size of letters in a figure."""
    if isinstance(part, dict):
        own = [part[key]["size"] for key in ("font", "textfont") if "size" in (part.get(key) or {})]
        return own + [size for value in part.values() for size in text_sizes(value)]
    return [size for value in part for size in text_sizes(value)] if isinstance(part, (list, tuple)) else []


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG between two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("figure", [BARS, MAP])
def test_on_a_wall_no_letter_is_smaller_than_24_pixels_and_on_twice_the_wall_than_48(figure):
    drawn = figure.to_plotly_json()
    assert min(text_sizes(drawn)) < 24
    for times in (1, 2):
        assert min(text_sizes(themes.suited(figure, times=times).to_plotly_json())) == 24 * times


def test_a_figure_made_larger_still_fits_and_says_its_date_in_lines_of_their_own():
    large = themes.suited(BARS, times=1, tallest=600).to_plotly_json()
    assert large["layout"]["height"] == 600
    assert large["layout"]["annotations"][-1]["text"] == "演示数据（合成）<br>数据截至2019年12月31日"
    tall = bar_charts.ranking(TABLE, unit="元", title="长", footnote="演示数据", height=1000)
    assert themes.suited(tall, times=1, tallest=600).layout.height == 1500, "a bar a row needs its room"


def test_on_dark_ground_every_word_can_be_read_and_shapes_keep_their_colours():
    dark = themes.suited(BARS, is_dark=True).to_plotly_json()["layout"]
    assert dark["paper_bgcolor"] == dark["plot_bgcolor"] == themes.GROUND
    words = [dark["font"]["color"], dark["title"]["font"]["color"], *(a["font"]["color"] for a in dark["annotations"])]
    assert min(contrast(colour, themes.GROUND) for colour in words) >= 4.5
    before, after = (figure.to_plotly_json()["data"] for figure in (MAP, themes.suited(MAP, is_dark=True)))
    assert [trace.get("colorscale") for trace in before] == [trace.get("colorscale") for trace in after]
    assert before[-1]["textfont"] == after[-1]["textfont"]


def test_the_page_and_its_charts_have_one_ink_one_red_one_blue():
    sheet = (settings.ROOT / "static/style.css").read_text(encoding="utf-8")
    of_page = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", sheet[: sheet.index("}")]))
    both = {"ink": palette.INK, "soft": palette.SOFT, "faint": palette.FAINT, "red": palette.RED, "link": palette.BLUE}
    assert {name: of_page[name] for name in both} == both
    assert of_page["late"] == palette.RED


def test_every_colour_has_a_name():
    """In the palette; on dark ground beside the one it stands for."""
    for file in sorted((settings.ROOT / "yunnan").glob("**/*.py")):
        if file.name not in ("palette.py", "themes.py"):
            written = set(re.findall(r"#[0-9A-Fa-f]{6}\b", file.read_text(encoding="utf-8")))
            assert written <= {"#FFFFFF"}, file


def test_in_the_width_of_a_phone_a_title_is_smaller_and_there_is_more_room_for_words():
    long = bar_charts.ranking(
        TABLE, unit="元", title="省级福彩公益金支持社会组织参与脱贫攻坚：各地项目", footnote="演示数据"
    )
    narrow = themes.suited(long, is_narrow=True)
    assert narrow.layout.title.font.size * len(narrow.layout.title.text) <= themes.OF_A_PHONE
    assert narrow.layout.xaxis.range[1] > long.layout.xaxis.range[1]
    below = [
        figure.layout.margin.b + figure.layout.annotations[-1].yshift
        for figure in (MAP, themes.suited(MAP, is_narrow=True))
    ]
    assert below[0] == below[1], "the line of date and nature stays at the lower edge"


def test_quarters_say_their_year_once():
    table = pd.DataFrame({"period": ["2018Q4", "2019Q1", "2019Q2"], "value": [1.0, 2.0, 3.0]})
    axis = line_charts.trend(table, unit="个", title="各季度", footnote="演示数据").layout.xaxis
    assert list(zip(axis.tickvals, axis.ticktext, strict=True)) == [
        ("2018Q4", "Q4<br>2018"),
        ("2019Q1", "Q1<br>2019"),
        ("2019Q2", "Q2"),
    ]
    halves = line_charts.trend(
        table.assign(period=["2018年6月末", "2018年12月末", "2019年6月末"]), unit="个", title="各半年", footnote="演示"
    )
    assert list(halves.layout.xaxis.ticktext) == ["6月末<br>2018年", "12月末", "6月末<br>2019年"]
    years = line_charts.trend(
        table.assign(period=["2018年", "2019年", "2020年"]), unit="个", title="各年", footnote="演示数据"
    )
    assert years.layout.xaxis.ticktext is None


def test_the_figure_given_is_left_as_it_was():
    before = BARS.to_json()
    themes.suited(BARS, is_narrow=True)
    themes.suited(BARS, is_dark=True, times=2, tallest=100)
    assert BARS.to_json() == before
    assert themes.suited(BARS) is BARS


@pytest.mark.parametrize("page", SHOWN)
def test_what_a_meeting_looks_at_opens_on_the_wall_with_place_period_and_date_still_to_choose(snapshot, page):
    app = open_page(page, mode="screen", place="533300", period="2019")
    assert [e.message for e in app.exception] == []
    assert {"数据截至", "地区"} <= {box.label for box in app.selectbox}
    assert html(app, "wallbar")
    (head,) = html(app, "masthead")
    assert "演示数据" in head
    leave = re.search(r'<a href="\?([^"]*)"[^>]*>退出大屏', head)[1]
    assert "mode" not in leave
    assert "place=533300" in leave


def test_the_wall_is_entered_by_a_link_that_keeps_the_view(snapshot):
    app = open_page(FRONT, place="533300", period="2018", measure="SCORE")
    (head,) = html(app, "masthead")
    enter = re.search(r'<a href="\?([^"]*)"[^>]*>大屏', head)[1]
    assert {"mode=screen", "place=533300", "period=2018", "measure=SCORE"} <= set(enter.split("&amp;"))
    assert html(app, "wallbar") == []


def test_the_wall_stays_when_the_menu_drops_the_address(snapshot):
    app = open_page(FRONT, mode="screen")
    app.query_params = {}
    app.switch_page(SCORECARD).run()
    assert app.query_params["mode"] == "screen"
    assert html(app, "wallbar")


def test_a_look_that_does_not_exist_is_the_usual_one(snapshot):
    app = open_page(FRONT, mode="kiosk", theme="neon")
    assert [e.message for e in app.exception] == []
    assert html(app, "wallbar") == []
    assert "mode" not in app.query_params
    assert "theme" not in app.query_params


def test_on_the_wall_the_charts_are_larger(snapshot):
    sizes = [chart(open_page(FRONT, **url), "ranking")["layout"]["font"]["size"] for url in ({}, {"mode": "screen"})]
    assert sizes == [13, 24]


def test_in_a_very_wide_window_text_and_height_grow_as_the_letters_around_them():
    before, after = BARS.to_plotly_json(), themes.suited(BARS, grown=22 / 16).to_plotly_json()
    assert sorted(text_sizes(after)) == pytest.approx(sorted(size * 22 / 16 for size in text_sizes(before)))
    assert after["layout"]["height"] == round(before["layout"]["height"] * 22 / 16)


def test_figures_of_all_kinds_are_kept_in_one_room_and_the_same_is_drawn_once(monkeypatch):
    monkeypatch.setattr(style.figures, "room", 40 * style.weight(BARS))
    times = pd.DataFrame({"period": ["2018", "2019"], "value": [1.0, 2.0]})
    told = {"unit": "元", "footnote": "演示数据"}
    for n in range(40):
        bars = bar_charts.ranking(TABLE, title=f"第{n}张", **told)
        line = line_charts.trend(times, title=f"第{n}张", **told)
    assert style.figures.used <= style.figures.room
    assert 10 < len(style.figures.answers) < 80
    assert bar_charts.ranking(TABLE, title="第39张", **told) is bars
    assert line_charts.trend(times, title="第39张", **told) is line
    assert bar_charts.ranking(TABLE, title="第0张", **told) is not bar_charts.ranking(TABLE, title="第1张", **told)
