"""For everyone: no barrier that axe can find, the keyboard alone, letters of twice the size, browsers too old."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import guarded, heading, turn, whole
from tests.browser.screens import barriers

ASKED = {
    "overview": "/?part=all",
    "prefecture": "/prefecture?place=533300&part=all",
    "county": "/county?place=533323&part=all",
    "project": "/project?project=P00002",
    "organization": "/organization?org=O000001",
    "definitions": "/definitions?evidence=true",
}
DARK = ("overview", "scorecard", "project", "guidance", "funds", "definitions")


def test_on_dark_ground_axe_finds_no_barrier_either(server, page):
    """On those pages that together hold each kind of block; on light ground the scan of all screens asks."""
    found = []
    for name in DARK:
        address = ASKED.get(name, f"/{name}?place=530000")
        turn(page, f"{server}{address}&period=2019&theme=dark")
        found += [(name, *fault) for fault in barriers(page)]
    assert found == []


def test_on_the_wall_and_in_a_meeting_axe_finds_no_barrier(visit):
    for address in ("/?mode=screen&theme=dark", "/meeting?mode=screen"):
        assert barriers(visit(address)) == []


def focus(page: Page, wanted: str, presses: int = 120) -> None:
    """Moves on by Tab until what has the focus says these words."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        said = page.evaluate("() => document.activeElement.textContent || document.activeElement.ariaLabel || ''")
        if wanted in said:
            return
    pytest.fail(f"{wanted} is not reached by Tab")


def test_a_place_is_opened_and_a_figure_proved_by_the_keyboard_alone(visit):
    page = visit("/?period=2019")
    page.get_by_role("combobox", name="地区").focus()
    page.keyboard.type("福贡")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(heading(page)).to_contain_text("福贡县")
    whole(page)
    focus(page, "20万元")
    style = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert style == "solid", "what has the focus is seen"
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(re.compile("指标口径"))
    expect(page.get_by_text("✓ 相等")).to_be_visible()


# Words that stand in a box too narrow for them.
CUT = """() => [...document.querySelectorAll(
  '.finding, .masthead, .facts, [data-testid=stMetricValue], .cockpit :is(.sentences p, .figure *, h2, .row *)'
)].filter(e => getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1)
.map(e => e.textContent)"""


def test_what_needs_somebody_is_one_stop_of_the_tab_key_and_arrows_move_in_it(visit):
    page = visit("/?period=2019")
    links = page.locator(".cockpit .matters .matter:not([hidden]) a")
    assert links.count() > 2
    stops = page.locator('.cockpit .matters .list a:not([tabindex="-1"])')
    expect(stops).to_have_count(1)
    stops.focus()
    for key, at in (("ArrowDown", 1), ("End", -1), ("ArrowUp", -2), ("Home", 0)):
        page.keyboard.press(key)
        expect(links.nth(at % links.count())).to_be_focused()
        expect(stops).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator(".cockpit .rest")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(links.first).to_be_focused()


def test_at_twice_the_size_of_letters_nothing_runs_out_of_the_page(browser: Browser, server: str):
    context = browser.new_context(locale="zh-CN", viewport={"width": 720, "height": 450}, device_scale_factor=2)
    for page in guarded(context):
        page.goto(f"{server}/?period=2019&part=figures")
        whole(page)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth <= innerWidth")
        expect(page.get_by_role("link", name="大屏", exact=True)).to_be_visible()
        for words in (".finding", ".masthead", "[data-testid=stMetricValue]", ".cockpit .figure .value"):
            expect(page.locator(words).first).to_be_visible()
        assert page.evaluate(CUT) == []
    context.close()


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ("delete Object.hasOwn", "内核版本过低"),
        ("delete Array.prototype.toSorted", "内核版本过低"),
        # Chromium before 112 does not know the flag v, which Streamlit's own script uses.
        (
            "window.RegExp = new Proxy(RegExp, {construct(kind, told) {"
            "if ((told[1] || '').includes('v')) throw new SyntaxError(); return new kind(...told)}})",
            "内核版本过低",
        ),
        ("delete window.WebSocket", "不支持 WebSocket"),
        ("Object.defineProperty(Navigator.prototype, 'cookieEnabled', {get: () => false})", "禁用了 Cookie"),
    ],
)
def test_a_browser_that_cannot_show_the_page_is_told_so_in_chinese(browser: Browser, server: str, taken, said):
    context = browser.new_context(locale="zh-CN")
    context.add_init_script(taken)
    for page in guarded(context):
        page.goto(server)
        expect(heading(page)).to_have_text("此浏览器无法显示本看板")
        expect(page.locator("#cannot li")).to_contain_text(said)
        expect(page.get_by_text("请切换到极速模式")).to_be_visible()
        assert not re.search("[A-Za-z]{3,}", re.sub("Chromium|Cookie|WebSocket", "", page.inner_text("body")))
    context.close()
