"""Who came and who was turned away, for the log of access; and whence, for the pages behind.

Stands before the gate. What was refused, the answer itself leaves in the scope (yunnan/server/refusal_page.py).
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
    """Middleware in front of gate and log-in; a websocket has its line when it opens."""

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
    """What the log is told now; empty for nothing."""
    kind = message["type"]
    if kind == "websocket.accept":
        return {"event": "enter"} if scope["path"].endswith(STREAM) else {}
    if kind == "websocket.close" and message.get("code") == gate.REFUSED["code"]:
        return {"event": "refused", "why": "别的网页打开的连接", "status": 403}
    if kind != "http.response.start":
        return {}
    return dict(outcome) or ({"event": "logout"} if _is_logout(scope) else {})


def _is_logout(scope: Scope) -> bool:
    """Whether somebody who is logged in here logs out: anybody may ask for the address."""
    return viewer.can_log_in() and scope["path"].endswith(LOGOUT) and bool(gate.name(scope))


def _note(scope: Scope, told: dict[str, object]) -> None:
    facts = {"who": gate.name(scope), **told}
    if told["event"] == "refused":
        facts |= {"path": scope["path"], "asked": _asked(scope)}
    audit_log.note(str(facts.pop("event")), str(facts.pop("who")), **facts)


def _asked(scope: Scope) -> dict[str, str]:
    """The parameters of the address; a signature, a code of a log-in are keys and stay out."""
    secret = {signed_links.SIGNATURE, "code", "state"}
    pairs = parse_qsl(scope["query_string"].decode("utf-8", "replace"))
    return {name: value for name, value in pairs if name not in secret}
