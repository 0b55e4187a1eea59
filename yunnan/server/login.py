"""Around Streamlit's log-in with an OpenID provider: whoever comes back sees the view they came for, or a sentence.

Streamlit's own routes answer a provider that cannot be reached with two English words, send everybody back to the first
page, and say nothing when a log-in did not come about. What they cut into several cookies is more than a websocket's
opening may carry: the page would stay white. So the tokens, which only spare a question when logging out, are left out
where they are too long, and so is a log-in whose facts are.
"""

from collections.abc import MutableMapping
from html import escape
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from yunnan.server import gate
from yunnan.server.refusal_page import OUTCOME, refusal

BEGIN, BACK = "/auth/login", "/oauth2callback"  # Streamlit's addresses, below the base path
VIEW = "yunnan_view"  # the cookie that keeps the address asked for while its reader is with the provider
MINUTES = 10
LONGEST = 2000  # characters of an address that is kept
UNREACHED = "登录服务没有回应。请稍后再试；仍不能登录的，请通知维护人员核对登录服务的地址与网络"
FAILED = "登录没有完成：您取消了登录，等得太久，或登录服务没有给出您的身份。请再试一次；仍不能登录的，请联系管理员"
TOO_LONG = "登录服务给出的资料太多（多半是组太多），看板没有接受。请联系管理员，让登录服务只给看板用到的组"
WAY_BACK = '<p><a href="{}">回到看板</a></p>'


class Login:
    """Middleware in front of Streamlit's two addresses; passes everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        begins, ends = path.endswith(BEGIN), path.endswith(BACK)
        if not begins and not ends:
            await self.app(scope, receive, send)
            return
        start: Message = {}
        body: list[Message] = []

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                body.append(message)

        await self.app(scope, receive, hold)
        base = path.removesuffix(BEGIN if begins else BACK)
        why = _begun(scope, base, start) if begins else _ended(scope, base, start)
        if why:
            answer = refusal(502 if begins else 403, "没有登录", why, WAY_BACK.format(escape(_view(scope, base))))
            await answer(scope, receive, send)
            return
        for message in (start, *body):
            await send(message)


def _begun(scope: Scope, base: str, start: MutableMapping) -> str:
    """Has the browser keep the address asked for; the sentence when there is no way to the provider."""
    if start["status"] >= 400:
        return UNREACHED
    if view := _asked(Headers(scope=scope), base):
        _cookie(start, base, quote(view), MINUTES * 60)
    return ""


def _ended(scope: Scope, base: str, start: MutableMapping) -> str:
    """Leads whoever has logged in to the address kept; the sentence for whoever has not."""
    told = HTTPConnection(scope).query_params
    if not {"code", "error"} & set(told):
        return ""  # back from logging out
    cookies = Headers(raw=start["headers"]).getlist("set-cookie")
    given = {name: value for name, _, value in (told.partition(";")[0].partition("=") for told in cookies)}
    if given.get(USER_COOKIE_NAME, '""') == '""':
        return FAILED
    if f"{USER_COOKIE_NAME}_1" in given:
        return TOO_LONG
    if f"{TOKENS_COOKIE_NAME}_1" in given:
        start["headers"] = [pair for pair in start["headers"] if not pair[1].startswith(TOKENS_COOKIE_NAME.encode())]
    scope.get(OUTCOME, {}).update(event="login", who=gate.named({USER_COOKIE_NAME: given[USER_COOKIE_NAME].strip('"')}))
    MutableHeaders(raw=start["headers"])["location"] = _view(scope, base)
    _cookie(start, base, "", 0)
    return ""


def _asked(headers: Headers, base: str) -> str:
    """The address of the page with the button, without its host; empty when it is not one of ours."""
    told = headers.get("referer", "")
    if gate.host_of(told) != headers.get("host", "").lower():
        return ""
    page = urlsplit(told)
    view = f"{page.path}{'?' if page.query else ''}{page.query}"
    return view if _is_ours(view, base) else ""


def _view(scope: Scope, base: str) -> str:
    """The address kept, or the first page."""
    kept = unquote(HTTPConnection(scope).cookies.get(VIEW, ""))
    return kept if _is_ours(kept, base) else f"{base}/"


def _is_ours(view: str, base: str) -> bool:
    """Whether it leads to a page of the dashboard and nowhere else."""
    path = view.partition("?")[0]
    plain = view.isascii() and view.isprintable() and not {" ", "\\"} & set(view) and len(view) <= LONGEST
    return plain and path.startswith(f"{base}/") and not view.startswith("//") and not path.endswith((BEGIN, BACK))


def _cookie(start: MutableMapping, base: str, value: str, seconds: int) -> None:
    told = f"{VIEW}={value}; Path={base}/; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    MutableHeaders(raw=start["headers"]).append("set-cookie", told)
