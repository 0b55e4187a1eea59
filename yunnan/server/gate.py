"""Identifies the viewer of each request and passes the name on in a sealed header; refuses strangers and uploads.

The identity header counts only if the connection itself comes from a proxy named in YUNNAN_PROXIES; from anybody else
it is removed, and so is a seal that a client has sent. With Streamlit's own log-in, the identity is read from the
cookie that Streamlit has signed.
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

from yunnan import settings, streamlit_seam
from yunnan.access import viewer
from yunnan.server import request_log
from yunnan.server.refusal_page import refusal

# Addresses of files, which only known viewers may read. Pages refuse strangers themselves.
GUARDED = re.compile(r"/(export|media|brief|feedback|cockpit)/")
SECRET_HEADER = "X-Yunnan-Proxy"  # holds the secret by which a proxy is recognised, where YUNNAN_PROXY_SECRET is set
LONGEST = 200  # characters of a name
UPLOADS = "/_stcore/upload_file"  # Streamlit's address for uploads; no page uses it
NO_UPLOAD = "看板的网页不收文件。报表请用 python -m yunnan ingest 报送"
REFUSED = {"type": "websocket.close", "code": 1008, "reason": ""}


class Gate:
    """Middleware in front of pages and files: identifies the viewer and refuses what is not allowed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if scope["type"] == "websocket" and not _is_own_page(scope):
            await send(REFUSED)  # before Streamlit compares origins, for which it would look up its address online
            return
        if scope["type"] == "http" and UPLOADS in scope["path"]:
            await refusal(403, "不能上传", NO_UPLOAD)(scope, receive, send)
            return
        identity = identity_of(scope)
        seal = viewer.seal(*identity) if identity else None
        viewer.enter(seal)
        if identity and request_log.NOTES in scope:
            scope[request_log.NOTES]["who"] = request_log.pseudonym(identity[0])
        scope = {**scope, "headers": _passed_on(scope, seal)}
        if scope["type"] == "http" and GUARDED.search(scope["path"]) and (why := viewer.stranger()):
            await refusal(403, "不能查看", why)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def identity_of(scope: Scope) -> tuple[str, Sequence[str]] | None:
    """(name, groups) of the viewer who sent a request; None if it names nobody or cannot be trusted."""
    if settings.IDENTITY == viewer.HEADER and is_from_proxy(scope):
        return _header_identity(Headers(scope=scope))
    if settings.IDENTITY == viewer.OIDC:
        return _cookie_identity(HTTPConnection(scope).cookies)
    return None


def _is_own_page(scope: Scope) -> bool:
    """Whether a websocket was opened by a page of this host, or by a program that is no browser.

    Only browsers send the header Origin; without it, True.
    """
    headers = Headers(scope=scope)
    origins = headers.getlist("origin")
    if not origins:
        return True
    host, served = headers.get("host", ""), streamlit_seam.option("browser.serverAddress")
    try:
        origin = urlsplit(origins[0])
        ours = {host.lower(), *((served.lower(), f"{served.lower()}:{origin.port}") if served else ())}
    except ValueError:
        return False
    return len(origins) == 1 and (origin.netloc.lower() in ours or origins[0] in _allowed())


def host_of(address: str) -> str:
    """The host, and port, of an address in lower case; empty if the text is no address."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _allowed() -> set[str]:
    return {str(origin).strip() for origin in streamlit_seam.option("server.corsAllowedOrigins")}


def is_from_proxy(scope: Scope) -> bool:
    """Whether the connection itself comes from one of YUNNAN_PROXIES, with the secret if YUNNAN_PROXY_SECRET is set.

    Without a secret, every program on the proxy's machine can claim any identity.
    """
    secret = Headers(scope=scope).get(SECRET_HEADER, "")
    if settings.PROXY_SECRET and not hmac.compare_digest(secret.encode(), settings.PROXY_SECRET.encode()):
        return False
    try:
        peer = ipaddress.ip_address((scope.get("client") or ("", 0))[0])
    except ValueError:
        return False
    peer = getattr(peer, "ipv4_mapped", None) or peer
    return any(peer in network for network in proxies())


def source(scope: Scope) -> str:
    """The IP address a request comes from: the last X-Forwarded-For of one of our proxies, else the connection's."""
    peer = (scope.get("client") or ("", 0))[0]
    forwarded = Headers(scope=scope).get("x-forwarded-for", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(forwarded)) if is_from_proxy(scope) else peer
    except ValueError:
        return peer


def name(scope: Scope) -> str:
    """The viewer's name of a request, for the log; empty without one."""
    identity = identity_of(scope)
    return identity[0] if identity else ""


def named(cookies: dict[str, str]) -> str:
    """The viewer's name in the cookies of a log-in, for the log; empty without one."""
    identity = _cookie_identity(cookies)
    return identity[0] if identity else ""


def proxies() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The networks of YUNNAN_PROXIES. Raises ValueError if one is no address."""
    return [ipaddress.ip_network(network.strip()) for network in settings.PROXIES if network.strip()]


def _header_identity(headers: Headers) -> tuple[str, Sequence[str]] | None:
    names = [_text(value) for value in headers.getlist(settings.IDENTITY_HEADER)]
    if len(names) != 1 or not names[0] or len(names[0]) > LONGEST:
        return None  # with two names none is trusted: the proxy has passed on a header that the client sent
    groups = ",".join(headers.getlist(settings.GROUPS_HEADER))
    return names[0], [group for part in _text(groups).split(",") if (group := part.strip())]


def _text(value: str) -> str:
    """A header's value decoded: names in Chinese are sent as UTF-8, which the server reads as Latin-1."""
    try:
        return value.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return value.strip()


def _cookie_identity(cookies: dict[str, str]) -> tuple[str, Sequence[str]] | None:
    """(name, groups) from the cookie of a log-in; None if it is not valid or older than YUNNAN_OIDC_HOURS.

    Streamlit splits a cookie that is too long into several, each signed by itself. Since parts of two log-ins could be
    combined, such a cookie identifies nobody (yunnan/server/login.py tells the reader).
    """
    cookie = cookies.get(streamlit_seam.USER_COOKIE_NAME, "")
    signed = streamlit_seam.signed_value(streamlit_seam.USER_COOKIE_NAME, cookie, int(settings.OIDC_HOURS) / 24)
    if not signed or signed.startswith(b"chunks-"):
        return None
    facts = json.loads(signed)
    name = facts.get(settings.OIDC_NAME)
    if not facts.get("is_logged_in") or not isinstance(name, str) or not 0 < len(name) <= LONGEST:
        return None
    if settings.OIDC_NAME == "email" and str(facts.get("email_verified", True)).lower() != "true":
        return None  # anybody can enter an address that is not theirs into their own account
    groups = facts.get(settings.OIDC_GROUPS, [])
    return name, [str(group) for group in (groups if isinstance(groups, list) else [groups])]


def _passed_on(scope: Scope, seal: str | None) -> list[tuple[bytes, bytes]]:
    """A request's headers, without all that name a viewer, and with the seal if there is one."""
    headers = (viewer.LOOKER, SECRET_HEADER, settings.IDENTITY_HEADER, settings.GROUPS_HEADER)
    naming = {name.lower().encode() for name in headers}
    kept = [(name, value) for name, value in scope["headers"] if name.lower() not in naming]
    return [*kept, (viewer.LOOKER.encode(), seal.encode())] if seal else kept
