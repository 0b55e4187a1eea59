"""Files for download by address: records .../export/funds.csv?stage=到账&year=2019, also .xlsx and .zip; briefings
.../brief/prefecture.docx?place=533300&period=2019, also .pptx; tables that a page has drawn .../export/table/<key>.csv.

An address selects the same rows as the page with the same parameters. Every file has a line in the log of exports
before its first byte is sent and another when it is complete; without the log there is no file.
"""

import hashlib
import re
import traceback
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from urllib.parse import parse_qsl, quote, urlencode
from uuid import uuid4

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from yunnan import settings
from yunnan.access import audit_log, sealed_log, signed_links, viewer
from yunnan.data import record_selection, snapshots
from yunnan.data.view import code_of
from yunnan.drawing import extracts, table_files
from yunnan.drawing.briefing import rendering, request
from yunnan.drawing.briefing.request import Brief, Meeting
from yunnan.drawing.exports import csv
from yunnan.drawing.extracts import Extract
from yunnan.server import gate
from yunnan.server.refusal_page import refusal

ADDRESS = re.compile(r"/export/(\w+)\.(csv|xlsx|zip)\Z")
FEEDBACK = re.compile(r"/export/feedback/([\w-]+)\.xlsx\Z", re.ASCII)
TABLE = re.compile(r"/export/table/([0-9a-f]{32})\.csv\Z", re.ASCII)
BRIEFING = re.compile(r"/brief/(\w+)\.(docx|pptx)\Z", re.ASCII)
FRAME = {"asof", "place", "search", "sort", "columns", "encoding", "from"}  # parameters that are not facets
HOME = re.compile(r"https?://[\w.\-:\[\]]+(/[\w.\-/]*)?", re.ASCII)  # the form of the dashboard's own address


class Refused(Exception):
    """There is no such file; the message is a sentence for the reader: why, and what to do."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Files:
    """Middleware that answers the addresses of files, below any base path, and passes everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        match = next(filter(None, (kind.search(scope["path"]) for kind in ANSWERED)), None) if is_read else None
        if not match:
            await self.app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        make_answer, host = ANSWERED[match.re], Headers(scope=scope).get("host", "")
        answer = await run_in_threadpool(_answer, make_answer, match.groups(), scope["query_string"], host, is_head)
        await answer(scope, receive, send)


def extract(table: str, kind: str, params: dict[str, str]) -> Extract:
    """The extract that an address names. Raises Refused for any unknown parameter, so that no filter is ignored."""
    if table not in record_selection.TABLES:
        raise Refused(404, f"没有名为“{table[:40]}”的记录")
    if unknown := set(params) - FRAME - set(record_selection.facets(table)):
        names = "、".join(sorted(name[:40] for name in unknown))
        raise Refused(400, f"网址中有不认识的参数：{names}。为免漏掉筛选，没有导出")
    encoding = params.get("encoding", "utf-8").lower()
    if encoding not in csv.ENCODINGS:
        raise Refused(400, f"没有“{encoding[:40]}”这种编码，可用：{'、'.join(csv.ENCODINGS.values())}")
    selection, unusable = record_selection.read(table, params, place=params.get("place", record_selection.PROVINCE))
    if unusable:
        raise Refused(400, f"网址中有不能用的内容：{'，'.join(unusable)}。为免漏掉筛选，没有导出")
    snapshot = _snapshot(params.get("asof"))
    place = code_of(snapshot, selection.place)
    if place is None:
        lacking = "不存在" if snapshot.sees_all else "不在您的可见范围内"
        raise Refused(400, f"网址中的地区“{selection.place[:40]}”{lacking}，没有导出")
    selection = replace(selection, place=place)
    page_params = {"asof": snapshot.id, "place": selection.place, **selection.address()}
    home = params.get("from", "")
    view = f"{home if HOME.fullmatch(home) else ''}/{table}?{urlencode(page_params)}"
    return Extract(snapshot, selection, kind, encoding, view)


def _snapshot(asof: str | None) -> snapshots.Snapshot:
    published_ids = snapshots.published()
    if not published_ids:
        raise snapshots.NoSnapshot("还没有已发布的快照")
    return snapshots.find(asof or published_ids[0], viewer.scope())


def _answer(
    make_answer: Callable[..., Response], captured: tuple[str, ...], query: bytes, host: str, is_head: bool
) -> Response:
    try:
        params = _params(query)
        _check_rights(make_answer, captured, params)
        if "from" in params and gate.host_of(params["from"]) != host.lower():
            del params["from"]  # the address of another server must not appear in our workbook
        return make_answer(*captured, params, is_head)
    except (viewer.Unknown, signed_links.Refused, signed_links.NoKeys) as error:
        return _no_export(403, str(error))
    except Refused as error:
        return _no_export(error.status, str(error))
    except request.CannotBrief as error:
        return _no_export(400, f"{error}。没有生成简报")
    except sealed_log.CannotLog as error:
        return _no_export(503, f"{error}。没有导出日志就不能导出。请通知维护人员，然后重试")
    except snapshots.NoSnapshot as error:
        return _no_export(404, f"{error}。请回到看板，在“数据截至”中改选")
    except snapshots.Damaged as error:
        return _no_export(503, f"{error}。为免给出错误的数字，没有导出。请通知维护人员")
    except Exception:
        traceback.print_exc()
        return _no_export(500, "文件没有生成，详细信息已记入服务日志。请通知维护人员，然后重试")


def _check_rights(make_answer: Callable[..., Response], captured: tuple[str, ...], params: dict[str, str]) -> None:
    """Raises if the viewer may not export or if a signed link is not valid; removes the signature from params."""
    if not viewer.exports("tables" if make_answer in (_briefing, _table) else "rows"):
        raise Refused(403, "您的权限不含导出。需要的，请向管理员申请")
    if signed_links.is_required() or signed_links.is_signed(params.items()):
        signed_links.check(f"{SIGNED_AS[make_answer]}/{'.'.join(captured)}", params.items())
        viewer.come_by(params[signed_links.KEY])
    for name in signed_links.SEAL:
        params.pop(name, None)


def _params(query: bytes) -> dict[str, str]:
    """{parameter: value} of an address's query. Raises Refused if a parameter is repeated."""
    pairs = parse_qsl(query.decode("utf-8", "replace"))
    if len(params := dict(pairs)) < len(pairs):
        raise Refused(400, "网址中有重复的参数；多个值请写在一个参数里，用逗号分开。没有导出")
    return params


def _records(table: str, kind: str, params: dict[str, str], is_head: bool) -> Response:
    return _file(extract(table, kind, params), is_head)


def _feedback(batch: str, params: dict[str, str], is_head: bool) -> Response:
    """The feedback workbook for the sender of a return, as published with the snapshot."""
    if unknown := set(params) - {"asof"}:
        raise Refused(400, f"网址中有不认识的参数：{'、'.join(sorted(name[:40] for name in unknown))}。没有导出")
    snapshot = _snapshot(params.get("asof"))
    if (data := snapshot.feedback(batch)) is None:
        raise Refused(404, f"快照 {snapshot.id} 中没有批次“{batch[:80]}”的反馈工作簿")
    batch_row = snapshot.row("returns/feedback", batch=batch)
    name = f"{batch_row.source_file.rpartition('.')[0]}.反馈.xlsx"
    log_facts = {"view": "feedback", "filters": {"batch": batch}, "snapshot": snapshot.id, "file": name}
    return _finished_file(data, _headers(f"{batch}.xlsx", name, extracts.KINDS["xlsx"]), log_facts, is_head)


def _table(key: str, params: dict[str, str], is_head: bool) -> Response:
    """A table that a page has drawn for the current viewer."""
    if params:
        raise Refused(400, f"网址中有不认识的参数：{'、'.join(sorted(name[:40] for name in params))}。没有导出")
    if (table := table_files.find(key)) is None:
        raise Refused(404, "这份数据表不是给您的，或已不在。请在看板中刷新页面，再从页面下载")
    headers = _headers("table.csv", table.file, extracts.KINDS["csv"].format("utf-8"))
    return _finished_file(table.data, headers, {"view": "table", **table.facts, "file": table.file}, is_head)


def _finished_file(data: bytes, headers: dict[str, str], log_facts: dict, is_head: bool) -> Response:
    """The answer with a file whose bytes exist already; writes its two lines into the log of exports."""
    if not is_head:
        seal = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        entry = {"export": uuid4().hex, **audit_log.origin(viewer.who()), **log_facts, **seal}
        audit_log.export(entry | {"event": "begin"})
        audit_log.export(entry | {"event": "end"})
    return Response(data, headers=headers)


def _headers(plain: str, name: str, kind: str) -> dict[str, str]:
    """The headers of a file. plain: a name in ASCII, for programs that need one; kind: its media type."""
    return {
        "Content-Type": kind,
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }


def _briefing(scope: str, kind: str, params: dict[str, str], is_head: bool) -> Response:
    """A Word briefing or slides, made completely before the answer begins."""
    is_agenda = scope == request.MEETING
    brief: Brief | Meeting = (
        request.meeting(params, viewer.scope()) if is_agenda else request.brief(scope, params, viewer.scope())
    )
    headers = _headers(f"{scope}.{kind}", brief.file_name(kind), rendering.KINDS[kind])
    if is_head:
        return _head(headers)
    entry = {
        "export": uuid4().hex, **audit_log.origin(viewer.who()), "view": f"brief/{scope}", "filters": brief.chosen,
        "snapshot": brief.snapshots, "file": brief.file_name(kind),
    }  # fmt: skip
    audit_log.export(entry | {"event": "begin"})
    return Response(b"".join(_logged([rendering.rendered(brief, kind, settings.today())], entry)), headers=headers)


def _head(headers: dict[str, str]) -> Response:
    answer = Response(headers=headers)
    del answer.headers["content-length"]  # not known before the file is made
    return answer


def _file(extract: Extract, is_head: bool) -> Response:
    kind = extracts.KINDS[extract.kind].format(extract.encoding)
    headers = _headers(f"{extract.selection.table}.{extract.kind}", extract.name, kind)
    if is_head:
        return _head(headers)
    entry = _entry(extract)
    audit_log.export(entry | {"event": "begin"})
    pieces = _logged(extract.pieces(), entry)
    # If the file cannot be made, this raises before the answer begins, when an error can still be sent.
    return _Sent(next(pieces), pieces, headers)


def _entry(extract: Extract) -> dict:
    selection = extract.selection
    return {
        "export": uuid4().hex,
        **audit_log.origin(viewer.who()),
        "view": selection.table,
        "filters": {"place": selection.place, **selection.address()},
        "rows": int(extract.total().rows),
        "snapshot": extract.snapshot.id,
        "file": extract.name,
    }


def _logged(pieces: Iterable[bytes], entry: dict) -> Generator[bytes]:
    """The pieces, unchanged; at their end, or when sending stops early, writes into the log which of the two it was."""
    digest, size, event = hashlib.sha256(), 0, "broken"
    try:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield piece
        event = "end"
    finally:
        sealed = {"sha256": digest.hexdigest()} if event == "end" else {}
        with suppress(sealed_log.CannotLog):  # the file is sent already, and its beginning is in the log
            audit_log.export(entry | {"event": event, "bytes": size, **sealed})


class _Sent(StreamingResponse):
    """Sends pieces as fast as the client reads them; at the end, even an early one, closes them in a thread.

    Closing writes into the log, which waits for the disk.
    """

    def __init__(self, first: bytes, pieces: Generator[bytes], headers: dict[str, str]) -> None:
        super().__init__(chain([first], pieces), headers=headers)
        self.pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self.pieces.close)


# Pattern of an address -> the function that makes the answer.
ANSWERED: dict[re.Pattern[str], Callable[..., Response]] = {
    ADDRESS: _records,
    FEEDBACK: _feedback,
    TABLE: _table,
    BRIEFING: _briefing,
}
SIGNED_AS = {
    _records: "export",
    _feedback: "feedback",
    _table: "table",
    _briefing: "brief",
}  # function that makes the answer -> the name of the page that a signed link to it is for


def _no_export(status: int, sentence: str) -> Response:
    return refusal(status, "没有导出", sentence, "<p>请返回看板。</p>")
