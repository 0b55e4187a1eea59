"""Log-in with a real OpenID provider on this machine: in, as whom, out, and whatever goes wrong on the way."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import FRAME, HERE, PATIENCE, WIDE, Quiet, whole
from tests.serving import free_port, serving
from yunnan.words.stage_words import UNNAMED

SECRETS = """[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "only-for-tests-0123456789-0123456789"
client_id = "yunnan"
client_secret = "only-for-tests"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
PEOPLE = """
[people."nujiang@yn.example"]
role = "prefecture"
scope = ["533300"]

[groups."省民政厅社会组织处"]
role = "staff"
"""
ITS_STYLE = "https://cdn.jsdelivr.net/"  # the provider's own page asks for it, in vain
FUNDS = "/export/funds.csv"
COOKIE = "_streamlit_user"


@dataclass
class Provider:
    """An OpenID provider; whoever is named to it need not exist before, and has these claims."""

    log: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        with self.log.open("a") as log:
            command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(self.port), "--require-nonce", "true"]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        with httpx.Client(transport=httpx.HTTPTransport(retries=10), trust_env=False) as client:
            assert client.get(f"{self.address}/jwks").status_code == 200

    def stop(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def knows(self, name: str, **claims: object) -> None:
        told = {"email": name, "email_verified": True} | claims
        assert httpx.put(f"{self.address}/users/{quote(name)}", json=told, trust_env=False).status_code == 204


@pytest.fixture(scope="module")
def provider(tmp_path_factory) -> Iterator[Provider]:
    provider = Provider(tmp_path_factory.mktemp("provider") / "log")
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture(scope="module")
def office(tiny_data, provider, tmp_path_factory) -> Iterator[str]:
    """The dashboard below a path, for whoever this provider knows and the file of people lists."""
    folder, port = tmp_path_factory.mktemp("office"), free_port()
    address = f"http://localhost:{port}/yn"
    (folder / "people.toml").write_text(PEOPLE, encoding="utf-8")
    (folder / "secrets.toml").touch(0o600)
    (folder / "secrets.toml").write_text(SECRETS.format(address=address, provider=provider.address), encoding="utf-8")
    told = {
        "YUNNAN_DATA_DIR": str(tiny_data),
        "YUNNAN_IDENTITY": "oidc",
        "YUNNAN_PEOPLE": str(folder / "people.toml"),
        "YUNNAN_SECRETS": str(folder / "secrets.toml"),
        "YUNNAN_FRAME_ANCESTORS": "'self' http://localhost:* http://127.0.0.1:*",
        "NO_PROXY": "localhost",
    }
    with serving(folder / "log", "--base", "yn", port=port, base="yn", **told):
        yield address


@pytest.fixture
def somebody(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has never been here."""
    context = browser.new_context(locale="zh-CN", viewport=WIDE)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def tab(somebody: BrowserContext) -> Iterator[Page]:
    """Its tab; the dashboard sends it to the provider and to nobody else."""
    outside: list[str] = []
    somebody.on("request", lambda request: outside.append(request.url))
    yield somebody.new_page()
    assert [url for url in outside if not HERE.match(url) and not url.startswith(ITS_STYLE)] == []


def log_in(tab: Page, address: str, name: str) -> None:
    """As a reader does: by the button, then at the provider, and back."""
    tab.goto(address)
    tab.get_by_role("button", name="登录", exact=True).click()
    tab.get_by_placeholder("sub").fill(name)
    tab.get_by_role("button", name="Authorize", exact=True).click()
    tab.wait_for_url(re.compile("/yn/"))


def heading(tab: Page):
    return tab.get_by_role("heading", level=1)


def assert_shows_nothing(tab: Page, office: str, title: str) -> None:
    expect(heading(tab)).to_have_text(title)
    for part in ("stTopNav", "stSidebar", "stMetric", "stPlotlyChart", "stDataFrame"):
        expect(tab.get_by_test_id(part).locator("visible=true")).to_have_count(0)
    expect(tab.locator(".cockpit")).to_have_count(0)
    expect(tab.locator(".foot")).to_have_count(0)
    for path in (FUNDS, "/brief/prefecture.docx?place=533300&period=2019", "/media/abc.csv"):
        answer = tab.request.get(f"{office}{path}")
        assert answer.status == 403
        assert "不能查看" in answer.text()


def test_whoever_is_not_logged_in_gets_a_button_and_no_number(tab, office):
    tab.goto(f"{office}/prefecture?place=533300")
    assert_shows_nothing(tab, office, "请先登录")
    expect(tab.get_by_role("button", name="登录", exact=True)).to_be_visible()
    expect(tab.locator(".masthead")).to_have_text(UNNAMED.title)
    expect(tab.get_by_test_id("stAlert")).to_contain_text("请用单位账号登录")


def test_a_person_of_a_prefecture_comes_back_to_the_view_asked_for_and_sees_its_own(tab, provider, office):
    provider.knows("nujiang@yn.example")
    log_in(tab, f"{office}/prefecture?place=533300&period=2018", "nujiang@yn.example")
    expect(heading(tab)).to_have_text("怒江傈僳族自治州　2018年")
    expect(whole(tab).locator(".foot")).to_contain_text("可见范围：怒江州")
    assert tab.url.startswith(f"{office}/prefecture?place=533300&period=2018")
    own = tab.request.get(f"{office}{FUNDS}")
    assert (own.status, own.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert tab.request.get(f"{office}{FUNDS}?place=532900").status == 400
    tab.goto(f"{office}/prefecture?place=532900")
    expect(tab.get_by_test_id("stAlert").filter(has_text="不在您的可见范围内")).to_be_visible()


@pytest.mark.parametrize("groups", [["其他", "省民政厅社会组织处"], "省民政厅社会组织处"])
def test_a_group_that_the_provider_tells_gives_its_role(tab, provider, office, groups):
    provider.knows("li.na@yn.example", groups=groups)
    log_in(tab, office, "li.na@yn.example")
    expect(whole(tab).locator(".foot")).not_to_contain_text("可见范围")
    assert tab.request.get(f"{office}{FUNDS}?place=532900").status == 200


def test_a_name_that_is_not_listed_is_refused_and_may_change_accounts(tab, provider, office):
    provider.knows("wang@other.example")
    log_in(tab, office, "wang@other.example")
    expect(tab.get_by_test_id("stAlert")).to_contain_text("“wang@other.example”不在可查看人员之列")
    assert_shows_nothing(tab, office, "不能查看")
    tab.get_by_role("button", name="退出，换一个账号").click()
    tab.get_by_role("button", name="End session").click()
    assert_shows_nothing(tab, office, "请先登录")


def test_an_address_that_the_provider_has_not_verified_is_nobodys(tab, provider, office):
    provider.knows("nujiang@yn.example", email_verified=False)
    log_in(tab, office, "nujiang@yn.example")
    assert_shows_nothing(tab, office, "请先登录")


def test_after_logging_out_there_is_no_number_any_more(tab, somebody, provider, office):
    provider.knows("nujiang@yn.example")
    log_in(tab, office, "nujiang@yn.example")
    whole(tab).get_by_role("link", name="退出登录").click()
    tab.get_by_role("button", name="End session").click()
    assert_shows_nothing(tab, office, "请先登录")
    assert [cookie for cookie in somebody.cookies() if cookie["name"].startswith(COOKIE)] == []


def test_a_cookie_that_was_changed_or_made_up_is_nobodys(tab, somebody, provider, office):
    provider.knows("nujiang@yn.example")
    log_in(tab, office, "nujiang@yn.example")
    whole(tab)
    (given,) = (cookie for cookie in somebody.cookies() if cookie["name"] == COOKIE)
    facts = json.dumps({"email": "nujiang@yn.example", "is_logged_in": True})
    middle = len(given["value"]) // 2
    turned = given["value"][:middle] + ("A" if given["value"][middle] != "A" else "B") + given["value"][middle + 1 :]
    for value in (turned, quote(facts)):
        somebody.add_cookies([given | {"value": value}])
        tab.goto(f"{office}/prefecture?place=533300")
        assert_shows_nothing(tab, office, "请先登录")
    somebody.add_cookies([given])
    tab.goto(office)
    expect(whole(tab).locator(".foot")).to_contain_text("可见范围：怒江州")


def test_many_groups_do_not_keep_anybody_out(tab, somebody, provider, office):
    provider.knows("nujiang@yn.example", groups=[sha256(bytes([n])).hexdigest() for n in range(58)])
    log_in(tab, office, "nujiang@yn.example")
    expect(whole(tab).locator(".foot")).to_contain_text("可见范围：怒江州")
    assert [cookie["name"] for cookie in somebody.cookies() if cookie["name"].startswith(COOKIE)] == [COOKIE]


def test_more_groups_than_a_cookie_holds_are_refused_in_a_sentence(tab, provider, office):
    provider.knows("nujiang@yn.example", groups=[sha256(bytes([n])).hexdigest() for n in range(120)])
    log_in(tab, office, "nujiang@yn.example")
    expect(heading(tab)).to_have_text("没有登录")
    expect(tab.locator("body")).to_contain_text("登录服务给出的资料太多")
    tab.get_by_role("link", name="回到看板").click()
    assert_shows_nothing(tab, office, "请先登录")


def test_whoever_gives_up_at_the_provider_is_told_and_comes_back_to_the_view(tab, provider, office):
    tab.goto(f"{office}/prefecture?place=533300")
    tab.get_by_role("button", name="登录", exact=True).click()
    tab.get_by_role("button", name="Deny").click()
    expect(heading(tab)).to_have_text("没有登录")
    tab.get_by_role("link", name="回到看板").click()
    assert_shows_nothing(tab, office, "请先登录")
    assert tab.url.startswith(f"{office}/prefecture?place=533300")


def test_a_provider_that_cannot_be_reached_is_a_sentence(tab, provider, office):
    tab.goto(office)
    provider.stop()
    try:
        tab.get_by_role("button", name="登录", exact=True).click()
        expect(heading(tab)).to_have_text("没有登录")
        expect(tab.locator("body")).to_contain_text("登录服务没有回应")
        assert "Traceback" not in tab.content()
    finally:
        provider.start()


@pytest.mark.parametrize(("host", "is_same_site"), [("localhost", True), ("127.0.0.1", False)])
def test_in_a_frame_who_is_logged_in_is_known_on_the_same_site_alone(
    tab, somebody, provider, office, tmp_path, host, is_same_site
):
    provider.knows("nujiang@yn.example")
    log_in(tab, office, "nujiang@yn.example")
    whole(tab)
    (tmp_path / "index.html").write_text(FRAME.format(address=f"{office}/?embed=true"), encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)) as portal:
        thread = threading.Thread(target=portal.serve_forever)
        thread.start()
        tab.goto(f"http://{host}:{portal.server_port}")
        frame = tab.frame_locator("iframe")
        if is_same_site:
            expect(whole(frame).locator(".foot")).to_contain_text("可见范围：怒江州")
        else:
            expect(frame.get_by_role("heading", level=1)).to_have_text("请先登录")
            expect(frame.locator("body")).to_contain_text("请在单独的窗口打开看板登录")
            expect(frame.get_by_role("button", name="登录", exact=True)).to_have_count(0)
        portal.shutdown()
        thread.join()
