"""Writes who opened a page and who was refused into the log of access, and passes on the address they came from.

This middleware is in front of the gate. An answer that refuses puts its facts into the ASGI scope
(yunnan/server/refusal_page.py).
"""

from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yunnan.access import audit_log, signed_links, viewer
from yunnan.server import gate
from yunnan.server.refusal_page import OUTCOME

LOGOUT = "/auth/logout"  # Streamlit's address, below the base path
STREAM = "/_stcore/stream"  # the websocket of a page


class Visits:
    """Middleware in front of gate and log-in; the line of a websocket is written when it opens."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        address, outcome = gate.source(scope), dict[str, object]()
        viewer.come(address)
        given = [(name, value) for name, value in scope["headers"] if name.lower() != viewer.ADDRESS.encode()]
        inner = {**scope, "headers": [*given, (viewer.ADDRESS.encode(), address.encode())], OUTCOME: outcome}

        async def watching(message: Message) -> None:
            if event := _event(scope, message, outcome):
                await run_in_threadpool(_note, scope, event)
            await send(message)

        await self.app(inner, receive, watching)


def _event(scope: Scope, message: Message, outcome: dict[str, object]) -> dict[str, object]:
    """The fields to write into the log at this message; empty if there is nothing to write."""
    kind = message["type"]
    if kind == "websocket.accept":
        return {"event": "enter"} if scope["path"].endswith(STREAM) else {}
    if kind == "websocket.close" and message.get("code") == gate.REFUSED["code"]:
        return {"event": "refused", "why": "别的网页打开的连接", "status": 403}
    if kind != "http.response.start":
        return {}
    return dict(outcome) or ({"event": "logout"} if _is_logout(scope) else {})


def _is_logout(scope: Scope) -> bool:
    """Whether somebody who is logged in here logs out; the address alone can be opened by anybody."""
    return viewer.can_log_in() and scope["path"].endswith(LOGOUT) and bool(gate.name(scope))


def _note(scope: Scope, event: dict[str, object]) -> None:
    facts = {"who": gate.name(scope), **event}
    if event["event"] == "refused":
        facts |= {"path": scope["path"], "asked": _logged_params(scope)}
    audit_log.note(str(facts.pop("event")), str(facts.pop("who")), **facts)


def _logged_params(scope: Scope) -> dict[str, str]:
    """The parameters of the address for the log, without signatures and codes of a log-in, which are secret."""
    secret = {signed_links.SIGNATURE, "code", "state"}
    pairs = parse_qsl(scope["query_string"].decode("utf-8", "replace"))
    return {name: value for name, value in pairs if name not in secret}
