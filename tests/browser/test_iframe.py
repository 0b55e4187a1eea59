"""The dashboard in a frame of somebody else's page, as a portal embeds it."""

import re
from itertools import pairwise

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import whole
from tests.browser.screens import COVERED


def assert_only_the_page(frame: FrameLocator) -> None:
    for part in ("stTopNav", "stSidebar", "stSidebarNav", "stMainMenu", "stToolbar"):
        expect(frame.get_by_test_id(part)).to_have_count(0)
    expect(frame.locator(".masthead")).to_have_count(0)
    expect(frame.get_by_role("combobox", name="报告期")).to_have_count(0)


def test_the_frame_shows_the_page_without_menu_and_with_its_foot_line(embed):
    frame = embed("/?embed=true&period=2018")
    assert_only_the_page(frame)
    expect(frame.get_by_role("heading", level=1)).to_have_text("总览")
    expect(frame.locator(".foot").last).to_contain_text("数据截至 2020年6月30日")
    expect(frame.locator(".cockpit .places h2")).to_have_text("筹集款物总额（2018年）由高到低")
    expect(frame.locator(".cockpit .shape").first).to_be_visible()
    expect(frame.locator(".cockpit .names text")).to_have_count(16)
    assert frame.locator(".cockpit").evaluate(COVERED) == []
    frame.locator(".cockpit .row", has_text="西双版纳").click()
    expect(frame.locator(".cockpit .places h2")).to_have_text("西双版纳（2018年）")
    assert frame.locator(".cockpit").evaluate(COVERED) == []


def test_the_frame_shows_a_part_of_the_page_and_another_page_with_its_foot_line(embed):
    frame = embed("/?embed=true&period=2018&part=places")
    assert_only_the_page(frame)
    expect(frame.locator(".choroplethlayer path").first).to_be_visible()
    expect(frame.locator(".js-plotly-plot g.geo text")).to_have_count(16)
    frame = embed("/scorecard?embed=true&period=2018")
    assert_only_the_page(frame)
    expect(frame.get_by_role("heading", level=1)).to_have_text("四个突出评分　2018年")
    expect(frame.locator(".foot").last).to_contain_text("数据截至 2020年6月30日　报告期 2018年")


def test_a_file_can_be_downloaded_inside_the_frame(embed, page):
    frame = embed("/?embed=true&part=places")
    frame.get_by_text("数据表：筹集款物总额").click()
    with page.expect_download() as waiting:
        frame.get_by_role("link", name=re.compile("下载 CSV")).click()
    assert waiting.value.suggested_filename == "云南模式_筹集款物总额_2019_截至20200630r1.csv"
    assert waiting.value.path().read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_click_on_the_map_stays_inside_the_frame(embed, page):
    frame = embed("/?embed=true&part=places")
    name = frame.locator(".js-plotly-plot g.geo text", has_text="怒江")
    expect(name).to_be_visible()
    name.scroll_into_view_if_needed()
    box = name.bounding_box()
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*at)
    expect(frame.locator(".hoverlayer .hovertext").first).to_contain_text("怒江")
    page.mouse.click(*at)
    expect(frame.get_by_role("heading", level=1)).to_have_text("怒江傈僳族自治州　2019年")
    assert_only_the_page(frame)


HIDDEN = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>门户</title>
<style>div { display: none } div:target { display: block }</style><a href="#board">看板</a>
<div id="board"><iframe src="{address}" width="1200" height="900"></iframe></div>"""


def test_a_frame_of_a_hidden_tab_is_drawn_when_the_tab_is_opened(portal, page: Page, server: str):
    folder, address = portal
    (folder / "index.html").write_text(
        HIDDEN.replace("{address}", f"{server}/?embed=true&period=2019&part=places"), encoding="utf-8"
    )
    page.goto(address)
    frame = page.frame_locator("iframe")
    expect(frame.locator(".legendtext")).to_have_count(5)  # drawn where letters have no size
    page.get_by_text("看板").click()
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    whole(frame)
    expect(frame.locator(".legendtext")).to_have_count(5)
    boxes = [entry.bounding_box() for entry in frame.locator(".legendtext").all()]
    for left, right in pairwise(sorted(boxes, key=lambda box: (box["y"], box["x"]))):
        assert right["y"] > left["y"] or right["x"] > left["x"] + left["width"], "the words lie on each other"
