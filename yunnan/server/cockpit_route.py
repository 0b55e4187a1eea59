"""The resource of the first screen by address: .../cockpit/2019-12-31.r2/<key>.json, as packed bytes made once.

The key says what the bytes depend on, the reader's scope among it (drawing/cockpit.py): only a reader to whom the very
same bytes belong gets them, and a browser may keep them for ever.
"""

import gzip
import re
import traceback

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from yunnan.access import viewer
from yunnan.data import snapshots
from yunnan.drawing.cockpit import resource

ADDRESS = re.compile(r"/cockpit/(\d{4}-\d\d-\d\d\.r\d{1,4})/([0-9a-f]{32})\.json\Z", re.ASCII)
FOR_EVER = "private, max-age=31536000, immutable"
STALE = "这是另一版看板或另一个人的总览数据，不能查看。请刷新页面"


class Cockpits:
    """Middleware that answers the resource's address, below any base path, and passes everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        match = ADDRESS.search(scope["path"]) if is_read else None
        if not match:
            await self.app(scope, receive, send)
            return
        snapshot_id, key = match.groups()
        takes_packed = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        answer = await run_in_threadpool(_answer, snapshot_id, key, takes_packed)
        await answer(scope, receive, send)


def _answer(snapshot_id: str, key: str, takes_packed: bool) -> Response:
    try:
        snapshot = snapshots.find(snapshot_id, viewer.scope())
        if resource.key(snapshot) != key:
            return _refused(403, STALE)
        data = resource.packed(snapshot)
    except viewer.Unknown as error:
        return _refused(403, str(error))
    except snapshots.NoSnapshot as error:
        return _refused(404, f"{error}。请在“数据截至”中改选")
    except snapshots.Damaged as error:
        return _refused(503, f"{error}。为免给出错误的数字，没有显示。请通知维护人员")
    except Exception:
        traceback.print_exc()
        return _refused(500, "总览的数据没有生成，详细信息已记入服务日志。请通知维护人员，然后重试")
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    if takes_packed:
        return Response(data, media_type="application/json", headers=headers | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(data), media_type="application/json", headers=headers)


def _refused(status: int, sentence: str) -> Response:
    return PlainTextResponse(f"{sentence}。", status, {"Cache-Control": "no-store"})
