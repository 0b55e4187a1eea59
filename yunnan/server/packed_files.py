"""Scripts, style sheets and outlines sent packed: of what a page first loads they are nearly all."""

import gzip
from collections.abc import MutableMapping
from pathlib import PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KINDS = {".js", ".css", ".json", ".svg"}
LEAST = 1_000  # bytes: what is smaller fits into one packet as it is

Kept = MutableMapping[tuple[str, str, str], bytes]


class PackFiles:
    """Middleware that packs the files below /static/ for browsers that say they unpack; each file once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[tuple[str, str, str], bytes] = {}  # (path, date, length) -> packed; as many as there are files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and _is_wanted(scope["path"], Headers(scope=scope)):
            send = _Packing(send, scope["path"], self.kept)
        await self.app(scope, receive, send)


class _Packing:
    """A send() that holds the answer with a file until it is complete and sends it packed; others pass at once."""

    def __init__(self, send: Send, path: str, kept: Kept) -> None:
        self.send, self.path, self.kept = send, path, kept
        self.start: Message | None = None
        self.body: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_file(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.body.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        headers = MutableHeaders(scope=start)
        key = self.path, headers["last-modified"], headers["content-length"]
        if (packed := self.kept.get(key)) is None:
            packed = self.kept[key] = await run_in_threadpool(gzip.compress, b"".join(self.body), 9, mtime=0)
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(packed))
        headers.add_vary_header("Accept-Encoding")
        del headers["accept-ranges"]
        await self.send(start)
        await self.send({"type": "http.response.body", "body": packed})


def _is_wanted(path: str, headers: Headers) -> bool:
    codings = {coding.partition(";")[0].strip() for coding in headers.get("accept-encoding", "").split(",")}
    return "/static/" in path and PurePosixPath(path).suffix in KINDS and "gzip" in codings and "range" not in headers


def _is_file(start: Message) -> bool:
    headers = Headers(scope=start)
    is_new = start["status"] == 200 and "content-encoding" not in headers and "last-modified" in headers
    return is_new and int(headers.get("content-length", 0)) >= LEAST
