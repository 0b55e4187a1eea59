"""One line of JSON a request on standard output: when, what, how long; nothing that says who or what was searched.

{"time": "2020-07-15T09:00:00+08:00", "method": "GET", "path": "/export/funds.csv", "status": 200, "ms": 41, ...}
"""

import hashlib
import hmac
import json
import secrets
import time
from datetime import datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTES = "yunnan.notes"  # in the scope: what others may add to the line
_SALT = secrets.token_bytes()  # one reader is the same one until the next start, and cannot be found out by guessing


class LogRequests:
    """Middleware around everything; a websocket has its line when it has ended."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        line = {"status": 0, "bytes": 0}
        notes: dict[str, str] = {}
        began = time.monotonic()

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                line["status"] = message["status"]
            elif message["type"] == "websocket.accept":
                line["status"] = 101
            line["bytes"] += len(message.get("body") or message.get("bytes") or b"")
            await send(message)

        try:
            await self.app({**scope, NOTES: notes}, receive, counting)
        finally:
            took = round(1000 * (time.monotonic() - began))
            print(json.dumps(_head(scope) | line | {"ms": took} | notes, ensure_ascii=False), flush=True)


def pseudonym(name: str) -> str:
    """The same for the same name until the next start; nobody can come back from it to the name."""
    return hmac.new(_SALT, name.encode(), hashlib.sha256).hexdigest()[:12]


def _head(scope: Scope) -> dict[str, str]:
    """The address without its parameters: a search may hold a name."""
    now = datetime.now().astimezone().isoformat(timespec="milliseconds")
    return {"time": now, "method": scope.get("method", "WEBSOCKET"), "path": scope["path"][:200]}
