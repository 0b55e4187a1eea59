"""The dashboard in a frame of somebody else's page, as a portal embeds it."""

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import whole

FRAME = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>门户</title>
<iframe src="{address}" width="1200" height="900" sandbox="allow-scripts allow-same-origin allow-forms allow-downloads">
</iframe>"""


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


def assert_only_the_page(frame: FrameLocator) -> None:
    for part in ("stSidebar", "stSidebarNav", "stMainMenu", "stToolbar"):
        expect(frame.get_by_test_id(part)).to_have_count(0)
    expect(frame.locator(".masthead")).to_have_count(0)
    expect(frame.get_by_role("combobox", name="报告期")).to_have_count(0)


def test_the_frame_shows_the_page_without_menu_and_with_its_foot_line(embed):
    frame = embed("/?embed=true&period=2018")
    assert_only_the_page(frame)
    expect(frame.get_by_role("heading", level=1)).to_have_text("总览　2018年")
    expect(frame.locator(".foot")).to_contain_text("数据截至 2020年6月30日　报告期 2018年")
    expect(frame.locator(".choroplethlayer path").first).to_be_visible()
    expect(frame.locator(".js-plotly-plot g.geo text")).to_have_count(16)


def test_a_file_can_be_downloaded_inside_the_frame(embed, page):
    frame = embed("/?embed=true")
    frame.get_by_text("数据表：筹集款物总额").click()
    with page.expect_download() as waiting:
        frame.get_by_role("link", name=re.compile("下载 CSV")).click()
    assert waiting.value.suggested_filename == "云南模式_筹集款物总额_2019_截至20200630r1.csv"
    assert waiting.value.path().read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_click_on_the_map_stays_inside_the_frame(embed, page):
    frame = embed("/?embed=true")
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
