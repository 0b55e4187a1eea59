"""Files as an address answers them: records .../export/funds.csv?stage=到账&year=2019, also .xlsx and .zip; briefings
.../brief/prefecture.docx?place=533300&period=2019, also .pptx; tables that a page has drawn .../export/table/<key>.csv.

What the address selects is what the page of the same address shows. Every file is written into the log of exports
before its first byte leaves and again when it is whole; without the log there is no file.
"""

import hashlib
import re
import traceback
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
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
FRAME = {"asof", "place", "search", "sort", "columns", "encoding", "from"}  # parameters that are no facet
HOME = re.compile(r"https?://[\w.\-:\[\]]+(/[\w.\-/]*)?", re.ASCII)  # what the dashboard's own address may look like


class Refused(Exception):
    """There is no such file; the sentence says why and what to do."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Files:
    """Answers addresses of files; passes everything else on. In front of Streamlit, below whatever base path."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        found = next(filter(None, (kind.search(scope["path"]) for kind in ANSWERED)), None) if wanted else None
        if not found:
            await self.app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        made, host = ANSWERED[found.re], Headers(scope=scope).get("host", "")
        answer = await run_in_threadpool(_answer, made, found.groups(), scope["query_string"], host, is_head)
        await answer(scope, receive, send)


def asked(table: str, kind: str, told: dict[str, str]) -> Extract:
    """The file an address asks for. Raises Refused for anything in it that is not known: no filter is ignored."""
    if table not in record_selection.TABLES:
        raise Refused(404, f"没有名为“{table[:40]}”的记录")
    if unknown := set(told) - FRAME - set(record_selection.facets(table)):
        names = "、".join(sorted(name[:40] for name in unknown))
        raise Refused(400, f"网址中有不认识的参数：{names}。为免漏掉筛选，没有导出")
    encoding = told.get("encoding", "utf-8").lower()
    if encoding not in csv.ENCODINGS:
        raise Refused(400, f"没有“{encoding[:40]}”这种编码，可用：{'、'.join(csv.ENCODINGS.values())}")
    selection, unusable = record_selection.read(table, told, place=told.get("place", record_selection.PROVINCE))
    if unusable:
        raise Refused(400, f"网址中有不能用的内容：{'，'.join(unusable)}。为免漏掉筛选，没有导出")
    snapshot = _snapshot(told.get("asof"))
    if selection.place not in set(snapshot.table("frame/places").place):
        lacking = "不存在" if snapshot.sees_all else "不在您的可见范围内"
        raise Refused(400, f"网址中的地区“{selection.place[:40]}”{lacking}，没有导出")
    params = {"asof": snapshot.id, "place": selection.place, **selection.address()}
    home = told.get("from", "")
    view = f"{home if HOME.fullmatch(home) else ''}/{table}?{urlencode(params)}"
    return Extract(snapshot, selection, kind, encoding, view)


def _snapshot(asof: str | None) -> snapshots.Snapshot:
    known = snapshots.published()
    if not known:
        raise snapshots.NoSnapshot("还没有已发布的快照")
    return snapshots.find(asof or known[0], viewer.scope())


def _answer(made: Callable[..., Response], named: tuple[str, ...], query: bytes, host: str, is_head: bool) -> Response:
    try:
        told = _told(query)
        _may_take(made, named, told)
        if "from" in told and gate.host_of(told["from"]) != host.lower():
            del told["from"]  # another's address must not stand in our workbook
        return made(*named, told, is_head)
    except (viewer.Unknown, signed_links.Refused, signed_links.NoKeys) as error:
        return _sorry(403, str(error))
    except Refused as error:
        return _sorry(error.status, str(error))
    except request.CannotBrief as error:
        return _sorry(400, f"{error}。没有生成简报")
    except sealed_log.CannotLog as error:
        return _sorry(503, f"{error}。没有导出日志就不能导出。请通知维护人员，然后重试")
    except snapshots.NoSnapshot as error:
        return _sorry(404, f"{error}。请回到看板，在“数据截至”中改选")
    except snapshots.Damaged as error:
        return _sorry(503, f"{error}。为免给出错误的数字，没有导出。请通知维护人员")
    except Exception:
        traceback.print_exc()
        return _sorry(500, "文件没有生成，详细信息已记入服务日志。请通知维护人员，然后重试")


def _may_take(made: Callable[..., Response], named: tuple[str, ...], told: dict[str, str]) -> None:
    """Refuses whoever may not take it away, and a link that does not hold; takes the signature off the rest."""
    if not viewer.exports("tables" if made in (_briefing, _table) else "rows"):
        raise Refused(403, "您的权限不含导出。需要的，请向管理员申请")
    if signed_links.is_required() or signed_links.is_signed(told.items()):
        signed_links.check(f"{SIGNED_AS[made]}/{'.'.join(named)}", told.items())
        viewer.come_by(told[signed_links.KEY])
    for name in signed_links.SEAL:
        told.pop(name, None)


def _told(query: bytes) -> dict[str, str]:
    """{parameter: value} of an address."""
    pairs = parse_qsl(query.decode("utf-8", "replace"))
    if len(told := dict(pairs)) < len(pairs):
        raise Refused(400, "网址中有重复的参数；多个值请写在一个参数里，用逗号分开。没有导出")
    return told


def _records(table: str, kind: str, told: dict[str, str], is_head: bool) -> Response:
    return _file(asked(table, kind, told), is_head)


def _feedback(batch: str, told: dict[str, str], is_head: bool) -> Response:
    """The workbook that goes back to the sender of a return, as published with the snapshot."""
    if unknown := set(told) - {"asof"}:
        raise Refused(400, f"网址中有不认识的参数：{'、'.join(sorted(name[:40] for name in unknown))}。没有导出")
    snapshot = _snapshot(told.get("asof"))
    if (data := snapshot.feedback(batch)) is None:
        raise Refused(404, f"快照 {snapshot.id} 中没有批次“{batch[:80]}”的反馈工作簿")
    of = snapshot.row("returns/feedback", batch=batch)
    name = f"{of.source_file.rpartition('.')[0]}.反馈.xlsx"
    told_to_log = {"view": "feedback", "filters": {"batch": batch}, "snapshot": snapshot.id, "file": name}
    return _ready(data, _headers(f"{batch}.xlsx", name, extracts.KINDS["xlsx"]), told_to_log, is_head)


def _table(key: str, told: dict[str, str], is_head: bool) -> Response:
    """A table that a page has drawn for whoever asks."""
    if told:
        raise Refused(400, f"网址中有不认识的参数：{'、'.join(sorted(name[:40] for name in told))}。没有导出")
    if (table := table_files.find(key)) is None:
        raise Refused(404, "这份数据表不是给您的，或已不在。请在看板中刷新页面，再从页面下载")
    headers = _headers("table.csv", table.file, extracts.KINDS["csv"].format("utf-8"))
    return _ready(table.data, headers, {"view": "table", **table.facts, "file": table.file}, is_head)


def _ready(data: bytes, headers: dict[str, str], told_to_log: dict, is_head: bool) -> Response:
    """Bytes that need not be made any more, and their two lines in the log."""
    if not is_head:
        seal = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        entry = {"export": uuid4().hex, **audit_log.origin(viewer.who()), **told_to_log, **seal}
        audit_log.export(entry | {"event": "begin"})
        audit_log.export(entry | {"event": "end"})
    return Response(data, headers=headers)


def _headers(plain: str, name: str, kind: str) -> dict[str, str]:
    """plain: the name for programs that cannot read Chinese ones."""
    return {
        "Content-Type": kind,
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }


def _briefing(scope: str, kind: str, told: dict[str, str], is_head: bool) -> Response:
    """A Word briefing or slides, whole before the answer begins."""
    is_agenda = scope == request.MEETING
    brief: Brief | Meeting = (
        request.meeting(told, viewer.scope()) if is_agenda else request.brief(scope, told, viewer.scope())
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
    del answer.headers["content-length"]  # nobody knows it yet
    return answer


def _file(extract: Extract, is_head: bool) -> Response:
    kind = extracts.KINDS[extract.kind].format(extract.encoding)
    headers = _headers(f"{extract.selection.table}.{extract.kind}", extract.name, kind)
    if is_head:
        return _head(headers)
    entry = _entry(extract)
    audit_log.export(entry | {"event": "begin"})
    pieces = _logged(extract.pieces(), entry)
    # What cannot be read or made fails here, before the answer begins, and can still be said.
    return _Sent(next(pieces), pieces, headers)


def _entry(extract: Extract) -> dict:
    chosen = extract.selection
    return {
        "export": uuid4().hex,
        **audit_log.origin(viewer.who()),
        "view": chosen.table,
        "filters": {"place": chosen.place, **chosen.address()},
        "rows": int(extract.total().rows),
        "snapshot": extract.snapshot.id,
        "file": extract.name,
    }


def _logged(made: Iterable[bytes], entry: dict) -> Generator[bytes]:
    """The pieces; when they are all sent, or the reader has gone, or something failed, the log is told which."""
    digest, size, event = hashlib.sha256(), 0, "broken"
    try:
        for piece in made:
            digest.update(piece)
            size += len(piece)
            yield piece
        event = "end"
    finally:
        sealed = {"sha256": digest.hexdigest()} if event == "end" else {}
        with suppress(sealed_log.CannotLog):  # the file has left; its begin stands in the log
            audit_log.export(entry | {"event": event, "bytes": size, **sealed})


class _Sent(StreamingResponse):
    """The pieces as the reader takes them; their end, also an early one, waits for the disk in a thread."""

    def __init__(self, first: bytes, pieces: Generator[bytes], headers: dict[str, str]) -> None:
        super().__init__(chain([first], pieces), headers=headers)
        self.pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self.pieces.close)


# address -> what answers it
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
}  # the page a link to such a file is signed for


def _sorry(status: int, sentence: str) -> Response:
    return refusal(status, "没有导出", sentence, "<p>请返回看板。</p>")
