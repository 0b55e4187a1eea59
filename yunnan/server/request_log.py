"""One line of JSON for each request on standard output, without names of persons and without what was searched for.

{"time": "2020-07-15T09:00:00+08:00", "method": "GET", "path": "/export/funds.csv", "status": 200, "ms": 41, ...}
"""

import hashlib
import hmac
import json
import secrets
import time
from datetime import datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTES = "yunnan.notes"  # key in the ASGI scope: a dict of fields that other middleware adds to the line
_SALT = secrets.token_bytes()  # new at each start, so that a pseudonym cannot be found out by trying names


class LogRequests:
    """Middleware around everything; the line of a websocket is written when it has ended."""

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
    """Twelve hex digits for a name, the same until the next start; the name cannot be found from them."""
    return hmac.new(_SALT, name.encode(), hashlib.sha256).hexdigest()[:12]


def _head(scope: Scope) -> dict[str, str]:
    """The first fields of the line; the address without its parameters, since a search may contain a name."""
    now = datetime.now().astimezone().isoformat(timespec="milliseconds")
    return {"time": now, "method": scope.get("method", "WEBSOCKET"), "path": scope["path"][:200]}
