"""A name counts only when the portal's own proxy says it; whatever a client says of itself does not get in."""

import json

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from tests.conftest import awaited, behind_a_portal
from yunnan import settings
from yunnan.access import viewer
from yunnan.server import gate, request_log

PEOPLE = """
[people."zhang.wei"]
role = "staff"

[groups."怒江州民政局"]
role = "prefecture"
scope = ["533300"]
"""
PROXY, OUTSIDE = "10.1.0.7", "10.9.0.7"


@pytest.fixture(autouse=True)
def asked(monkeypatch, tmp_path):
    """It matters who looks, and a proxy of 10.1.0.0/16 says so."""
    behind_a_portal(monkeypatch, tmp_path, PEOPLE)


async def behind(scope, receive, send) -> None:
    """Says who is looking and which headers came through."""
    try:
        who = viewer.person()
        told = f"{who.name}|{who.right.role}|{','.join(sorted(who.right.scope or []))}"
    except viewer.Unknown:
        told = "nobody"
    passed = [name for name in Request(scope).headers if name.startswith("x-")]
    await PlainTextResponse(f"{told}|{','.join(passed)}")(scope, receive, send)


def ask(peer: str, headers: list[tuple[str, str | bytes]], path: str = "/") -> httpx.Response:
    async def asking() -> httpx.Response:
        transport = httpx.ASGITransport(gate.Gate(behind), client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://kanban") as client:
            return await client.get(path, headers=headers)

    return awaited(asking)


def test_the_proxys_header_says_who_is_looking():
    assert ask(PROXY, [("X-Remote-User", "zhang.wei")]).text == "zhang.wei|staff||x-yunnan-looker"
    assert ask(f"::ffff:{PROXY}", [("X-Remote-User", "Zhang.Wei")]).text.startswith("Zhang.Wei|staff|")


def test_with_a_secret_only_who_knows_it_may_name_somebody(monkeypatch):
    monkeypatch.setattr(settings, "PROXY_SECRET", "p" * 32)
    named = ("X-Remote-User", "zhang.wei")
    assert ask(PROXY, [named]).text == "nobody|"
    assert ask(PROXY, [named, ("X-Yunnan-Proxy", "q" * 32)]).text == "nobody|"
    assert ask(OUTSIDE, [named, ("X-Yunnan-Proxy", "p" * 32)]).text == "nobody|"
    assert ask(PROXY, [named, ("X-Yunnan-Proxy", "p" * 32)]).text == "zhang.wei|staff||x-yunnan-looker"


def test_a_group_in_chinese_gives_its_scope():
    headers = [("X-Remote-User", "li.na"), ("X-Remote-Groups", "其他, 怒江州民政局".encode())]
    assert ask(PROXY, headers).text.startswith("li.na|prefecture|533300|")


@pytest.mark.parametrize(
    "headers",
    [
        [("X-Remote-User", "zhang.wei")],
        [("x-remote-user", "zhang.wei"), ("X-Forwarded-For", PROXY), ("X-Real-IP", PROXY)],
        [("X-Remote-User", "zhang.wei"), ("Forwarded", f"for={PROXY}")],
        [("X-Remote-Groups", "怒江州民政局".encode())],
    ],
)
def test_from_outside_the_header_is_taken_away(headers):
    told = ask(OUTSIDE, headers).text
    assert told.startswith("nobody|")
    assert "x-remote" not in told


def test_a_seal_that_a_client_has_made_up_is_taken_away():
    for peer in (OUTSIDE, PROXY):
        for made_up in (viewer.seal("zhang.wei"), "0" * 64 + ".WyJ6aGFuZy53ZWkiXQ==", "."):
            told = ask(peer, [("X-Yunnan-Looker", made_up)]).text
            assert told == "nobody|"


def test_two_names_an_empty_one_and_an_endless_one_are_nobodys():
    for names in (["zhang.wei", "li.na"], [""], ["  "], ["z" * 201]):
        assert ask(PROXY, [("X-Remote-User", name) for name in names]).text.startswith("nobody|")


def test_a_seal_of_another_process_opens_nothing():
    viewer.enter("0" * 64 + ".WyJ6aGFuZy53ZWkiXQ==")
    with pytest.raises(viewer.Unknown, match="联系管理员登记"):
        viewer.person()


@pytest.mark.parametrize("path", ["/export/funds.csv", "/yn/media/abc.csv", "/brief/530000.docx"])
def test_files_are_kept_from_strangers_whatever_they_are(path):
    answer = ask(OUTSIDE, [("X-Remote-User", "zhang.wei")], path)
    assert answer.status_code == 403
    assert "不能查看" in answer.text
    assert ask(PROXY, [("X-Remote-User", "zhang.wei")], path).status_code == 200


def test_where_nobody_is_asked_everybody_sees_everything_and_no_name_is_believed(monkeypatch):
    monkeypatch.setattr(settings, "IDENTITY", "none")
    assert ask(PROXY, [("X-Remote-User", "zhang.wei")]).text == "|staff||"


def test_the_log_of_requests_says_neither_who_nor_what_was_searched(capsys):
    async def asking() -> None:
        transport = httpx.ASGITransport(request_log.LogRequests(gate.Gate(behind)), client=(PROXY, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://kanban") as client:
            for _ in range(2):
                await client.get("/funds?search=张三", headers={"X-Remote-User": "zhang.wei"})

    awaited(asking)
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert set(first) == {"time", "method", "path", "status", "ms", "bytes", "who"}
    assert (first["method"], first["path"], first["status"]) == ("GET", "/funds", 200)
    assert first["who"] == second["who"] != "zhang.wei"
    assert "张三" not in str(first)


def opened(origin: str | None) -> list[str]:
    """What a websocket from this origin has led to: the types of the messages sent, or that the app was reached."""
    sent: list[str] = []

    async def reached(scope, receive, send) -> None:
        sent.append("reached")

    async def send(message) -> None:
        sent.append(message["type"])

    headers = [(b"host", b"portal.example:8443")] + ([(b"origin", origin.encode())] if origin else [])
    scope = {"type": "websocket", "path": "/yn/_stcore/stream", "headers": headers, "client": (PROXY, 1)}
    awaited(lambda: gate.Gate(reached)(scope, None, send))
    return sent


@pytest.mark.parametrize("origin", ["https://evil.example", "https://portal.example.evil", "null", "https://[", "x"])
def test_a_websocket_of_a_foreign_page_is_refused_before_streamlit_asks_outside(origin):
    assert opened(origin) == ["websocket.close"]


@pytest.mark.parametrize("origin", [None, "https://portal.example:8443", "http://localhost", "http://localhost:8501"])
def test_a_websocket_of_our_own_page_goes_through(origin):
    assert opened(origin) == ["reached"]


@pytest.mark.parametrize("peer", [PROXY, OUTSIDE])
def test_an_upload_is_refused_before_a_byte_of_it_is_read(peer):
    sent: list[dict] = []

    async def receive() -> dict:
        raise AssertionError("the body was read")

    async def send(message) -> None:
        sent.append(message)

    path = "/yn/_stcore/upload_file/session/file"
    scope = {"type": "http", "method": "PUT", "path": path, "headers": [], "client": (peer, 1)}
    awaited(lambda: gate.Gate(behind)(scope, receive, send))
    assert sent[0]["status"] == 403
    assert "不收文件" in sent[1]["body"].decode()
