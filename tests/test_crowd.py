"""A seat for each reader as long as there are seats, none for strangers, and a sentence instead of a white page."""

import json
import resource
import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path

import anyio
import httpx
import pytest
from itsdangerous import URLSafeTimedSerializer
from starlette.responses import PlainTextResponse
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from tests.conftest import awaited, behind_a_portal
from tests.serving import LOOK, PATIENCE, serving
from yunnan import settings
from yunnan.server import gate, seats
from yunnan.server.app import prepare_first_screen

PEOPLE = '[people."zhang.wei"]\nrole = "staff"\n'
PROXY = "10.1.0.7"
KNOWN, UNLISTED, NOBODY = [(b"x-remote-user", b"zhang.wei")], [(b"x-remote-user", b"li.na")], []


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """It matters who looks, and a proxy says so."""
    behind_a_portal(monkeypatch, tmp_path, PEOPLE)


class Door:
    """Gate and crowd before an app that keeps each websocket open until all are to leave."""

    def __init__(self) -> None:
        self.app = gate.Gate(seats.Crowd(self.behind))
        self.leave = anyio.Event()
        self.sat = 0

    async def behind(self, scope, receive, send) -> None:
        if scope["type"] == "http":
            await PlainTextResponse("page")(scope, receive, send)
        else:
            self.sat += 1
            await self.leave.wait()

    async def page(self, headers: list[tuple[bytes, bytes]], path: str = "/yn/funds") -> httpx.Response:
        transport = httpx.ASGITransport(self.app, client=(PROXY, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://kanban") as client:
            return await client.get(path, headers=[*headers, (b"accept", b"text/html,*/*;q=0.8")])

    async def socket(self, headers: list[tuple[bytes, bytes]], refused: list[dict]) -> None:
        async def send(message) -> None:
            refused.append(message)

        scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers, "client": (PROXY, 1)}
        await self.app(scope, None, send)


def crowded(*comers: list[tuple[bytes, bytes]], looker: list[tuple[bytes, bytes]]) -> tuple[int, int, httpx.Response]:
    """So many were seated and so many refused; what the next one sees who opens a page meanwhile."""

    async def asking() -> tuple[int, int, httpx.Response]:
        door, refused = Door(), []
        async with anyio.create_task_group() as group:
            for headers in comers:
                group.start_soon(door.socket, headers, refused)
            await anyio.wait_all_tasks_blocked()
            answer = await door.page(looker)
            door.leave.set()
        assert (await door.page(looker)).status_code == (403 if answer.status_code == 403 else 200)  # seats are free
        return door.sat, len(refused), answer

    return awaited(asking)


@pytest.mark.parametrize(("who", "said"), [(NOBODY, "没有认出您是谁"), (UNLISTED, "“li.na”不在可查看人员之列")])
def test_where_a_portal_says_who_looks_a_stranger_gets_a_sentence_and_no_session(asked, who, said):
    sat, refused, answer = crowded(who, who, KNOWN, looker=who)
    assert (sat, refused) == (1, 2)
    assert (answer.status_code, said in answer.text) == (403, True)


def test_whoever_may_look_gets_the_page(asked):
    sat, refused, answer = crowded(KNOWN, looker=KNOWN)
    assert (sat, refused, answer.text) == (1, 0, "page")


def test_when_all_seats_are_taken_the_next_reader_is_told_and_nobody_else_is_disturbed(monkeypatch):
    monkeypatch.setattr(settings, "SEATS", "5")
    sat, refused, answer = crowded(*[NOBODY] * 40, looker=NOBODY)
    assert (sat, refused) == (5 + seats.SLACK, 15)
    assert (answer.status_code, "同时看的人已满（5人）" in answer.text) == (503, True)


def test_strangers_on_their_way_to_log_in_cannot_take_the_seats_of_others(monkeypatch, asked):
    monkeypatch.setattr(settings, "IDENTITY", "oidc")
    monkeypatch.setattr(settings, "SEATS", "100")
    facts = json.dumps({"is_logged_in": True, "email": "zhang.wei"})
    cookie = URLSafeTimedSerializer(get_cookie_secret(), salt=USER_COOKIE_NAME).dumps(facts)
    known = [(b"cookie", f"{USER_COOKIE_NAME}={cookie}".encode())]
    sat, refused, answer = crowded(*[NOBODY] * 60, *[known] * 30, looker=known)
    assert (sat, refused, answer.text) == (100 // 4 + seats.SLACK + 30, 15, "page")
    assert crowded(*[NOBODY] * 25, looker=NOBODY)[2].status_code == 503
    monkeypatch.setattr(settings, "SEATS", "3")
    assert crowded(looker=NOBODY)[2].text == "page", "where seats are few one is still for the button to log in"


@pytest.mark.parametrize("path", ["/yn/_stcore/health", "/yn/static/js/index.js", "/yn/auth/login", "/favicon.png"])
def test_what_is_no_page_is_not_refused_here(asked, path):
    async def asking() -> httpx.Response:
        return await Door().page(NOBODY, path)

    assert awaited(asking).status_code == 200


def test_seats_are_not_more_than_the_files_that_may_be_open():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, hard))
        assert seats.seats() == (1024 - seats.OWN) // seats.EACH
        seats.make_room()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(hard % (1 << 63), seats.FILES)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_start_without_room_for_files_is_one_line_and_a_later_first_screen(tiny_data, monkeypatch, capfd):
    monkeypatch.setattr(settings, "DATA_DIR", tiny_data)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
        prepare_first_screen()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("总览的数据这次没有预先备好，首位打开的读者要多等约一秒：")
    assert "快照文件夹" in line


def test_too_many_connections_are_one_line_in_the_log_and_pass(tmp_path, tiny_data):
    log = tmp_path / "log"
    with serving(log, YUNNAN_DATA_DIR=str(tiny_data)) as (address, process), ExitStack() as opened:
        host, port = address.removeprefix("http://").split(":")
        few = len(list(Path(f"/proc/{process.pid}/fd").iterdir())) + 8
        _, hard = resource.prlimit(process.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (few, hard))
        for _ in range(40):
            opened.enter_context(socket.create_connection((host, int(port))))
        await_complaint(log, process)
        resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (1024, hard))
        assert httpx.get(f"{address}/healthz", trust_env=False, timeout=PATIENCE).status_code == 200
    assert log.read_text(encoding="utf-8").count("连接太多") == 1
    assert "Traceback" not in log.read_text(encoding="utf-8")


def await_complaint(log: Path, process: subprocess.Popen) -> None:
    """Wait for the line about connections; what is prepared at the start may say before it that it failed."""
    while "\n连接太多" not in log.read_text(encoding="utf-8"):
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(LOOK)
