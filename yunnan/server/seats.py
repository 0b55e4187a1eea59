"""Limits how many readers may have a page open at once: each open page takes a connection and memory.

When all seats are taken, the next reader gets a sentence that says so, before the server runs out of anything for
everybody. Strangers get no seat where a portal identifies readers; where readers log in here, strangers get a few,
since the button to log in is on a page.
"""

import asyncio
import re
import resource
import sys
import time
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from yunnan import settings
from yunnan.access import viewer
from yunnan.server.refusal_page import refusal

OTHER = re.compile(r"/(_stcore|static|auth|component|media|export|brief|feedback)/|/oauth2callback$|\.\w+$")
FULL = "同时看的人已满（{}人）。请过几分钟再打开；常常这样的，请通知维护人员"
CLOSED = {"type": "websocket.close", "code": 1013, "reason": ""}
SLACK = 20  # further seats, for readers whose page was sent just before the last seat was taken
# Open files: the most of the process; of one reader, also for some minutes after leaving; of the server itself.
FILES, EACH, OWN = 16_384, 8, 128
PAUSE = 60  # seconds at least between two messages about connections that cannot be accepted


class Crowd:
    """Middleware behind the gate, which has identified the viewer: counts the websockets of open pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.taken = {True: 0, False: 0}  # seats taken: True by strangers, False by known viewers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._seat(scope, receive, send)
        elif _is_page(scope) and (why := _closed_to()):
            await refusal(403, "不能查看", why)(scope, receive, send)
        elif _is_page(scope) and self._is_full():
            await refusal(503, "现在看的人太多", FULL.format(seats()))(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _seat(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _closed_to() or self._is_full(SLACK):
            await send(CLOSED)
            return
        stranger = bool(viewer.stranger())
        self.taken[stranger] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.taken[stranger] -= 1

    def _is_full(self, more: int = 0) -> bool:
        """Whether there is no seat for the current viewer; strangers may take a quarter. more: seats over the limit."""
        all_taken = sum(self.taken.values()) >= seats() + more
        return all_taken or bool(viewer.stranger() and self.taken[True] >= max(1, seats() // 4) + more)


def seats() -> int:
    """The number of seats: YUNNAN_SEATS, but no more than the limit of open files allows."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    room = FILES if files == resource.RLIM_INFINITY else files
    return max(1, min(int(settings.SEATS), (room - OWN) // EACH))


def make_room() -> None:
    """Raise the limit of open files as far as the system allows, up to FILES; the usual 1,024 allow only 112 seats."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(hard, FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def calm(loop: asyncio.AbstractEventLoop) -> None:
    """Make the event loop print one line a minute when it cannot accept connections, instead of thousands."""
    last_message = -float(PAUSE)

    def handle(running: asyncio.AbstractEventLoop, context: dict) -> None:
        nonlocal last_message
        if context["message"] != "socket.accept() out of system resource":
            running.default_exception_handler(context)
        elif time.monotonic() - last_message >= PAUSE:
            last_message = time.monotonic()
            message = "连接太多，暂时不能接受新的：打开的文件数已到上限；请核对 LimitNOFILE 与 YUNNAN_SEATS"
            print(f"{message}（{context['exception']}）", file=sys.stderr, flush=True)

    loop.set_exception_handler(handle)


def _is_page(scope: Scope) -> bool:
    """Whether a request is a browser's for a page of the dashboard, not for a file or part of a page."""
    wants = scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")
    return wants and not OTHER.search(scope["path"])


def _closed_to() -> str:
    """The reason why the current viewer gets no page at all; empty for known viewers and where one can log in."""
    return "" if viewer.can_log_in() else viewer.stranger()
