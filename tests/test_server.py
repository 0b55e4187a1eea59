"""The server as a browser meets it: Chinese page, headers, files, start and stop."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.serving import PATIENCE, serving
from yunnan import settings
from yunnan.data import snapshots
from yunnan.server import browser_features, health
from yunnan.server.app import SpeakChinese
from yunnan.streamlit_seam import INDEX
from yunnan.words.stage_words import UNNAMED

SCRIPT = """
import pandas as pd
import streamlit as st

def home():
    st.selectbox("州市", ["昆明市", "Open"], index=None)
    st.dataframe(pd.DataFrame({"甲": [1, 2]}))
    st.markdown("Close")
    if st.button("除以零"):
        1 / 0

def second():
    st.title("第二页")

st.navigation([st.Page(home, title="首页"), st.Page(second, title="第二页")]).run()
"""


@contextmanager
def running(folder: Path, data: Path, base: str = "") -> Iterator[tuple[str, subprocess.Popen]]:
    """A server of its own process, over a small dashboard in folder; its address and the process."""
    (folder / "app.py").write_text(SCRIPT, encoding="utf-8")
    for part in ("zh", "view", "geo"):
        shutil.copytree(settings.ROOT / "static" / part, folder / "static" / part, dirs_exist_ok=True)
    (folder / ".streamlit").mkdir(exist_ok=True)  # read after the project's own
    (folder / ".streamlit" / "config.toml").write_text(f'[server]\nbaseUrlPath = "{base}"\n', encoding="utf-8")
    script = ("--script", str(folder / "app.py"))
    with serving(folder / "log", *script, base=base, YUNNAN_DATA_DIR=str(data)) as (address, process):
        yield address, process


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has no snapshot at all."""
    with running(tmp_path_factory.mktemp("app"), tmp_path_factory.mktemp("no_data")) as (address, _):
        yield address


@pytest.fixture(scope="module")
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, trust_env=False) as client:
        yield client


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test if anything is asked of another machine."""
    page = browser.new_page(locale="zh-CN")
    outside: list[str] = []

    def guard(route: Route) -> None:
        if re.match(r"(http://127\.0\.0\.1:|data:|blob:)", route.request.url):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    page.route("**/*", guard)
    yield page
    page.close()
    assert outside == []


@pytest.mark.parametrize("path", ["/", "/second", "/anything", "/?embed=true"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_every_page_address_answers_in_chinese(client: httpx.Client, path: str, encoding: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": encoding})
    assert answer.status_code == 200
    assert '<html lang="zh-CN" translate="no">' in answer.text
    assert f"<title>{UNNAMED.title}</title>" in answer.text
    assert "<noscript><p>需要启用 JavaScript" in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)
    script = re.search(r'<script src="\./(app/static/zh/zh\.js\?v=\w{8})" defer>', answer.text)
    assert script
    assert client.get(f"/{script[1]}").headers["content-type"].startswith(("text/javascript", "application/javascript"))


def test_the_page_names_to_its_check_what_the_scripts_of_the_installed_streamlit_use(client: httpx.Client) -> None:
    needs = re.search(
        r'<script src="\./app/static/view/check\.js\?v=\w{8}" data-needs="([^"]*)">', client.get("/").text
    )
    assert needs
    assert needs[1].split() == list(browser_features.needs(INDEX.parent))
    assert "RegExp-v" in needs[1].split()


def test_every_need_that_can_be_read_from_a_script_can_be_asked_of_a_browser() -> None:
    check = (settings.ROOT / "static/view/check.js").read_text(encoding="utf-8")
    assert [
        name for name in browser_features.USES if not re.search(rf'^    "?{name}"?: function', check, re.MULTILINE)
    ] == []


def test_a_copy_from_before_the_rewriting_is_not_confirmed(client: httpx.Client) -> None:
    # What `streamlit run` sent earlier under the same address carries the ETag of the file on disk.
    etag = client.head("/").headers["etag"]
    answer = client.get("/", headers={"If-None-Match": etag, "Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 200
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/app/static/geo/prefectures.json", "/app/static/none.json"])
def test_security_headers_are_on_every_answer(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["referrer-policy"] == "same-origin"


def test_shapes_may_be_kept_for_an_hour_and_their_absence_may_not(client: httpx.Client) -> None:
    shapes = client.get("/app/static/geo/prefectures.json")
    assert shapes.headers["cache-control"] == "public, max-age=3600"
    assert shapes.content == (settings.ROOT / "static/geo/prefectures.json").read_bytes()
    missing = client.get("/app/static/geo/none.json")
    assert missing.status_code == 404
    assert "cache-control" not in missing.headers


def test_base_path(tmp_path: Path, page: Page) -> None:
    with running(tmp_path, tmp_path, base="yn") as (address, _):
        page.goto(f"{address}/second")
        expect(page.get_by_role("heading", name="第二页")).to_be_visible()
        assert page.evaluate(
            "performance.getEntriesByType('resource').some(e => e.name.includes('/yn/app/static/zh/'))"
        )


def test_the_page_renders_and_streamlits_own_words_are_chinese(page: Page, server: str) -> None:
    page.goto(server)
    choice = page.get_by_role("combobox", name="州市")
    expect(choice).to_have_attribute("placeholder", "请选择")
    choice.fill("没有这个地方")
    expect(page.get_by_role("listbox")).to_have_text("没有匹配项")
    choice.fill("Op")
    expect(page.get_by_role("option")).to_have_text("Open")  # a word of ours stays
    expect(page.get_by_text("Close", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_test_id("stDataFrame").hover()
    expect(page.get_by_role("button", name="查找")).to_be_visible()


def test_a_failing_page_says_so_in_chinese_and_nothing_more(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_role("button", name="除以零").click()
    expect(page.get_by_test_id("stException")).to_have_text("页面出错，详细信息已记入服务日志，请联系管理员。")


@pytest.mark.parametrize("query", ["", "?embed=true"])
def test_an_unknown_address_is_explained_in_chinese(page: Page, server: str, query: str) -> None:
    page.goto(f"{server}/anything{query}")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("页面不存在")
    expect(dialog).to_contain_text("已为您打开首页")
    expect(dialog.get_by_role("button", name="关闭").first).to_be_visible()
    assert not re.search("[A-Za-z]{3}", dialog.inner_text().replace("close", ""))  # "close" is the icon's name


def test_a_damaged_snapshot_does_not_keep_the_server_from_starting_and_ctrl_c_stops_it(tmp_path: Path) -> None:
    newest = tmp_path / "snapshots" / "2019-12-31.r1"
    newest.mkdir(parents=True)
    (newest / "manifest.json").write_text("{", encoding="utf-8")
    with running(tmp_path, tmp_path) as (address, process):
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        first, second, last = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    assert first.startswith("最新快照无法打开：快照 2019-12-31.r1 ")
    assert second == f"看板已启动：{address}（按 Ctrl+C 停止）"
    assert last == "看板已停止。"


def test_a_server_that_cannot_start_a_thread_for_a_page_is_not_ready(snapshot) -> None:
    assert health.is_ready().status_code == 200
    usual = threading.stack_size(1 << 46)  # no new thread finds room for its stack
    try:
        answer = health.is_ready()
    finally:
        threading.stack_size(usual)
    assert answer.status_code == 503
    assert json.loads(answer.body)["reason"].startswith(f"快照 {snapshot.id} 的首页画不出来")


def test_a_server_that_reads_figures_only_from_what_it_has_kept_is_not_ready(snapshot) -> None:
    assert health.is_ready().status_code == 200
    snapshots._open(snapshot.path, None).execute("drop view funds")
    try:
        assert health.is_ready().status_code == 503
    finally:
        snapshots._held.cache_clear()


def test_the_allocator_is_told_to_give_back_before_the_database_is_loaded() -> None:
    code = """if True:
        import os, sys
        class Watch:
            def find_spec(name, *_):
                if name == "_duckdb":
                    print(os.environ.get("DUCKDB_JE_MALLOC_CONF"))
        sys.meta_path.insert(0, Watch)
        import yunnan.server.app
    """
    plain = {name: value for name, value in os.environ.items() if name != "DUCKDB_JE_MALLOC_CONF"}
    told = subprocess.run([sys.executable, "-c", code], cwd=settings.ROOT, env=plain, capture_output=True, text=True)
    assert told.stdout.strip() == "dirty_decay_ms:50,muzzy_decay_ms:0", told.stderr


def answers(kind: bytes, *parts: bytes) -> list[dict]:
    """What leaves the middleware, with a mark for each part the app has sent."""
    sent: list[dict] = []

    async def app(scope, receive, send) -> None:
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind), (b"etag", b"1")]}
        )
        for number, part in enumerate(parts, 1):
            await send({"type": "http.response.body", "body": part, "more_body": number < len(parts)})
            sent.append({"app": number})

    async def send(message) -> None:
        sent.append(message)

    with pytest.raises(StopIteration):  # nothing in it waits: it runs to its end without an event loop
        SpeakChinese(app)({"type": "http", "method": "GET", "headers": []}, None, send).send(None)
    return sent


def test_other_answers_are_passed_on_as_they_come() -> None:
    start, first, mark, *_ = answers(b"text/csv", b"a", b"b")
    assert start["type"] == "http.response.start"
    assert (first["body"], mark) == (b"a", {"app": 1})


def test_other_html_is_left_as_it_is() -> None:
    _, start, body, _ = answers(b"text/html", b'<html lang="en">', b"</html>")
    assert (b"etag", b"1") in start["headers"]
    assert body["body"] == b'<html lang="en"></html>'
