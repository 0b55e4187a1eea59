"""Whether the server lives and has something to show: .../healthz and .../readyz, in JSON, below any base path.

Streamlit answers every unknown address with its page and 200, so a probe must read what comes back; here it can.
Ready is who can show what a reader sees that has chosen nothing: the first page of the newest snapshot.
"""

import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from yunnan.data import snapshots

NO_STORE = {"Cache-Control": "no-store"}


class Health:
    """Middleware: answers the two probes at the root and below the base path; passes everything else on."""

    def __init__(self, app: ASGIApp, base: Callable[[], str]) -> None:
        self.app = app
        self.base = base  # asked when needed: the settings are read after the app is made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._answer(scope["path"]) if scope["type"] == "http" else None
        if answer and scope["method"] in ("GET", "HEAD"):
            await (await run_in_threadpool(answer))(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _answer(self, path: str) -> Callable[[], JSONResponse] | None:
        base = self.base().strip("/")
        below = path.removeprefix(f"/{base}") if base and path.startswith(f"/{base}/") else path
        return {"/healthz": lives, "/readyz": is_ready}.get(below)


def lives() -> JSONResponse:
    """200 while the server answers at all, with the newest snapshot's id (null without one)."""
    return JSONResponse({"status": "ok", "snapshot": _newest()[0]}, headers=NO_STORE)


def is_ready() -> JSONResponse:
    """200 with the id of the newest snapshot when its first page can be drawn; 503 and the reason when it cannot."""
    newest, reason = _newest()
    if reason := _fault(newest) if newest else reason:
        return JSONResponse({"ready": False, "snapshot": newest, "reason": reason}, 503, headers=NO_STORE)
    return JSONResponse({"ready": True, "snapshot": newest}, headers=NO_STORE)


def _newest() -> tuple[str | None, str]:
    """The newest snapshot's id, or why there is none."""
    try:
        return next(iter(snapshots.published()), None), "没有已发布的快照"
    except snapshots.Damaged as error:
        return None, str(error)


def _fault(newest: str) -> str:
    """What keeps a reader from seeing the newest snapshot; empty when nothing does. As pages are, in a new thread."""
    try:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: snapshots.find(newest).read_anew()).result()
    except (snapshots.NoSnapshot, snapshots.Damaged) as error:
        return str(error)
    except Exception:
        traceback.print_exc()
        return f"快照 {newest} 的首页画不出来，详细信息已记入服务日志；请核对线程数、内存与快照文件"
    return ""
