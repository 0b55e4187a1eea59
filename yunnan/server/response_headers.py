"""Headers of every answer: what a browser may load, which sites may frame the dashboard, how long to cache."""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yunnan import settings

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Streamlit answers If-None-Match on these files with the whole file, so "no-cache" would send every shape again at
# every visit. With this, a browser may show a shape for an hour after it was replaced.
STATIC_FILES = "public, max-age=3600"
# Streamlit and plotly write styles into the page, so inline styles are allowed. Scripts are allowed from files, and in
# index.html by their hashes. Streamlit's protobuf compiles WebAssembly. JavaScript is never made from text (no eval).
POLICY = (
    "default-src 'self'; script-src 'self' {scripts} 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors {ancestors}"
)
# Value of frame-ancestors -> value of the older header X-Frame-Options, which cannot name a list of hosts.
OLDER = {"'none'": "DENY", "'self'": "SAMEORIGIN"}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


class SetHeaders:
    """Middleware around everything; page: the index.html that is sent, whose inline scripts are allowed."""

    def __init__(self, app: ASGIApp, page: str) -> None:
        self.app = app
        self.headers = SECURITY | {"Content-Security-Policy": policy(page)}
        if settings.FRAME_ANCESTORS in OLDER:
            self.headers["X-Frame-Options"] = OLDER[settings.FRAME_ANCESTORS]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                if "/app/static/" in scope["path"] and message["status"] == 200:
                    headers["Cache-Control"] = STATIC_FILES
            await send(message)

        await self.app(scope, receive, with_headers)


def policy(page: str) -> str:
    """The Content-Security-Policy: YUNNAN_CSP or else POLICY, with the hashes of the page's scripts and the frames."""
    template = settings.CSP or POLICY
    scripts = " ".join(f"'sha256-{_hash(script)}'" for script in INLINE.findall(page))
    return template.replace("{scripts}", scripts).replace("{ancestors}", settings.FRAME_ANCESTORS)


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
