"""Behind a portal's nginx, below a path, with the very file that is shipped: pages, files, names, a restart."""

import re
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, WIDE, choose, guarded, whole
from tests.screens import HEADING
from tests.serving import free_port, started, wait_until_healthy
from yunnan import settings

NGINX = "/usr/sbin/nginx"
MAIN = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    {temp}
    include {folder}/yunnan.conf;
}}
"""
TEMP = "".join(f"{kind}_temp_path {{0}}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
PEOPLE = """
[people.nujiang]
role = "prefecture"
scope = ["533300"]

[people.staff]
role = "staff"
"""
PASSWORD = "only-for-tests"


@dataclass
class Portal:
    """nginx, and the dashboard behind it, which may be started again."""

    folder: Path
    data: Path
    port: int = field(default_factory=free_port)
    inner: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}/yn"

    def start(self) -> None:
        told = {
            "YUNNAN_DATA_DIR": str(self.data),
            "YUNNAN_IDENTITY": "header",
            "YUNNAN_PROXIES": "127.0.0.1",
            "YUNNAN_PEOPLE": str(self.folder / "people.toml"),
            "YUNNAN_REQUEST_LOG": "on",
        }
        self.process = started(self.folder / "log", self.inner, "--base", "yn", **told)
        wait_until_healthy(f"http://127.0.0.1:{self.inner}/yn", self.process, self.folder / "log")

    def stop(self) -> int:
        """What it gives back after SIGTERM."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE / 1000)

    def get(self, path: str, who: str | None = "nujiang", **headers: str) -> httpx.Response:
        auth = (who, PASSWORD) if who else None
        return httpx.get(f"{self.address}{path}", auth=auth, headers=headers, trust_env=False, timeout=60)


@pytest.fixture(scope="module")
def portal(tiny_data, tmp_path_factory) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "people.toml").write_text(PEOPLE, encoding="utf-8")
    users = ("nujiang", "staff", "stranger")
    (folder / "passwords").write_text("".join(f"{user}:{{PLAIN}}{PASSWORD}\n" for user in users))
    behind = Portal(folder, tiny_data)
    shipped = (settings.ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    given = {
        "LISTEN": f"127.0.0.1:{behind.port}",
        "PORTAL": "localhost",
        "APP": f"127.0.0.1:{behind.inner}",
        "PASSWORDS": str(folder / "passwords"),
    }
    config = re.sub(r"\b(LISTEN|PORTAL|APP|PASSWORDS);", lambda word: f"{given[word[1]]};", shipped)
    (folder / "yunnan.conf").write_text(config, encoding="utf-8")
    main = MAIN.format(folder=folder, temp=TEMP.format(folder))
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    behind.start()
    nginx = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.DEVNULL)
    try:
        wait_until_answered(behind, nginx)
        yield behind
    finally:
        for process in (nginx, behind.process):
            process.kill()
            process.wait()
    assert "Traceback" not in (folder / "log").read_text(encoding="utf-8")


def wait_until_answered(portal: Portal, nginx: subprocess.Popen) -> None:
    transport = httpx.HTTPTransport(retries=10)  # with growing pauses between them
    with httpx.Client(transport=transport, trust_env=False) as client:
        assert client.get(f"{portal.address}/healthz").status_code == 401, nginx.poll()


@pytest.fixture
def tab(browser: Browser, portal) -> Iterator[Page]:
    """A tab of somebody of 怒江州 who is logged in."""
    login = {"username": "nujiang", "password": PASSWORD}
    context = browser.new_context(locale="zh-CN", viewport=WIDE, http_credentials=login)
    yield from guarded(context)
    context.close()


def test_probes_answer_for_themselves_and_not_with_the_page(portal):
    assert portal.get("/healthz").json() == {"status": "ok", "snapshot": "2020-06-30.r1"}
    assert portal.get("/readyz").json() == {"ready": True, "snapshot": "2020-06-30.r1"}
    assert portal.get("/nothing").headers["content-type"].startswith("text/html")


def test_the_counters_are_closed_and_text_is_packed(portal):
    assert portal.get("/_stcore/metrics").status_code == 403
    page = portal.get("/")
    script = re.search(r'src="\./(static/js/index[^"]+)"', page.text)
    assert script
    assert portal.get(f"/{script[1]}", **{"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]


def test_what_a_client_says_of_itself_is_replaced_by_what_the_proxy_knows(portal):
    forged = {
        "X-Remote-User": "staff",
        "X-Remote-Groups": "staff",
        "X-Forwarded-For": "127.0.0.1",
        "X-Yunnan-Looker": "staff",
    }
    own, every = portal.get("/export/funds.csv", **forged), portal.get("/export/funds.csv", "staff")
    assert own.status_code == every.status_code == 200
    assert own.content == portal.get("/export/funds.csv").content
    assert len(own.content) < len(every.content)
    assert portal.get("/export/funds.csv", "stranger", **forged).status_code == 403
    assert portal.get("/export/funds.csv", None, **forged).status_code == 401


def test_past_the_proxy_nobody_is_known(portal):
    """From another address of the machine than the proxy's."""
    transport = httpx.HTTPTransport(local_address="127.0.0.2")
    with httpx.Client(transport=transport, trust_env=False) as client:
        address = f"http://127.0.0.1:{portal.inner}/yn/export/funds.csv"
        for forged in ({}, {"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}):
            assert client.get(address, headers={"X-Remote-User": "staff"} | forged).status_code == 403


def test_a_deep_link_a_file_and_the_same_view_after_a_restart(portal, tab):
    tab.goto(f"{portal.address}/prefecture?place=533300&period=2018&part=all")
    heading = tab.get_by_role("heading", level=1)
    expect(heading).to_have_text("怒江傈僳族自治州　2018年")
    expect(whole(tab).locator(".foot")).to_contain_text("可见范围：怒江州")
    expect(tab.locator(".choroplethlayer path").first).to_be_visible()
    tab.get_by_text(f"数据表：怒江{HEADING}").click()
    with tab.expect_download() as waiting:
        tab.get_by_role("link", name=re.compile("下载 CSV")).locator("visible=true").first.click()
    assert waiting.value.path().read_bytes().startswith(b"\xef\xbb\xbf")
    address = waiting.value.url.removeprefix(portal.address)
    answers = {who: portal.get(address, who).status_code for who in ("nujiang", "staff", "stranger", None)}
    assert answers == {"nujiang": 200, "staff": 404, "stranger": 403, None: 401}

    assert portal.stop() == 0
    assert "看板已停止。" in (portal.folder / "log").read_text(encoding="utf-8")
    connected = "data-test-connection-state", "CONNECTED"
    expect(tab.get_by_test_id("stApp")).not_to_have_attribute(*connected)
    portal.start()
    expect(tab.get_by_test_id("stApp")).to_have_attribute(*connected)
    whole(tab)
    expect(heading).to_have_text("怒江傈僳族自治州　2018年")
    chosen_at_last(tab, "报告期", "2019年", heading, "怒江傈僳族自治州　2019年")  # it answers: this is the new server
    assert tab.url.startswith(f"{portal.address}/prefecture?")


def chosen_at_last(tab: Page, label: str, option: str, heading, told: str) -> None:
    """Picks the option until the heading follows: what is picked before the new server's first run is done is lost."""
    for _ in range(20):
        choose(tab, label, option)
        with suppress(AssertionError):
            expect(heading).to_have_text(told, timeout=PATIENCE / 20)
            return
    expect(heading).to_have_text(told)


def test_the_log_has_a_line_a_request_and_no_name(portal):
    portal.get("/export/funds.csv?search=%E5%BC%A0%E4%B8%89")
    lines = [line for line in (portal.folder / "log").read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    assert any('"path": "/yn/export/funds.csv", "status": 200' in line for line in lines)
    assert any('"method": "WEBSOCKET"' in line for line in lines)
    assert not any("nujiang" in line or "search" in line or "张三" in line for line in lines)


def test_a_reader_in_a_hurry_gets_every_page_and_is_held_back_at_files(portal):
    with ThreadPoolExecutor(60) as pool:
        files = list(pool.map(lambda _: portal.get("/export/nothing.csv", "staff").status_code, range(60)))
        others = list(pool.map(lambda _: portal.get("/healthz", "staff").status_code, range(60)))
    assert set(files) == {404, 429}
    assert set(others) == {200}
    assert "strict-transport-security" not in portal.get("/healthz", "staff").headers  # only by https
