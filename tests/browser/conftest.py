"""A real browser before a real server; nothing but this machine can be reached, and every attempt is counted."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from tests.serving import serving
from yunnan.front.address.menu import SECTIONS

PATIENCE = 60_000  # ms; CI machines are busy
HERE = re.compile(r"(http|ws)://(127\.0\.0\.1|localhost):\d+/|data:|blob:|about:")
WIDE, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}

expect.set_options(timeout=PATIENCE)

FRAME = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>门户</title>
<iframe src="{address}" width="1200" height="900" sandbox="allow-scripts allow-same-origin allow-forms allow-downloads">
</iframe>"""

AGENDA = """title = "例会"
seconds = 5
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
    """One reader's browser: what it has fetched and compiled once it need not fetch and compile again."""
    context = browser.new_context(locale="zh-CN", viewport=WIDE)
    tab = context.new_page()  # an empty page of this machine, which nobody closes: the process of all tabs lives on
    tab.route("**", lambda request: request.fulfill(body=""))
    tab.goto("http://127.0.0.1/")
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


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and the address at which it is served: another name and another port, so another site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)) as host:
        thread = threading.Thread(target=host.serve_forever)
        thread.start()
        yield tmp_path, f"http://localhost:{host.server_port}"
        host.shutdown()
        thread.join()


@pytest.fixture
def embed(portal, page: Page, server: str):
    """Opens the portal's page with this address of the dashboard in its frame."""
    folder, address = portal

    def embedded(path: str) -> FrameLocator:
        (folder / "index.html").write_text(FRAME.format(address=server + path), encoding="utf-8")
        page.goto(address)
        return whole(page.frame_locator("iframe"))

    return embedded


def whole(page):
    """The page, or the frame in a page, once its script has run to the end and every chart is drawn.

    Before that what is below a chart still moves, and a click may miss.
    """
    expect(page.locator(".foot").last).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator(".foot")).to_have_count(1)  # where parts change, the former one goes a moment later
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.locator('[data-testid="stPlotlyChart"]:not(:has(.svg-container))')).to_have_count(0)
    expect(page.locator(".stBidiComponent:not(:has(.cockpit > *))")).to_have_count(0)
    return page


# As Back does: the address changes, and the page's script runs anew in the program that is loaded already.
TURN = "address => { history.pushState({}, '', address); dispatchEvent(new PopStateEvent('popstate')); }"


def turn(page: Page, address: str) -> Page:
    """Another page of the dashboard that the tab has open already, or its first, whole; half the work of loading it.

    The address names no snapshot: the page's script writes there which one it shows.
    """
    if page.url.startswith(address[: address.index("/", len("http://"))]):
        page.evaluate(TURN, address)
        expect(page).to_have_url(re.compile("asof="))
    else:
        page.goto(address)
    return whole(page)


def choose(page: Page, label: str, option: str) -> None:
    """Picks an option in a box, as a reader does who types its beginning."""
    whole(page)  # while a page is drawn, a list that is open may close
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()


def menu(page: Page, name: str) -> None:
    """Opens a page by the menu at the top: its section unfolds and has the page's title."""
    section = next(section for section, pages in SECTIONS.items() if name in [one.title for one in pages])
    page.get_by_test_id("stTopNav").get_by_role("button", name=section, exact=True).click()
    page.get_by_role("menuitem", name=name, exact=True).click()


def chosen(page, code: str):
    """The button of the front page's own screen that has this period or measure; it is the chosen one."""
    return page.locator(f'.cockpit [role=radio][aria-checked=true][data-value="{code}"]')


def shapes(page: Page) -> int:
    """How many shapes the map has; a class without places adds a path without a line."""
    drawn = "paths => paths.filter(p => p.getAttribute('d')).length"
    return page.locator(".choroplethlayer path").evaluate_all(drawn)


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def figure_title(page: Page):
    """Title of the first figure."""
    return page.locator(".js-plotly-plot .gtitle").first
