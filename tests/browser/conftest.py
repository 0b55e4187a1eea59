"""A real browser before a real server; nothing but this machine can be reached, and every attempt is counted."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.serving import serving

PATIENCE = 60_000  # ms; CI machines are busy
HERE = re.compile(r"(http|ws)://(127\.0\.0\.1|localhost):\d+/|data:|blob:|about:")
WIDE, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}

expect.set_options(timeout=PATIENCE)

AGENDA = """title = "例会"
[[view]]
page = "overview"
period = "2019"
asof = "2020-06-30.r1"
note = "先说结论"
[[view]]
page = "prefecture"
place = "533300"
period = "2019"
asof = "2020-06-30.r1"
[[view]]
page = "party"
period = "2018"
asof = "2020-06-30.r1"
"""


@pytest.fixture(scope="session")
def server(tiny_data: Path, empty_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard over the tiny province and an earlier snapshot without a single row."""
    data = tmp_path_factory.mktemp("browser")
    shutil.copytree(tiny_data, data, dirs_exist_ok=True)
    shutil.copytree(empty_data, data, dirs_exist_ok=True)
    (data / "agendas").mkdir()
    (data / "agendas" / "例会.toml").write_text(AGENDA, encoding="utf-8")
    settled = {
        "YUNNAN_DATA_DIR": str(data),
        "YUNNAN_AGENDAS_DIR": str(data / "agendas"),
        "YUNNAN_FRAME_ANCESTORS": "'self' http://localhost:*",
    }
    with serving(data / "server.txt", **settled) as (address, _):
        yield address
    assert "Traceback" not in (data / "server.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """One reader's browser: what it has fetched once it need not fetch again."""
    context = browser.new_context(locale="zh-CN", viewport=WIDE)
    yield context
    context.close()


@pytest.fixture
def page(reader: BrowserContext) -> Iterator[Page]:
    """A tab; the test fails if it asks another machine for anything."""
    yield from guarded(reader)


@pytest.fixture
def somebody_else(browser: Browser) -> Iterator[Page]:
    """A tab of a browser that has never been here."""
    context = browser.new_context(locale="zh-CN", viewport=WIDE)
    yield from guarded(context)
    context.close()


def guarded(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    outside: list[str] = []

    def count(url: str) -> None:
        if not HERE.match(url):
            outside.append(url)

    page.on("request", lambda request: count(request.url))
    page.on("websocket", lambda socket: count(socket.url))
    yield page
    page.close()
    assert outside == []


@pytest.fixture
def visit(page: Page, server: str) -> Callable[[str], Page]:
    """Opens an address of the dashboard and waits until the page is whole."""

    def open_address(path: str = "/") -> Page:
        page.goto(f"{server}{path}")
        return whole(page)

    return open_address


def whole(page):
    """The page, or the frame in a page, once its script has run to the end and every chart is drawn.

    Before that what is below a chart still moves, and a click may miss.
    """
    expect(page.locator(".foot")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.locator('[data-testid="stPlotlyChart"]:not(:has(.svg-container))')).to_have_count(0)
    return page


def choose(page: Page, label: str, option: str) -> None:
    """Picks an option in a box, as a reader does who types its beginning."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()


def shapes(page: Page) -> int:
    """How many shapes the map has; a class without places adds a path without a line."""
    drawn = "paths => paths.filter(p => p.getAttribute('d')).length"
    return page.locator(".choroplethlayer path").evaluate_all(drawn)


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def figure_title(page: Page):
    """Title of the first figure."""
    return page.locator(".js-plotly-plot .gtitle").first
