"""Who is at the door: reads a name off each request, hands it on sealed, keeps strangers from files, takes no upload.

A header counts only when the connection itself comes from a proxy named in YUNNAN_PROXIES; from anyone else it is taken
away, and so is a seal that a client has made up. What Streamlit's own log-in has signed is read from its cookie.
"""

import hmac
import ipaddress
import json
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from yunnan import settings
from yunnan.access import viewer
from yunnan.server import request_log
from yunnan.server.refusal_page import refusal

# What holds figures outside a page: only for who may look. Pages say it themselves.
GUARDED = re.compile(r"/(export|media|brief|feedback)/")
SECRET_HEADER = "X-Yunnan-Proxy"  # by which a proxy shows that it is ours, where YUNNAN_PROXY_SECRET is set
LONGEST = 200  # characters of a name
UPLOADS = "/_stcore/upload_file"  # Streamlit's door for files; no page takes one
NO_UPLOAD = "看板的网页不收文件。报表请用 python -m yunnan ingest 报送"
REFUSED = {"type": "websocket.close", "code": 1008, "reason": ""}


class Gate:
    """Middleware in front of pages and files alike."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if scope["type"] == "websocket" and not _is_own(scope):
            await send(REFUSED)  # before Streamlit asks the internet for its own address, to compare it
            return
        if scope["type"] == "http" and UPLOADS in scope["path"]:
            await refusal(403, "不能上传", NO_UPLOAD)(scope, receive, send)
            return
        told = found(scope)
        seal = viewer.seal(*told) if told else None
        viewer.enter(seal)
        if told and request_log.NOTES in scope:
            scope[request_log.NOTES]["who"] = request_log.pseudonym(told[0])
        scope = {**scope, "headers": _passed_on(scope, seal)}
        if scope["type"] == "http" and GUARDED.search(scope["path"]) and (why := viewer.stranger()):
            await refusal(403, "不能查看", why)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def found(scope: Scope) -> tuple[str, Sequence[str]] | None:
    """The name and groups that a request carries, when they can be believed."""
    if settings.IDENTITY == viewer.HEADER and is_from_proxy(scope):
        return _of_header(Headers(scope=scope))
    if settings.IDENTITY == viewer.OIDC:
        return _of_cookie(HTTPConnection(scope).cookies)
    return None


def _is_own(scope: Scope) -> bool:
    """Whether a websocket was opened by a page of this very host, or by a program, which names no page.

    Only a browser says where it comes from; one that a foreign page has sent is turned away without a look-up.
    """
    headers = Headers(scope=scope)
    origins = headers.getlist("origin")
    if not origins:
        return True
    host, served = headers.get("host", ""), config.get_option("browser.serverAddress")
    try:
        told = urlsplit(origins[0])
        ours = {host.lower(), *((served.lower(), f"{served.lower()}:{told.port}") if served else ())}
    except ValueError:
        return False
    return len(origins) == 1 and (told.netloc.lower() in ours or origins[0] in _allowed())


def host_of(address: str) -> str:
    """The host of an address, and its port, in small letters; empty for what is no address."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _allowed() -> set[str]:
    return {str(origin).strip() for origin in config.get_option("server.corsAllowedOrigins")}


def is_from_proxy(scope: Scope) -> bool:
    """Whether the other end of the connection, not what it says of others, is a proxy of ours; it may need a secret.

    Without one, whatever runs on the proxy's machine may name anybody.
    """
    told = Headers(scope=scope).get(SECRET_HEADER, "")
    if settings.PROXY_SECRET and not hmac.compare_digest(told.encode(), settings.PROXY_SECRET.encode()):
        return False
    try:
        peer = ipaddress.ip_address((scope.get("client") or ("", 0))[0])
    except ValueError:
        return False
    peer = getattr(peer, "ipv4_mapped", None) or peer
    return any(peer in network for network in proxies())


def source(scope: Scope) -> str:
    """The address a request comes from: the connection's, or what a proxy of ours says last of it."""
    peer = (scope.get("client") or ("", 0))[0]
    told = Headers(scope=scope).get("x-forwarded-for", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(told)) if is_from_proxy(scope) else peer
    except ValueError:
        return peer


def name(scope: Scope) -> str:
    """The name that a request carries, for the log; empty without one."""
    told = found(scope)
    return told[0] if told else ""


def named(cookies: dict[str, str]) -> str:
    """The name that cookies of a log-in carry, for the log; empty without one."""
    told = _of_cookie(cookies)
    return told[0] if told else ""


def proxies() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The addresses of YUNNAN_PROXIES. Raises ValueError."""
    return [ipaddress.ip_network(told.strip()) for told in settings.PROXIES if told.strip()]


def _of_header(headers: Headers) -> tuple[str, Sequence[str]] | None:
    names = [_text(value) for value in headers.getlist(settings.IDENTITY_HEADER)]
    if len(names) != 1 or not names[0] or len(names[0]) > LONGEST:
        return None  # two names are nobody's: the proxy has passed a client's own copy on
    told = ",".join(headers.getlist(settings.GROUPS_HEADER))
    return names[0], [group for part in _text(told).split(",") if (group := part.strip())]


def _text(value: str) -> str:
    """A header's value as it was meant: names in Chinese come as UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return value.strip()


def _of_cookie(cookies: dict[str, str]) -> tuple[str, Sequence[str]] | None:
    """What the provider said when this browser logged in, if that was not too long ago.

    Streamlit cuts what is too long for a cookie into several, each signed by itself: pieces of two log-ins could be put
    together, so such a one counts for nobody (yunnan/server/login.py says so to the reader).
    """
    told = cookies.get(USER_COOKIE_NAME, "")
    signed = decode_signed_value(get_cookie_secret(), USER_COOKIE_NAME, told, int(settings.OIDC_HOURS) / 24)
    if not signed or signed.startswith(b"chunks-"):
        return None
    facts = json.loads(signed)
    name = facts.get(settings.OIDC_NAME)
    if not facts.get("is_logged_in") or not isinstance(name, str) or not 0 < len(name) <= LONGEST:
        return None
    if settings.OIDC_NAME == "email" and str(facts.get("email_verified", True)).lower() != "true":
        return None  # anybody may have written this address into their own account
    groups = facts.get(settings.OIDC_GROUPS, [])
    return name, [str(group) for group in (groups if isinstance(groups, list) else [groups])]


def _passed_on(scope: Scope, seal: str | None) -> list[tuple[bytes, bytes]]:
    """The headers without any that could name somebody, and with the seal."""
    headers = (viewer.LOOKER, SECRET_HEADER, settings.IDENTITY_HEADER, settings.GROUPS_HEADER)
    naming = {name.lower().encode() for name in headers}
    kept = [(name, value) for name, value in scope["headers"] if name.lower() not in naming]
    return [*kept, (viewer.LOOKER.encode(), seal.encode())] if seal else kept
