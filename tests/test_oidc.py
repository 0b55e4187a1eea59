"""Whose log-in counts, for how long, and where it leads: read off cookies and addresses as a browser sends them."""

import json
import time

import httpx
import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from starlette.responses import RedirectResponse, Response
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from tests.conftest import awaited
from yunnan import settings
from yunnan.server import gate, login, startup_checks

FACTS = {"is_logged_in": True, "email": "zhang@yn.example", "email_verified": True, "groups": ["怒江州民政局"]}
AUTH = {
    "redirect_uri": "https://portal.example/yn/oauth2callback",
    "cookie_secret": "s" * 32,
    "client_id": "yunnan",
    "client_secret": "secret",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}
HOUR = 3600


class Earlier(TimestampSigner):
    """Signs as somebody who logged in some seconds ago."""

    ago = 0

    def get_timestamp(self) -> int:
        return int(time.time()) - self.ago


def told(facts: dict | str = FACTS, *, ago: int = 0, secret: str = "", name: str = USER_COOKIE_NAME):
    """Name and groups of a browser whose cookie holds these facts."""
    signer = type("Then", (Earlier,), {"ago": ago})
    maker = URLSafeTimedSerializer(secret or get_cookie_secret(), salt=name, signer=signer)
    cookie = maker.dumps(facts if isinstance(facts, str) else json.dumps(facts))
    scope = {"type": "http", "headers": [(b"cookie", f"{USER_COOKIE_NAME}={cookie}".encode())]}
    return gate.identity_of(scope)


@pytest.fixture(autouse=True)
def oidc(monkeypatch):
    monkeypatch.setattr(settings, "IDENTITY", "oidc")


def test_a_log_in_gives_a_name_and_groups():
    assert told() == ("zhang@yn.example", ["怒江州民政局"])
    assert told(FACTS | {"groups": "省民政厅"}) == ("zhang@yn.example", ["省民政厅"])
    assert told({name: value for name, value in FACTS.items() if name != "groups"}) == ("zhang@yn.example", [])


def test_a_log_in_ends_after_its_hours(monkeypatch):
    assert told(ago=12 * HOUR - 60)
    assert told(ago=12 * HOUR + 60) is None
    monkeypatch.setattr(settings, "OIDC_HOURS", "1")
    assert told(ago=2 * HOUR) is None


@pytest.mark.parametrize("verified", [False, "false", None, 0])
def test_an_address_that_is_not_verified_is_nobodys(verified):
    assert told(FACTS | {"email_verified": verified}) is None


@pytest.mark.parametrize("verified", [{"email_verified": "true"}, {}])
def test_a_provider_may_say_verified_as_a_word_or_say_nothing(verified):
    facts = {name: value for name, value in FACTS.items() if name != "email_verified"}
    assert told(facts | verified)


def test_another_claim_than_the_address_need_not_be_verified(monkeypatch):
    monkeypatch.setattr(settings, "OIDC_NAME", "sub")
    assert told(FACTS | {"sub": "u1", "email_verified": False}) == ("u1", ["怒江州民政局"])
    assert told(FACTS) is None


@pytest.mark.parametrize(
    "facts",
    [
        "chunks-2",
        FACTS | {"is_logged_in": False},
        FACTS | {"email": ""},
        FACTS | {"email": ["zhang@yn.example"]},
        FACTS | {"email": "z" * 201},
    ],
)
def test_facts_that_name_nobody_are_nobodys(facts):
    assert told(facts) is None


def test_a_cookie_signed_with_another_key_or_for_another_purpose_is_nobodys():
    assert told(secret="x" * 32) is None
    assert told(name="_streamlit_user_1") is None


def ask(path: str, answer: Response, **headers: str) -> httpx.Response:
    """What the log-in says to the answer of Streamlit's route."""

    async def asking() -> httpx.Response:
        transport = httpx.ASGITransport(login.Login(answer))
        async with httpx.AsyncClient(transport=transport, base_url="https://portal.example") as client:
            return await client.get(path, headers=headers)

    return awaited(asking)


def logged_in() -> Response:
    answer = RedirectResponse("/yn/", 302)
    answer.set_cookie(USER_COOKIE_NAME, "signed")
    return answer


VIEW = "https://portal.example/yn/prefecture?place=533300&theme=dark"


def test_the_view_asked_for_is_kept_until_its_reader_comes_back():
    begun = ask("/yn/auth/login?provider=x", RedirectResponse("https://login.example/", 302), Referer=VIEW)
    kept = begun.headers["set-cookie"].partition(";")[0]
    assert "Path=/yn/; Max-Age=600; HttpOnly; SameSite=Lax" in begun.headers["set-cookie"]
    ended = ask("/yn/oauth2callback?code=1&state=2", logged_in(), Cookie=kept)
    assert ended.headers["location"] == "/yn/prefecture?place=533300&theme=dark"
    assert any(told.startswith("yunnan_view=; ") for told in ended.headers.get_list("set-cookie"))


@pytest.mark.parametrize(
    "referer",
    [
        "https://other.example/yn/prefecture",
        "https://portal.example/other",
        "https://portal.example/ynx/",
        "https://portal.example/yn/oauth2callback?code=1",
        "https://[portal.example/yn/",
        f"https://portal.example/yn/{'a' * 2000}",
        "",
    ],
)
def test_what_is_not_a_view_of_the_dashboard_is_not_kept(referer):
    begun = ask("/yn/auth/login?provider=x", RedirectResponse("https://login.example/", 302), Referer=referer)
    assert begun.status_code == 302
    assert "set-cookie" not in begun.headers


@pytest.mark.parametrize(
    "view", ["https://evil.example/", "//evil.example/yn/", "/other", "/yn/%5C%5Cevil", "/yn/%0D%0AX:1", "%2F%2Fevil"]
)
def test_a_made_up_view_leads_to_the_first_page(view):
    ended = ask("/yn/oauth2callback?code=1", logged_in(), Cookie=f"yunnan_view={view}")
    assert ended.headers["location"] == "/yn/"
    assert ask("/oauth2callback?code=1", logged_in(), Cookie="yunnan_view=//evil").headers["location"] == "/"


def test_a_log_in_that_did_not_come_about_says_so():
    for asked in ("code=1", "error=access_denied"):
        ended = ask(f"/yn/oauth2callback?{asked}", RedirectResponse("/yn/", 302))
        assert (ended.status_code, "登录没有完成" in ended.text) == (403, True)
    assert ask("/yn/oauth2callback", RedirectResponse("/yn/", 302)).headers["location"] == "/yn/"  # after logging out
    begun = ask("/yn/auth/login", Response("Authentication error", 400))
    assert (begun.status_code, "登录服务没有回应" in begun.text) == (502, True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"cookie_secret": "short"}, "cookie_secret 太短"),
        ({"client_id": "", "server_metadata_url": ""}, "缺少 client_id、server_metadata_url"),
        ({"redirect_uri": "https://portal.example/oauth2callback"}, "redirect_uri 应是 https://门户/yn/oauth2callback"),
    ],
)
def test_what_the_provider_needs_is_checked_at_the_start(monkeypatch, tmp_path, changed, said):
    assert faults(monkeypatch, tmp_path, AUTH) == []
    (fault,) = faults(monkeypatch, tmp_path, AUTH | changed)
    assert said in fault
    assert str(tmp_path / "secrets.toml") in fault


def faults(monkeypatch, folder, auth: dict[str, str], hours: str = "12") -> list[str]:
    lines = ["[auth]", *(f"{name} = {json.dumps(value)}" for name, value in auth.items())]
    (folder / "secrets.toml").touch(0o600)
    (folder / "secrets.toml").write_text("\n".join(lines), encoding="utf-8")
    (folder / "people.toml").write_text('[people.a]\nrole = "leader"\n', encoding="utf-8")
    monkeypatch.setattr(settings, "SECRETS", str(folder / "secrets.toml"))
    monkeypatch.setattr(settings, "PEOPLE", str(folder / "people.toml"))
    monkeypatch.setattr(settings, "OIDC_HOURS", hours)
    return list(startup_checks.faults("yn"))


def test_hours_are_a_number_and_the_file_is_toml(monkeypatch, tmp_path):
    (fault,) = faults(monkeypatch, tmp_path, AUTH, hours="a day")
    assert "YUNNAN_OIDC_HOURS 的值“a day”不对" in fault
    faults(monkeypatch, tmp_path, AUTH)
    (tmp_path / "secrets.toml").write_text("[auth", encoding="utf-8")
    assert any("不是正确的 TOML" in fault for fault in startup_checks.faults("yn"))
