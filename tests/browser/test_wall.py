"""The wall: letters that can be read from the back of a room, one block at a time, on light or dark ground."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import guarded, heading, whole

SMALLEST = """() => Math.min(...[...document.querySelectorAll('.stApp *')].flatMap(e =>
  [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.checkVisibility({visibilityProperty: true})
  && !e.closest('canvas, style, [data-testid="stIconMaterial"]') && e.getBoundingClientRect().width > 1
    ? [parseFloat(getComputedStyle(e).fontSize)] : []))"""
GROUND = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"


@pytest.fixture
def wall(browser: Browser):
    """A tab on a screen of 1920 pixels."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080})
    yield from guarded(context)
    context.close()


def at(page: Page):
    return page.locator(".wallbar .at")


def test_on_the_wall_one_block_is_shown_at_a_time_in_letters_of_24_pixels(wall, server):
    wall.goto(f"{server}/?period=2019")
    whole(wall)
    wall.get_by_role("link", name="大屏", exact=True).click()
    expect(at(wall)).to_have_text("1/4　总览　2019年")
    whole(wall)
    seen = []
    for n, name in enumerate(("", "　主要数字", "　四个突出", "　十六个州市"), 1):
        expect(at(wall)).to_have_text(f"{n}/4　总览　2019年{name}")
        assert wall.evaluate(SMALLEST) >= 24
        seen.append([wall.get_by_text(re.compile(text)).first.is_visible() for text in ("筹集款物109", "打开党建引领")])
        expect(wall.locator(".masthead .demo")).to_be_visible()
        expect(wall.locator(".foot")).to_contain_text("数据截至 2020年6月30日")
        if n < 4:
            wall.get_by_role("button", name="下一屏").click()
    assert seen == [[True, False], [False, False], [False, True], [False, False]]
    expect(wall.locator(".js-plotly-plot g.geo text")).to_have_count(16)
    expect(wall.get_by_role("button", name="下一屏")).to_be_disabled()
    wall.keyboard.press("PageUp")
    expect(at(wall)).to_have_text("3/4　总览　2019年　四个突出")
    wall.get_by_role("link", name="退出大屏").click()
    expect(wall.locator(".wallbar")).to_have_count(0)
    expect(heading(wall)).to_have_text("总览　2019年")


def test_dark_ground_is_asked_for_by_the_address_and_left_by_it(wall, server):
    wall.goto(f"{server}/?theme=dark")
    whole(wall)
    assert wall.evaluate(GROUND) == "rgb(18, 24, 31)"
    paper = wall.locator(".js-plotly-plot .main-svg").first
    expect(paper).to_have_css("background-color", "rgb(18, 24, 31)")
    wall.get_by_role("link", name="四个突出评分").click()
    expect(heading(wall)).to_contain_text("四个突出评分")
    whole(wall)
    assert "theme=dark" in wall.url
    wall.get_by_role("link", name="浅色").click()
    expect(wall.get_by_role("link", name="深色")).to_be_visible()
    whole(wall)
    assert wall.evaluate(GROUND) == "rgb(255, 255, 255)"


# How much higher each table is than its rows.
EMPTY = """() => [...document.querySelectorAll('.dvn-scroller')].map(
    table => table.clientHeight - table.querySelector('.dvn-scroll-inner').getBoundingClientRect().height)"""


def test_in_a_very_wide_window_tables_are_drawn_in_the_letters_they_have_room_for(browser, server):
    context = browser.new_context(locale="zh-CN", viewport={"width": 3840, "height": 2160})
    for page in guarded(context):
        for name in ("quality", "platform", "mechanism", "quality", "platform"):  # it is decided anew on each page
            page.goto(f"{server}/{name}?period=2019")
            expect(whole(page).locator(".dvn-scroll-inner").first).to_be_attached()
            rest = page.evaluate(EMPTY)
            assert rest
            assert max(rest) < 5, name
    context.close()
