"""Who gets a seat: each reader's page keeps a connection and memory, and a thread while it is drawn.

Strangers get none where a portal says who is looking; where they log in here they need one for the button, but only
a few. When all seats are taken, the next reader is told so in a sentence, before anything runs out for everybody.
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
SLACK = 20  # seats for those whose page has been sent when the last one is taken
# Open files: most; of one reader, some minutes after they left as well; of the server.
FILES, EACH, OWN = 16_384, 8, 128
PAUSE = 60  # seconds between two complaints of the same


class Crowd:
    """Middleware behind the gate, which has said who is looking: counts the connections of open pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.taken = {True: 0, False: 0}  # by strangers, by those who may look

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
        """Whether there is no seat for whoever looks; strangers have a quarter of them."""
        all_taken = sum(self.taken.values()) >= seats() + more
        return all_taken or bool(viewer.stranger() and self.taken[True] >= max(1, seats() // 4) + more)


def seats() -> int:
    """How many may read at once, by the setting and by the files that may be open."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    room = FILES if files == resource.RLIM_INFINITY else files
    return max(1, min(int(settings.SEATS), (room - OWN) // EACH))


def make_room() -> None:
    """As many open files as the system allows, up to a bound: a shell's usual 1,024 are those of a hundred readers."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(hard, FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def calm(loop: asyncio.AbstractEventLoop) -> None:
    """Has the loop say in one line a minute that it can take no connection; by itself it says so thousands of times."""
    spoken = -float(PAUSE)

    def handle(running: asyncio.AbstractEventLoop, context: dict) -> None:
        nonlocal spoken
        if context["message"] != "socket.accept() out of system resource":
            running.default_exception_handler(context)
        elif time.monotonic() - spoken >= PAUSE:
            spoken = time.monotonic()
            told = "连接太多，暂时不能接受新的：打开的文件数已到上限；请核对 LimitNOFILE 与 YUNNAN_SEATS"
            print(f"{told}（{context['exception']}）", file=sys.stderr, flush=True)

    loop.set_exception_handler(handle)


def _is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page of the dashboard, not for a file or a piece of one."""
    wants = scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")
    return wants and not OTHER.search(scope["path"])


def _closed_to() -> str:
    """Why whoever looks gets no page at all; empty for those who may look, or may log in."""
    return "" if viewer.can_log_in() else viewer.stranger()
