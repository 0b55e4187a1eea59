"""In a portal's page: one piece or one page behind a signed link, in frames of the hosts that may, and of no other."""

import re
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Quiet, guarded, whole
from tests.browser.screens import download, opened
from tests.screens import HEADING
from tests.serving import serving
from yunnan import settings
from yunnan.access import signed_links

SECRET = "only-for-tests-0123456789-0123456789"
HOST = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>门户</title>
<iframe id="yunnan" src="{address}" width="1100" height="300" style="border:0"
 sandbox="allow-scripts allow-same-origin allow-forms allow-downloads"></iframe>
<script>
  addEventListener("message", (event) => {{
    if (event.origin !== "{origin}" || event.data.source !== "yunnan") return;
    if (event.data.type === "height") document.getElementById("yunnan").height = event.data.height;
  }});
</script>"""
REFUSED = "不能查看"


@pytest.fixture(scope="module")
def portals(tmp_path_factory) -> Iterator[tuple[Path, list[str]]]:
    """A folder, and two addresses that show it: one that may hold the dashboard in a frame and one that may not."""
    folder = tmp_path_factory.mktemp("portal")
    hosts = [ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) for _ in range(2)]
    threads = [threading.Thread(target=host.serve_forever) for host in hosts]
    for thread in threads:
        thread.start()
    yield folder, [f"http://localhost:{host.server_port}" for host in hosts]
    for host, thread in zip(hosts, threads, strict=True):
        host.shutdown()
        thread.join()
        host.server_close()


@pytest.fixture(scope="module")
def locked(tiny_data, portals, tmp_path_factory) -> Iterator[str]:
    """A dashboard that shows nothing without a signed link, for the frames of one portal."""
    log = tmp_path_factory.mktemp("locked") / "log"
    keys = log.with_name("keys.toml")
    keys.touch(0o600)
    keys.write_text(f'2020a = "{SECRET}"\n', encoding="utf-8")
    told = {
        "YUNNAN_DATA_DIR": str(tiny_data),
        "YUNNAN_SIGNED_LINKS": "required",
        "YUNNAN_SIGNING_KEYS": str(keys),
        "YUNNAN_FRAME_ANCESTORS": portals[1][0],
    }
    with serving(log, **told) as (address, _):
        yield address
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.fixture
def link(locked, monkeypatch):
    """Makes the address of a page with these parameters, signed for an hour; changed afterwards where asked."""
    monkeypatch.setattr(settings, "SIGNING_KEYS", f"2020a:{SECRET}")

    def made(page: str = "", *, changed: dict[str, str] | None = None, seconds: int = 3600, **params: str) -> str:
        told = signed_links.sign(page, params, time.time() + seconds) | (changed or {})
        return f"{locked}/{page}?{urlencode({'embed': 'true', **told})}"

    return made


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab whose browser keeps no cookie of a site inside another's page."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    for page in guarded(context):
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send(
            "Network.setCookieControls",
            {
                "enableThirdPartyCookieRestriction": True,
                "disableThirdPartyCookieMetadata": True,
                "disableThirdPartyCookieHeuristics": True,
            },
        )
        yield page
    context.close()


def held(portals, tab: Page, address: str, *, by: int = 0):
    """The dashboard in the frame of one of the two portals."""
    folder, origins = portals
    origin = address.partition("//")[2].partition("/")[0]
    text = HOST.format(address=address, origin=f"http://{origin}")
    (folder / "index.html").write_text(text, encoding="utf-8")
    tab.goto(origins[by])
    return tab.frame_locator("iframe")


@pytest.mark.parametrize(
    ("tile", "shown"),
    [
        ("map:P1-08", ".choroplethlayer path"),
        ("ranking:P1-08", ".barlayer path"),
        ("card:P1-08", "[data-testid=stMetric]"),
        ("table:P1-08", "[data-testid=stDataFrame]"),
    ],
)
def test_a_piece_alone_fills_the_frame_and_tells_its_height(portals, tab, link, tile, shown):
    frame = whole(held(portals, tab, link(place="533300", period="2019", tile=tile)))
    expect(frame.locator(shown).first).to_be_visible()
    for part in ("stTopNav", "stSidebar", "stToolbar", "stSelectbox", "stHeading"):
        expect(frame.get_by_test_id(part)).to_have_count(0)
    block = frame.get_by_test_id("stMainBlockContainer")
    expect(block).to_be_visible()
    tab.wait_for_function(
        "async () => document.getElementById('yunnan').height != 300"
    )  # the host has been told and has followed
    height = int(tab.locator("#yunnan").get_attribute("height"))
    assert abs(height - block.bounding_box()["height"]) <= 2


def test_a_signed_page_has_no_choice_of_what_is_signed_and_keeps_the_others(portals, tab, link):
    frame = whole(held(portals, tab, link("definitions", place="533300", period="2018", indicator="P1-01")))
    expect(frame.get_by_role("heading", level=3).first).to_contain_text("P1-01")
    expect(frame.get_by_role("combobox", name="指标")).to_have_count(0)
    expect(frame.get_by_role("combobox", name="地区")).to_have_count(0)
    expect(frame.locator(".foot").last).to_contain_text("报告期 2018年")


def test_an_open_choice_is_made_without_touching_the_address(tab, link):
    address = link("party", place="533300", period="2019")
    tab.goto(address)
    whole(tab)
    box = tab.get_by_role("combobox", name="看哪一项")
    box.click()
    box.fill("P1-03")
    tab.get_by_role("option").first.click()
    whole(tab)
    expect(tab.get_by_role("heading", name=REFUSED)).to_have_count(0)
    assert tab.url == address


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"place": "533400"}, "被改动过"),
        ({"indicator": "P1-08"}, "被改动过"),
        ({"exp": "1"}, "被改动过"),
        ({"key": "other"}, "密钥不存在"),
    ],
)
def test_an_altered_link_shows_a_refusal_and_no_number(tab, link, changed, said):
    tab.goto(link("prefecture", changed=changed, place="533300"))
    assert_refused(tab, said)


def test_an_unsigned_and_an_expired_link_show_a_refusal_and_no_number(tab, link, locked):
    tab.goto(f"{locked}/prefecture?place=533300&embed=true")
    assert_refused(tab, "没有签名")
    tab.goto(link("prefecture", seconds=-120, place="533300"))
    assert_refused(tab, "到期")
    tab.goto(link("prefecture", seconds=-30, place="533300"))  # clocks may differ by a minute
    expect(whole(tab).get_by_role("heading", level=1)).to_contain_text("怒江")


def test_a_file_behind_a_signed_link_is_signed_too(tab, link, locked):
    tab.goto(link("funds", place="533300"))
    whole(tab)
    address = tab.get_by_role("link", name="下载 CSV（将导出").get_attribute("href")
    answer = tab.request.get(f"{locked}/{address}")
    assert answer.status == 200
    assert tab.request.get(f"{locked}/{address}".replace("533300", "532900")).status == 403
    assert tab.request.get(f"{locked}/export/funds.csv").status == 403


def test_a_briefing_behind_a_signed_link_is_signed_too(tab, link, locked):
    tab.goto(link("prefecture", place="533300", period="2019"))
    address = whole(tab).get_by_role("link", name="幻灯片").get_attribute("href")
    assert tab.request.get(f"{locked}/{address}").status == 200
    assert tab.request.get(f"{locked}/{address}".replace("533300", "532900")).status == 403


def test_a_table_behind_a_signed_link_is_a_file_for_as_long(portals, tab, link, locked):
    frame = whole(held(portals, tab, link("prefecture", place="533300", period="2019", part="indicators")))
    panel = opened(frame, f"怒江{HEADING}")
    assert download(tab, panel)[1].startswith(b"\xef\xbb\xbf")
    address = panel.get_by_role("link", name=re.compile("下载 CSV")).evaluate("link => link.href")
    assert tab.request.get(address).status == 200
    assert tab.request.get(address.partition("?")[0]).status == 403
    assert tab.request.get(re.sub(r"exp=\d+", "exp=4102444800", address)).status == 403


def test_another_host_cannot_hold_it_in_a_frame(portals, tab, link):
    blocked: list[str] = []
    tab.on("console", lambda message: blocked.append(message.text))
    held(portals, tab, link(place="533300", tile="card:P1-08"), by=1)
    expect(tab.frame_locator("iframe").locator("body")).not_to_contain_text("筹集款物")
    tab.wait_for_function("() => true")
    assert any("frame-ancestors" in text for text in blocked)
    headers = tab.request.get(link(tile="card:P1-08")).headers
    assert "x-frame-options" not in headers
    assert headers["content-security-policy"].endswith(f"frame-ancestors {portals[1][0]}")


def assert_refused(tab: Page, said: str) -> None:
    expect(tab.get_by_role("heading", level=1)).to_have_text(REFUSED)
    expect(tab.get_by_test_id("stAlert")).to_contain_text(said)
    for part in ("stTopNav", "stSidebar", "stMetric", "stPlotlyChart", "stDataFrame"):
        expect(tab.get_by_test_id(part).locator("visible=true")).to_have_count(0)
    expect(tab.locator(".cockpit")).to_have_count(0)
    expect(tab.locator(".foot")).to_have_count(0)
