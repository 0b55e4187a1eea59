"""Health checks in JSON, below any base path: .../healthz (the server runs), .../readyz (it can show the first page).

Streamlit answers every unknown address with its page and 200, so a probe must read the JSON and not only the status.
The server is ready if it can draw the first page of the newest snapshot.
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
        self.base = base  # a function, because the settings are read after the app is made

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
    """(the newest snapshot's id or None, the reason why there is none)."""
    try:
        return next(iter(snapshots.published()), None), "没有已发布的快照"
    except snapshots.Damaged as error:
        return None, str(error)


def _fault(newest: str) -> str:
    """The reason why the newest snapshot cannot be shown; empty if it can. Tried in a new thread, as pages are."""
    try:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: snapshots.find(newest).read_anew()).result()
    except (snapshots.NoSnapshot, snapshots.Damaged) as error:
        return str(error)
    except Exception:
        traceback.print_exc()
        return f"快照 {newest} 的首页画不出来，详细信息已记入服务日志；请核对线程数、内存与快照文件"
    return ""
