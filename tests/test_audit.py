"""The log of access: who looked at rows, who was refused, who logged in and whence; and how long logs are kept."""

import json
import time
from datetime import date
from pathlib import Path

import httpx
import pytest
from filelock import FileLock
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from typer.testing import CliRunner

from tests.conftest import awaited, behind_a_portal
from tests.screens import FRONT, open_page
from yunnan import settings
from yunnan.access import audit_log, sealed_log, signed_links, viewer
from yunnan.access.log_chain import Chain
from yunnan.cli.main import app as command_line
from yunnan.server import downloads, gate, login, startup_checks, visits

PEOPLE = '[people."zhang.wei"]\nrole = "staff"\n[people.wang]\nrole = "leader"\n'
PROXY, OUTSIDE, READER = "10.1.0.7", "10.9.0.7", "172.16.3.4"
KEYS = f"2020a:{'s' * 32}"


@pytest.fixture(autouse=True)
def fresh(monkeypatch, tmp_path):
    """A folder of data of its own, and nobody remembered."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    audit_log._lately.clear()


@pytest.fixture
def named(monkeypatch, tmp_path):
    """It matters who looks, and a proxy of 10.1.0.0/16 says so."""
    behind_a_portal(monkeypatch, tmp_path, PEOPLE)


def told(name: str = "access") -> list[dict]:
    """The lines of a log without what makes them a chain."""
    found = Chain(settings.DATA_DIR / "log", name)
    assert found.check().faults == []
    lines = [json.loads(line) for file in found.files() for line in file.read_bytes().splitlines()]
    return [{key: value for key, value in line.items() if key not in ("at", "before", "hash", "no")} for line in lines]


async def behind(scope, receive, send) -> None:
    """Says whence, as a page behind the gate is told."""
    await PlainTextResponse(Request(scope).headers.get(viewer.ADDRESS, "-"))(scope, receive, send)


def ask(path: str, peer: str = PROXY, front=None, **headers: str) -> httpx.Response:
    inner = front or gate.Gate(downloads.Files(behind))

    async def asking() -> httpx.Response:
        transport = httpx.ASGITransport(visits.Visits(inner), client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://kanban") as client:
            return await client.get(path, headers={name.replace("_", "-"): text for name, text in headers.items()})

    return awaited(asking)


def test_the_address_is_the_connections_or_what_a_proxy_of_ours_says_of_it(named):
    assert ask("/", x_forwarded_for=READER).text == READER
    assert ask("/", x_forwarded_for=f"6.6.6.6, {READER}", x_yunnan_address="6.6.6.6").text == READER
    assert ask("/", x_forwarded_for="nonsense").text == PROXY
    assert ask("/", OUTSIDE, x_forwarded_for=READER, x_yunnan_address="6.6.6.6").text == OUTSIDE
    assert told() == []


def test_a_stranger_at_a_file_leaves_a_line_and_the_same_again_leaves_no_other(named):
    for _ in range(3):
        assert ask("/export/funds.csv?stage=到账", OUTSIDE, x_remote_user="zhang.wei").status_code == 403
    (line,) = told()
    assert line.pop("why").startswith("看板没有认出您是谁")
    asked = {"path": "/export/funds.csv", "asked": {"stage": "到账"}}
    assert line == {"event": "refused", "who": "", "address": OUTSIDE, "status": 403, **asked}
    assert ask("/export/funds.xlsx", OUTSIDE).status_code == 403
    assert ask("/export/funds.csv", "10.9.0.8").status_code == 403
    assert [line["address"] for line in told()] == [OUTSIDE, "10.9.0.8"]


def test_a_nobody_who_asks_for_a_thousand_other_things_leaves_one_line(named, monkeypatch):
    for n in range(5):
        ask(f"/export/x{n}.csv?n={n}", OUTSIDE)
    assert len(told()) == 1
    monkeypatch.setattr(settings, "IDENTITY", "none")
    for n in range(5):
        assert ask(f"/export/x{n}.csv?n={n}", OUTSIDE).status_code == 404
    assert [line["status"] for line in told()] == [403, 404]


@pytest.mark.parametrize("identity", ["none", "header", "oidc"])
def test_who_is_not_logged_in_cannot_log_out(named, monkeypatch, identity):
    monkeypatch.setattr(settings, "IDENTITY", identity)
    for n in range(3):
        ask(f"/{n}/auth/logout", PROXY if identity == "header" else OUTSIDE, behind, x_remote_user="wang")
    assert told() == []


def test_the_log_of_access_makes_no_export_wait(monkeypatch, tmp_path):
    monkeypatch.setattr(sealed_log, "PATIENCE", 0.1)
    with FileLock(Chain(tmp_path, "access").lock):
        sealed_log.append(Chain(tmp_path), {"event": "begin"})
    assert Chain(tmp_path).check().good == 1


def test_a_refused_export_says_who_whence_and_why(named):
    headers = {"x_remote_user": "wang", "x_forwarded_for": READER}
    assert ask("/export/funds.csv", **headers).status_code == 403
    assert ask("/export/nothing.csv", x_remote_user="zhang.wei", x_forwarded_for=READER).status_code == 404
    first, second = told()
    assert (first["who"], first["address"], first["status"]) == ("wang", READER, 403)
    assert first["why"].startswith("您的权限不含导出")
    assert (second["who"], second["status"], second["why"]) == ("zhang.wei", 404, "没有名为“nothing”的记录")


def test_an_export_by_a_signed_link_says_whence_and_by_which_key_in_both_its_lines(tiny_data, monkeypatch, tmp_path):
    (tmp_path / "snapshots").symlink_to(tiny_data / "snapshots")
    monkeypatch.setattr(settings, "SIGNING_KEYS", KEYS)
    signed = signed_links.sign("export/funds.csv", {"stage": "到账"}, time.time() + 3600)
    answer = ask(f"/export/funds.csv?{httpx.QueryParams(signed)}", OUTSIDE)
    assert answer.status_code == 200
    begin, end = told("exports")
    assert [(one["event"], one["address"], one["link"]) for one in (begin, end)] == [
        ("begin", OUTSIDE, "2020a"),
        ("end", OUTSIDE, "2020a"),
    ]
    assert ask(f"/export/funds.csv?{httpx.QueryParams(signed | {'stage': '支出'})}", OUTSIDE).status_code == 403
    (line,) = told()
    assert "被改动过" in line["why"]
    assert "sig" not in line["asked"]


def test_rows_on_screen_leave_one_line_and_a_page_of_totals_none(tiny_data, tmp_path):
    (tmp_path / "snapshots").symlink_to(tiny_data / "snapshots")
    asked = {"tables": "true", "asof": "2020-06-30.r1", "place": "533300", "period": "2019", "search": "怒江"}
    app = open_page("pages/records/funds.py", **asked)
    first, *completed = told()
    assert first == {"event": "look", "who": "", "address": "", "page": "funds", "asked": asked}
    assert all(line["asked"].items() >= asked.items() for line in completed)  # what the page has put into the address
    app.run()
    app.run()
    open_page(FRONT, asof="2020-06-30.r1")
    assert {line["page"] for line in told()} == {"funds"}
    assert len(told()) <= 2


def test_a_page_by_a_signed_link_and_an_altered_one_leave_their_lines(tiny_data, monkeypatch, tmp_path):
    (tmp_path / "snapshots").symlink_to(tiny_data / "snapshots")
    monkeypatch.setattr(settings, "SIGNING_KEYS", KEYS)
    signed = signed_links.sign("", {"period": "2019"}, time.time() + 3600)
    open_page(FRONT, **signed)
    open_page(FRONT, **signed | {"period": "2018"})
    looked, refused = told()
    assert (looked["event"], looked["page"], looked["link"]) == ("look", "", "2020a")
    assert (refused["event"], "被改动过" in refused["why"]) == ("refused", True)
    assert "sig" not in {*looked["asked"], *refused["asked"]}


def test_whoever_may_not_look_at_all_leaves_a_line(named):
    open_page(FRONT)
    (line,) = told()
    assert (line["event"], line["who"], line["page"]) == ("refused", "", "")


def test_a_log_in_and_one_that_failed_leave_a_line(monkeypatch):
    monkeypatch.setattr(settings, "IDENTITY", "oidc")
    facts = {"is_logged_in": True, "email": "zhang@yn.example", "email_verified": True}
    cookie = create_signed_value(get_cookie_secret(), USER_COOKIE_NAME, json.dumps(facts)).decode()
    answer = RedirectResponse("/yn/", 302)
    answer.set_cookie(USER_COOKIE_NAME, cookie)
    assert ask("/yn/oauth2callback?code=1&state=2", OUTSIDE, login.Login(answer)).status_code == 302
    failed = login.Login(RedirectResponse("/yn/", 302))
    assert ask("/yn/oauth2callback?code=1&state=2", OUTSIDE, failed).status_code == 403
    out = ask("/yn/auth/logout", OUTSIDE, RedirectResponse("/yn/", 302), cookie=f"{USER_COOKIE_NAME}={cookie}")
    assert out.status_code == 302
    came, not_come, gone = told()
    assert came == {"event": "login", "who": "zhang@yn.example", "address": OUTSIDE}
    assert (not_come["event"], not_come["path"], not_come["asked"]) == ("refused", "/yn/oauth2callback", {})
    assert gone == {"event": "logout", "who": "zhang@yn.example", "address": OUTSIDE}


def opened(origin: str | None, user: str = "wang") -> None:
    """A websocket of a page, which is accepted behind the gate."""

    async def page(scope, receive, send) -> None:
        await send({"type": "websocket.accept"})

    async def nothing(*_) -> dict:
        return {"type": "websocket.connect"}

    headers = [
        (b"host", b"kanban"),
        (b"x-remote-user", user.encode()),
        *([(b"origin", origin.encode())] if origin else []),
    ]
    scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "headers": headers,
        "client": (PROXY, 1),
        "query_string": b"",
    }
    awaited(lambda: visits.Visits(gate.Gate(page))(scope, nothing, nothing))


def test_a_page_that_is_opened_and_one_that_a_foreign_page_opens_leave_a_line(named):
    opened("http://kanban")
    opened("https://evil.example")
    assert [(line["event"], line["who"], line.get("status")) for line in told()] == [
        ("enter", "wang", None),
        ("refused", "wang", 403),
    ]


def test_what_a_stranger_sends_does_not_fill_the_disk(named):
    query = "&".join(f"{'n' * 500}{n}={'v' * 900}" for n in range(40))
    ask(f"/export/{'x' * 5000}.csv?{query}", OUTSIDE)
    (file,) = Chain(settings.DATA_DIR / "log", "access").files()
    assert file.stat().st_size < 20_000


def test_a_log_of_access_that_cannot_be_written_stops_no_page(tiny_data, tmp_path):
    (tmp_path / "snapshots").symlink_to(tiny_data / "snapshots")
    (tmp_path / "log").write_text("a file where the folder should be", encoding="utf-8")
    app = open_page("pages/records/funds.py", asof="2020-06-30.r1")
    assert not app.exception
    assert app.title[0].value == "资金"


def test_a_line_that_could_not_be_written_is_told_of_and_written_the_next_time(monkeypatch, capfd):
    monkeypatch.setattr(settings, "LOG_KEYS", "too-short:secret")
    audit_log.note("look", "wang")
    assert "访问日志少了一行：日志密钥“too-short”不能用" in capfd.readouterr().err
    monkeypatch.setattr(settings, "LOG_KEYS", "")
    audit_log.note("look", "wang")
    audit_log.note("look", "wang")
    assert [line["who"] for line in told()] == ["wang"]


# How long logs are kept

TODAY = date(2026, 11, 29)


@pytest.fixture
def aged(monkeypatch) -> Path:
    """A log of access of five lines in three months, two of them past their time, and one of exports."""
    monkeypatch.setattr(settings, "today", lambda: TODAY)
    folder = settings.DATA_DIR / "log"
    for month, lines in (("2025-01", 2), ("2025-10", 1), ("2025-11", 2)):
        for _ in range(lines):
            sealed_log.append(Chain(folder, "access"), {"event": "look"})
        newest = Chain(folder, "access").files()[-1]
        newest.rename(folder / f"access-{month}.jsonl")
        (folder / "hold").mkdir(exist_ok=True)
    sealed_log.append(Chain(folder), {"event": "begin"})
    return folder


def prune(*options: str):
    return CliRunner(env={"COLUMNS": "300"}).invoke(command_line, ["prune-log", *options])


def test_months_past_their_time_are_taken_away_and_the_rest_is_still_a_chain(aged):
    before = Chain(aged, "access").check()
    assert (before.good, before.faults) == (5, [])
    assert "访问日志（留12个月）将清理：access-2025-01.jsonl、access-2025-10.jsonl" in prune("--dry-run").stdout
    assert len(Chain(aged, "access").files()) == 3
    done = prune()
    assert "导出日志（留36个月）已清理：没有过期的" in done.stdout
    assert "访问日志（留12个月）已清理：access-2025-01.jsonl、access-2025-10.jsonl" in done.stdout
    after = Chain(aged, "access").check([(1, before.hashes[1]), (4, before.hashes[4])])
    assert (after.good, after.faults, after.gone) == (3, [], 3)
    assert told()[-1] == {"event": "pruned", "files": ["access-2025-01.jsonl", "access-2025-10.jsonl"]}
    Chain(aged, "access").mark("start").write_text("{}", encoding="utf-8")
    assert "与上一行不衔接" in "".join(Chain(aged, "access").check().faults)


def test_a_mark_of_the_start_counts_only_under_the_key(aged, monkeypatch):
    monkeypatch.setattr(settings, "LOG_KEYS", KEYS)
    audit_log.note("look", "wang")
    prune()
    assert audit_log.chain("access").check().faults == []
    file = audit_log.chain("access").mark("start")
    mark = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(mark | {"no": 9}), encoding="utf-8")
    assert "不能确认前面的记录是按期清理的" in "".join(audit_log.chain("access").check().faults)


def test_a_log_that_is_not_whole_is_not_pruned_before_somebody_has_looked(aged):
    file = Chain(aged, "access").files()[0]
    file.write_bytes(file.read_bytes().replace(b"look", b"book", 1))
    done = prune()
    assert (done.exit_code, "没有清理；先运行 verify-log" in done.output) == (1, True)
    assert file.exists()
    assert prune("--even-faulty").exit_code == 0
    assert not file.exists()


def test_a_log_with_two_lines_of_one_number_can_be_pruned_by_whoever_says_so(aged):
    *gone, kept = Chain(aged, "access").files()
    twice = kept.read_bytes().replace(b'"no": 4', b'"no": 3')
    assert twice != kept.read_bytes()
    kept.write_bytes(twice)
    done = prune("--even-faulty")
    assert (done.exit_code, done.exception) == (0, None)
    assert [file.exists() for file in (*gone, kept)] == [False, False, True]


def test_where_nothing_is_past_its_time_no_line_is_read_under_the_lock(aged):
    (aged / "access-2025-12.jsonl").mkdir()  # cannot be read
    assert sealed_log.drop(Chain(aged, "access"), "2025-01") == []


def test_lines_of_before_there_were_numbers_are_counted_when_they_go(aged):
    for file in aged.glob("*.jsonl"):
        told = [json.loads(line) for line in file.read_bytes().splitlines()]
        plain = [{key: value for key, value in line.items() if key != "no"} for line in told]
        file.write_text("".join(f"{json.dumps(line)}\n" for line in plain), encoding="utf-8")
    sealed_log.drop(Chain(aged, "access"), "2025-11")
    assert Chain(aged, "access").marked("start")["no"] == 3


@pytest.mark.parametrize("months", ["5", "a year", "", "-1", "1201", "①"])
def test_a_time_of_keeping_that_is_none_is_said_at_the_start(monkeypatch, months):
    monkeypatch.setattr(settings, "ACCESS_LOG_MONTHS", months)
    assert f"YUNNAN_ACCESS_LOG_MONTHS 的值“{months}”不对，应是6到1200的整数（月）" in list(startup_checks.faults())


def test_the_oldest_month_that_is_kept():
    assert audit_log.oldest("access", date(2026, 11, 29)) == "2025-11"
    assert audit_log.oldest("exports", date(2026, 1, 1)) == "2023-01"
