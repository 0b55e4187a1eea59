"""Browsers below the bar, and scripts that do not run: a sentence in Chinese and never a white page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route, expect

from tests.browser.conftest import FRAME, guarded, whole
from yunnan import settings

# What `make tools` has fetched: name of the folder, version of the browser in it.
OLD = {"chrome-aws-lambda-9.1.0": "91.", "sparticuz-chromium-110.0.1": "110."}
NO_PROGRAM = "页面程序没有运行起来"


@pytest.fixture(scope="module", params=OLD)
def old(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A real browser of years ago."""
    program = settings.ROOT / ".tools" / request.param / "chromium"
    assert program.exists(), f"{program} is not there: run make tools"
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    launched = browser.browser_type.launch(executable_path=program, args=arguments)
    assert launched.version.startswith(OLD[request.param])
    yield launched
    launched.close()


@pytest.fixture
def old_page(old: Browser) -> Iterator[Page]:
    context = old.new_context(locale="zh-CN")
    yield from guarded(context)
    context.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Page]:
    """A tab of today's browser that keeps nothing of what it is sent."""
    context: BrowserContext = browser.new_context(locale="zh-CN")
    yield from guarded(context)
    context.close()


def assert_told(page: Page | Frame, reason: str) -> None:
    """By what is drawn; to look for elements, Playwright needs a newer browser."""
    page.wait_for_function("() => document.getElementById('cannot') !== null")
    drawn = page.evaluate("document.body.innerText")
    for words in ("此浏览器无法显示本看板", reason, "请切换到极速模式"):
        assert words in drawn


def forget_needs(route: Route) -> None:
    """The page as it would be if the server had read nothing from Streamlit's scripts."""
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub('data-needs="[^"]+"', 'data-needs=""', answer.text()))


@pytest.mark.parametrize("path", ["/", "/prefecture?place=533300", "/?embed=true"])
def test_an_old_browser_is_told_so_in_chinese(old_page: Page, server: str, path: str):
    old_page.goto(server + path, wait_until="commit")
    assert_told(old_page, "内核版本过低")


def test_an_old_browser_is_told_so_inside_a_frame(old_page: Page, server: str, portal: tuple[Path, str]):
    folder, address = portal
    (folder / "index.html").write_text(FRAME.format(address=f"{server}/?embed=true"), encoding="utf-8")
    old_page.goto(address)
    assert_told(old_page.frame(url=f"{server}/?embed=true"), "内核版本过低")


def test_an_old_browser_shows_no_white_page_for_a_need_nobody_has_foreseen(old_page: Page, server: str):
    old_page.route(f"{server}/", forget_needs)
    old_page.goto(server, wait_until="commit")
    assert_told(old_page, "内核版本过低")


@pytest.mark.parametrize("script", ["index", "StreamlitMarkdown"])
@pytest.mark.parametrize("answer", [{"content_type": "text/javascript", "body": "let {"}, {"status": 404}])
def test_a_script_that_does_not_run_leaves_no_white_page(new_page: Page, server: str, script: str, answer: dict):
    new_page.route(re.compile(rf"/static/js/{script}\."), lambda route: route.fulfill(**answer))
    new_page.goto(server, wait_until="commit")
    assert_told(new_page, NO_PROGRAM)


def test_scripts_that_run_and_draw_nothing_leave_no_white_page(new_page: Page, server: str):
    empty = {"content_type": "text/javascript", "body": ""}
    new_page.route(re.compile(r"/static/js/index\."), lambda route: route.fulfill(**empty))
    new_page.goto(server, wait_until="commit")
    assert_told(new_page, NO_PROGRAM)


def test_a_page_that_comes_late_takes_the_sentence_away(new_page: Page, server: str):
    held: list[Route] = []
    new_page.route(re.compile(r"/static/js/index\."), lambda route: held.append(route))
    new_page.route("**/height.js*", lambda route: route.fulfill(status=404))
    new_page.goto(server, wait_until="commit")
    assert_told(new_page, NO_PROGRAM)
    for route in held:
        route.continue_()
    whole(new_page)
    expect(new_page.locator("#cannot")).to_have_count(0)
