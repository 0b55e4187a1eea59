"""Improves Streamlit's log-in with an OpenID provider: after it readers see the view they asked for, or a sentence.

Streamlit's own routes answer with two English words if the provider cannot be reached, send everybody to the first
page, and say nothing if a log-in fails. A log-in that they split into several cookies is more than the opening of a
websocket may carry, so that the page would stay blank. Therefore the tokens, which only spare a question when logging
out, are dropped if they are too long, and a log-in is refused if its facts are.
"""

from collections.abc import MutableMapping
from html import escape
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yunnan.server import gate
from yunnan.server.refusal_page import OUTCOME, refusal
from yunnan.streamlit_seam import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

BEGIN, BACK = "/auth/login", "/oauth2callback"  # Streamlit's addresses, below the base path
VIEW = "yunnan_view"  # the cookie that keeps the address asked for while the reader is at the provider
MINUTES = 10  # how long that cookie lasts
LONGEST = 2000  # characters of an address that is kept
UNREACHED = "登录服务没有回应。请稍后再试；仍不能登录的，请通知维护人员核对登录服务的地址与网络"
FAILED = "登录没有完成：您取消了登录，等得太久，或登录服务没有给出您的身份。请再试一次；仍不能登录的，请联系管理员"
TOO_LONG = "登录服务给出的资料太多（多半是组太多），看板没有接受。请联系管理员，让登录服务只给看板用到的组"
WAY_BACK = '<p><a href="{}">回到看板</a></p>'


class Login:
    """Middleware in front of Streamlit's two addresses of the log-in; passes everything else on."""

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
    """Sets the cookie with the address asked for; returns a sentence if the provider cannot be reached, else ''."""
    if start["status"] >= 400:
        return UNREACHED
    if view := _page_address(Headers(scope=scope), base):
        _cookie(start, base, quote(view), MINUTES * 60)
    return ""


def _ended(scope: Scope, base: str, start: MutableMapping) -> str:
    """Redirects to the address in the cookie after a log-in; returns a sentence if it failed, else ''."""
    params = HTTPConnection(scope).query_params
    if not {"code", "error"} & set(params):
        return ""  # the provider leads here after logging out as well
    cookies = Headers(raw=start["headers"]).getlist("set-cookie")
    given = {name: value for name, _, value in (cookie.partition(";")[0].partition("=") for cookie in cookies)}
    if given.get(USER_COOKIE_NAME, '""') == '""':
        return FAILED
    if f"{USER_COOKIE_NAME}_1" in given:
        return TOO_LONG
    if f"{TOKENS_COOKIE_NAME}_1" in given:
        start["headers"] = [pair for pair in start["headers"] if not pair[1].startswith(TOKENS_COOKIE_NAME.encode())]
    scope.get(OUTCOME, {}).update(
        event="login",
        who=gate.named({USER_COOKIE_NAME: given[USER_COOKIE_NAME].strip('"')}),
    )
    MutableHeaders(raw=start["headers"])["location"] = _view(scope, base)
    _cookie(start, base, "", 0)
    return ""


def _page_address(headers: Headers, base: str) -> str:
    """The path and query of the page on which log-in was clicked; empty if it is no page of the dashboard."""
    referer = headers.get("referer", "")
    if gate.host_of(referer) != headers.get("host", "").lower():
        return ""
    page = urlsplit(referer)
    view = f"{page.path}{'?' if page.query else ''}{page.query}"
    return view if _is_ours(view, base) else ""


def _view(scope: Scope, base: str) -> str:
    """The address in the cookie, else that of the first page."""
    kept = unquote(HTTPConnection(scope).cookies.get(VIEW, ""))
    return kept if _is_ours(kept, base) else f"{base}/"


def _is_ours(view: str, base: str) -> bool:
    """Whether an address is certainly that of a page of the dashboard."""
    path = view.partition("?")[0]
    plain = view.isascii() and view.isprintable() and not {" ", "\\"} & set(view) and len(view) <= LONGEST
    return plain and path.startswith(f"{base}/") and not view.startswith("//") and not path.endswith((BEGIN, BACK))


def _cookie(start: MutableMapping, base: str, value: str, seconds: int) -> None:
    cookie = f"{VIEW}={value}; Path={base}/; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    MutableHeaders(raw=start["headers"]).append("set-cookie", cookie)
