"""Scripts, style sheets and outlines sent packed: of what a page first loads they are nearly all."""

import gzip
import hashlib
from collections.abc import MutableMapping
from pathlib import PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yunnan.server.held_answer import HeldAnswer

KINDS = {".js", ".css", ".json", ".svg"}
LEAST = 1_000  # bytes: what is smaller fits into one packet as it is

Kept = MutableMapping[bytes, bytes]


class PackFiles:
    """Middleware that packs the files below /static/ for browsers that say they unpack; each file once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[bytes, bytes] = {}  # digest of a file -> the file packed; as many as there are files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and _is_wanted(scope["path"], Headers(scope=scope)):
            send = _Packing(send, self.kept)
        await self.app(scope, receive, send)


class _Packing(HeldAnswer):
    """Sends a file packed."""

    def __init__(self, send: Send, kept: Kept) -> None:
        super().__init__(send)
        self.kept = kept

    def is_held(self, start: Message) -> bool:
        headers = Headers(scope=start)
        is_file = start["status"] == 200 and "content-encoding" not in headers and "last-modified" in headers
        return is_file and int(headers.get("content-length", 0)) >= LEAST

    async def rewrite(self, start: Message, body: bytes) -> bytes:
        packed = await run_in_threadpool(_packed, body, self.kept)
        headers = MutableHeaders(scope=start)
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(packed))
        headers.add_vary_header("Accept-Encoding")
        del headers["accept-ranges"]
        return packed


def _packed(body: bytes, kept: Kept) -> bytes:
    # By content: one file has many addresses (a/./b.js), and each would be kept, as long as somebody thinks of others.
    digest = hashlib.sha256(body).digest()
    if digest not in kept:
        kept[digest] = gzip.compress(body, 9, mtime=0)
    return kept[digest]


def _is_wanted(path: str, headers: Headers) -> bool:
    codings = {coding.partition(";")[0].strip() for coding in headers.get("accept-encoding", "").split(",")}
    return "/static/" in path and PurePosixPath(path).suffix in KINDS and "gzip" in codings and "range" not in headers
