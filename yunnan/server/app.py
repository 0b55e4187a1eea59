"""The web server: Streamlit's ASGI app with its page in Chinese, the middleware of this folder, and a warm start.

python -m yunnan.server --host 127.0.0.1 --port 8501      (`make run`; settings: .streamlit/config.toml)

`streamlit run dashboard.py` shows the same pages without all of this.
"""

import asyncio
import gc
import gzip
import hashlib
import html
import importlib
import pkgutil
import re
import signal
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial, partialmethod
from pathlib import Path
from typing import Annotated

import streamlit as st
import typer
import uvicorn
import uvicorn.config
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yunnan import front, settings, streamlit_seam
from yunnan.access import viewer
from yunnan.data import snapshots
from yunnan.drawing.cockpit import resource
from yunnan.server import browser_features, seats, startup_checks
from yunnan.server.cockpit_route import Cockpits
from yunnan.server.downloads import Files
from yunnan.server.gate import Gate
from yunnan.server.health import Health
from yunnan.server.held_answer import HeldAnswer
from yunnan.server.login import Login
from yunnan.server.packed_files import PackFiles
from yunnan.server.request_log import LogRequests
from yunnan.server.response_headers import SetHeaders
from yunnan.server.visits import Visits
from yunnan.words.stage_words import UNNAMED

DASHBOARD = settings.ROOT / "dashboard.py"
# Script -> further attributes of its tag: the first runs before all else, the others when the page is complete.
SCRIPTS = {
    "view/check.js": ' data-needs="{needs}"',
    "view/streamlit.js": " defer",
    "zh/zh.js": " defer",
    "view/view.js": " defer",
    "embed/height.js": " defer",
}
HEAVY = (
    "pandas",
    "pyarrow",
    "plotly.graph_objects",
    *(m.name for m in pkgutil.walk_packages(front.__path__, "yunnan.front.")),
)
# Headers removed from a request for a page: with them Streamlit might answer that the browser's copy of the page,
# which may be the original and not the rewritten one, is still valid.
VALIDATORS = (b"if-none-match", b"if-modified-since")
GRACE = 12  # seconds that answers under way may take when the server stops; TimeoutStopSec of the unit is longer


class SpeakChinese:
    """Middleware that rewrites Streamlit's index.html, whichever page's address it is the answer to."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            if "text/html" in Headers(scope=scope).get("accept", ""):
                kept = [(name, value) for name, value in scope["headers"] if name not in VALIDATORS]
                scope = {**scope, "headers": kept}
            send = _Page(send)
        await self.app(scope, receive, send)


class _Page(HeldAnswer):
    """Sends Streamlit's page in Chinese; other pages as they are."""

    def is_held(self, start: Message) -> bool:
        kind = Headers(scope=start).get("content-type", "")
        return start["status"] == 200 and kind.startswith("text/html")

    async def rewrite(self, start: Message, body: bytes) -> bytes:
        headers = MutableHeaders(scope=start)
        page = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
        if streamlit_seam.TITLE.encode() not in page:
            return body
        page = in_chinese(page.decode()).encode()
        for name in ("content-encoding", "etag", "last-modified", "accept-ranges"):
            del headers[name]  # so that a browser loads the page anew each time
        headers["content-length"] = str(len(page))
        return page


def in_chinese(page: str) -> str:
    """Streamlit's index.html with our language, title and scripts, and a Chinese text for browsers without JavaScript.

    The scripts' addresses are relative, like Streamlit's own, so that they work below a base path and behind a proxy.
    """
    needs = " ".join(browser_features.needs(streamlit_seam.INDEX.parent))
    script = "\n    ".join(
        f'<script src="./app/static/{name}?v={_version(name)}"{when.format(needs=needs)}></script>'
        for name, when in SCRIPTS.items()
    )
    title = f"<title>{html.escape(settings.TITLE or UNNAMED.title)}</title>"
    page = page.replace('<html lang="en">', '<html lang="zh-CN" translate="no">', 1)
    page = page.replace(streamlit_seam.TITLE, f"{title}\n    {script}", 1)
    return re.sub(r"(?s)(<noscript>).*?(</noscript>)", r"\1<p>需要启用 JavaScript 才能查看本看板。</p>\2", page)


def _version(name: str) -> str:
    return hashlib.sha256((settings.ROOT / "static" / name).read_bytes()).hexdigest()[:8]


def warm_up() -> None:
    """Loads what the first visitor would wait for, then excludes it from garbage collection.

    Streamlit collects garbage after every run of a script; over all these modules that takes longer than the page.
    """
    for name in HEAVY:
        importlib.import_module(name)
    sys.modules["plotly.graph_objects"].Figure(data=[{"type": "choropleth"}]).to_json()  # the first one takes 0.15 s
    try:
        for newest in snapshots.published()[:1]:
            snapshots.find(newest)
    except Exception as error:  # the server must start in any case; pages say what is wrong with the data
        print(f"最新快照无法打开：{error}", file=sys.stderr, flush=True)
    streamlit_seam.use_navigation()
    gc.collect()
    gc.freeze()


def prepare_first_screen() -> None:
    """Makes the resource of the newest snapshot, so that nobody waits for it; a snapshot that is damaged has none."""
    try:
        for newest in snapshots.published()[:1]:
            with suppress(snapshots.NoSnapshot, snapshots.Damaged):
                resource.packed(snapshots.find(newest))
    except Exception as error:  # too many open files, a full memory: the first reader who asks has it made
        print(f"总览的数据这次没有预先备好，首位打开的读者要多等约一秒：{error}", file=sys.stderr, flush=True)


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    seats.calm(asyncio.get_running_loop())
    warm_up()
    threading.Thread(target=prepare_first_screen, daemon=True).start()
    print(f"看板已启动：{streamlit_seam.address()}（按 Ctrl+C 停止）", flush=True)
    yield
    gc.unfreeze()  # at exit everything is freed as usual


def create_app(script: Path = DASHBOARD) -> st.App:
    """The ASGI app that runs this Streamlit script."""
    return st.App(
        script.resolve(),
        lifespan=_lifespan,
        middleware=[
            *([Middleware(LogRequests)] if settings.REQUEST_LOG == "on" else []),
            Middleware(SetHeaders, page=in_chinese(streamlit_seam.INDEX.read_text(encoding="utf-8"))),
            Middleware(Health, base=partial(streamlit_seam.option, "server.baseUrlPath")),
            Middleware(Visits),
            *([Middleware(Login)] if viewer.can_log_in() else []),
            Middleware(Gate),
            Middleware(seats.Crowd),
            Middleware(Files),
            Middleware(Cockpits),
            Middleware(SpeakChinese),
            Middleware(PackFiles),
        ],
    )


def serve(
    host: Annotated[str | None, typer.Option(help="监听地址，默认取 .streamlit/config.toml")] = None,
    port: Annotated[int | None, typer.Option(help="端口，默认 8501", min=1, max=65535)] = None,
    base: Annotated[str | None, typer.Option(help="门户下的路径，如 yn，默认取 .streamlit/config.toml")] = None,
    script: Annotated[Path, typer.Option(hidden=True)] = DASHBOARD,
) -> None:
    """启动看板。"""
    if faults := list(startup_checks.faults(base)):
        for fault in faults:
            print(f"没有启动：{fault}。", file=sys.stderr, flush=True)
        raise typer.Exit(2)
    seats.make_room()
    settings.trust_no_forwarded_address()
    # Streamlit puts the folder of argv[0] on sys.path and looks there for .streamlit/, so it must not be yunnan/.
    sys.argv = [str(script.resolve())]
    uvicorn.config.LOGGING_CONFIG["loggers"]["uvicorn.error"]["level"] = "WARNING"
    # Streamlit makes the Config and has no option for this. Without it, one client that does not read its answer would
    # keep the server from stopping.
    uvicorn.Config.__init__ = partialmethod(uvicorn.Config.__init__, timeout_graceful_shutdown=GRACE)  # type: ignore
    options: dict[str, object] = {"server.address": host, "server.port": port, "logger.hideWelcomeMessage": True}
    options |= {"secrets.files": [settings.SECRETS]}
    options |= {} if base is None else {"server.baseUrlPath": base.strip("/")}
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that stopping the service counts as success
    with suppress(KeyboardInterrupt):  # uvicorn raises the signal again once everything is closed
        create_app(script).run(config=options)
    print("看板已停止。", flush=True)
